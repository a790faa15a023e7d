/** What a network and a service can make of an answer, as faults of the sandbox. */

export interface BadAnswer {
  readonly what: string;
  /** The fault without its operation. */
  readonly fault: Readonly<Record<string, unknown>>;
  /** The failure that a read comes to when it goes on. */
  readonly code: string;
  /** How often a read is sent before it fails. */
  readonly tries: number;
}

const row = (what: string, fault: Readonly<Record<string, unknown>>, code: string, tries = 1): BadAnswer => ({ what, fault, code, tries });

/** Seconds after which a request against a hanging sandbox is given up: enough for a busy machine. */
export const TIMEOUT_SECONDS = 1.5;

/** Whatever comes in the place of the answer, whether or not a write took effect before. */
export const IN_ITS_PLACE: readonly BadAnswer[] = [
  row('an error of the service', { code: 'InternalError' }, 'InternalError', 4),
  row('an error under 200', { kind: 'ok200WithErrorCode' }, 'InternalError'),
  row('an unknown error under 200', { kind: 'ok200WithErrorCode', code: 'Some.NewCode' }, 'Some.NewCode'),
  row('a reset', { kind: 'reset' }, 'Client.ConnectionLost', 4),
  row('no answer', { kind: 'hang' }, 'Client.Timeout'),
  row('a page of a gateway', { kind: 'html503' }, 'Client.HtmlAnswer', 4),
  row('flow control of a gateway', { kind: 'plain429', retryAfterSeconds: 61 }, 'HTTP.429'),
  row('a redirect', { kind: 'redirect', port: 9 }, 'Client.Redirected'),
  row('an empty answer', { kind: 'empty' }, 'Client.NotJson'),
  row('an empty refusal', { kind: 'empty', status: 403 }, 'Client.NotJson'),
  row('noise', { kind: 'garbage' }, 'Client.NotJson'),
  row('50 megabytes', { kind: 'huge', megabytes: 50 }, 'Client.AnswerTooLarge'),
];

/** The real answer, unreadable on its way; a write has taken effect. */
export const ON_ITS_WAY: readonly BadAnswer[] = [
  row('a truncated answer', { kind: 'truncated' }, 'Client.NotJson'),
  row('an answer that breaks off', { kind: 'truncated', abrupt: true }, 'Client.ConnectionLost', 4),
  row('an answer that drips for ever', { kind: 'drip', chunks: 1000, ms: 100 }, 'Client.Timeout'),
  row('a packed answer that does not say so', { kind: 'wrongEncoding', encoding: 'gzipWithoutHeader' }, 'Client.NotJson'),
  row('an answer in UTF-16', { kind: 'wrongEncoding', encoding: 'utf16' }, 'Client.NotJson'),
];

export const BAD_ANSWERS: readonly BadAnswer[] = [...IN_ITS_PLACE, ...ON_ITS_WAY];

/** Those that can be read all the same. */
export const HARMLESS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['bytes that are no UTF-8', { kind: 'wrongEncoding', encoding: 'invalidUtf8' }],
  ['10,000 levels of nothing', { kind: 'deep', depth: 10_000 }],
  ['1,000,000 levels of nothing', { kind: 'deep', depth: 1_000_000 }],
  ['an answer that drips, but comes to its end', { kind: 'drip', chunks: 5, ms: 10 }],
];
