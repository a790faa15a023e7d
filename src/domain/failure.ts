/**
 * A request that did not give what was asked, as a value. Expected failures are never thrown:
 * they travel in a {@link Result} to the place that shows them.
 */
export interface Failure {
  /** The service's own code, or one of {@link ClientCode} when no answer of the service arrived. */
  readonly code: string;
  /** The API operation, such as `DescribeInstances`; empty when nothing was about to be called. */
  readonly operation: string;
  /** What is known about whether the request reached the service. Decides what a write may do next (law 5). */
  readonly reached: 'no' | 'maybe' | 'yes';
  readonly httpStatus?: number;
  /** The service's words, hostile text: to be shown only through the escaping module. */
  readonly serviceMessage?: string;
  readonly requestId?: string;
  /** How long the service asks to wait, in milliseconds (header `x-acs-retry-after`). */
  readonly retryAfterMs?: number;
  /** The service's link to its diagnosis page, when the answer carried one. */
  readonly recommend?: string;
  /** Where it is to be mended: a file of the person's, with `~` for the home folder, and a field in it; never what stands there. */
  readonly place?: { readonly file: string; readonly field?: string };
  /** Refused over its keys, and other keys of the same identity have been read since: it may be sent once more. */
  readonly keysRenewed?: true;
  /** For a refusal because of the time: how far this machine's clock is ahead of the service's, in milliseconds; negative when it is behind. */
  readonly clockDifferenceMs?: number;
  /** The RAM action that was denied, from `AccessDeniedDetail`. */
  readonly deniedAction?: string;
  /** Whether a policy forbids it outright, or none allows it, from `AccessDeniedDetail`. */
  readonly deniedBy?: 'implicit' | 'explicit';
  /** The kind of policy that decided, in the service's words, from `AccessDeniedDetail`. */
  readonly policyType?: string;
  /** What a developer needs in the log and nobody else; already redacted. */
  readonly detail?: string;
}

/** Codes of ways to get keys that led to none. */
export const CREDENTIAL_CODES = [
  'Client.CredentialFileMissing',
  'Client.CredentialFileUnreadable',
  'Client.CredentialFileTooLarge',
  'Client.CredentialFileMalformed',
  'Client.ProfileMissing',
  'Client.ProfileIncomplete',
  'Client.ProfileLoop',
  'Client.ModeUnsupported',
  'Client.SignInExpired',
  'Client.CredentialCommand',
  'Client.TokenAnswer',
  'Client.KeyGone',
  'Client.ProfileChanged',
] as const;

export type CredentialCode = (typeof CREDENTIAL_CODES)[number];

/** Codes of connections that did not come about, or not to the service. */
export const CONNECTION_CODES = [
  'Client.TlsUntrusted',
  'Client.TlsDate',
  'Client.TlsHost',
  'Client.Tls',
  'Client.TunnelCut',
  'Client.ProxyAuthentication',
  'Client.ProxyRefused',
] as const;

export type ConnectionCode = (typeof CONNECTION_CODES)[number];

/** Codes of an endpoint setting that is not one, by what is wrong with it; never with the address, which may hold a password. */
export const ENDPOINT_CODES = [
  'Client.InvalidEndpoint.Characters',
  'Client.InvalidEndpoint.Scheme',
  'Client.InvalidEndpoint.UserPart',
  'Client.InvalidEndpoint.Path',
  'Client.InvalidEndpoint.Query',
  'Client.InvalidEndpoint.Host',
  'Client.InvalidEndpoint.PlainHttp',
] as const;

export type EndpointCode = (typeof ENDPOINT_CODES)[number];

/** Codes of failures that happen on this side, in the shape of the service's codes. */
export const CLIENT_CODES = [
  'Client.Offline',
  'Client.Dns',
  'Client.ConnectionRefused',
  'Client.ConnectionLost',
  'Client.Timeout',
  'Client.Cancelled',
  'Client.NotJson',
  'Client.HtmlAnswer',
  'Client.Redirected',
  'Client.AnswerTooLarge',
  'Client.OddAnswer',
  'Client.NoAccount',
  'Client.NoCredentials',
  'Client.SandboxFailed',
  'Client.InvalidRegionId',
  'Client.NoGroups',
  'Client.ListChanged',
  'Client.JournalFailed',
  'Client.OtherIdentity',
  'Client.WindowClosed',
  'Client.NotListed',
  'Client.NoDryRun',
  'Client.Unexpected',
  ...CONNECTION_CODES,
  ...ENDPOINT_CODES,
  ...CREDENTIAL_CODES,
] as const;

export type ClientCode = (typeof CLIENT_CODES)[number];

/** A failure of this side, before or instead of an answer of the service. */
export function clientFailure(code: ClientCode, more: Partial<Omit<Failure, 'code'>> = {}): Failure {
  return { operation: '', reached: 'no', ...more, code };
}

/** Cancelling is not an error: whoever shows failures stays silent about this one. */
export function isCancelled(failure: Failure): boolean {
  return failure.code === 'Client.Cancelled';
}

/** A value or the reason why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
