import { errorAnswer, errorBody, type About, type Answer } from './answer.js';
import type { Replacing } from './faults.js';
import { seeded } from './random.js';

const PAGE_503 = `<!DOCTYPE html>
<html><head><title>503 Service Temporarily Unavailable</title></head>
<body><center><h1>503 Service Temporarily Unavailable</h1></center><hr><center>gateway</center></body></html>
`;
const MEGABYTE = 1_048_576;
const NOTHING = Buffer.alloc(0);

/** The answer that a fault puts in the place of the real one. */
export function replacementOf(effect: Replacing, about: About): Answer {
  return { ...makeAnswer(effect, about), fault: effect.kind };
}

function makeAnswer(effect: Replacing, about: About): Answer {
  const plain = (status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer => ({
    status, body: Buffer.from(body), requestId: about.requestId, code: '', params: about.params, headers,
  });
  switch (effect.kind) {
    case 'error':
      return errorAnswer(effect.error, about, effect.retryAfterMs);
    case 'ok200WithErrorCode':
      return { ...plain(200, errorBody(effect.error, about)), code: effect.error.code };
    case 'reset':
      return { ...plain(0, NOTHING), delivery: { how: 'reset' } };
    case 'hang':
      return { ...plain(0, NOTHING), delivery: { how: 'hang', ms: effect.ms } };
    case 'html503':
      return plain(503, PAGE_503, { 'content-type': 'text/html' });
    case 'plain429':
      return plain(429, 'Too Many Requests', { 'content-type': 'text/plain', ...(effect.retryAfterSeconds !== undefined && { 'retry-after': String(effect.retryAfterSeconds) }) });
    case 'redirect':
      return plain(effect.status, NOTHING, { location: `http://127.0.0.1:${effect.port}/` });
    case 'empty':
      return plain(effect.status, NOTHING);
    case 'garbage':
      return plain(200, garbage(effect.bytes));
    case 'huge':
      return { ...plain(200, JSON.stringify({ RequestId: about.requestId, Filling: '' })), delivery: { how: 'flood', bytes: effect.megabytes * MEGABYTE } };
  }
}

/** The same bytes in every run, and no JSON: the first one begins none. */
function garbage(count: number): Buffer {
  const random = seeded('garbage');
  return Buffer.from(Array.from({ length: count }, (_, index) => (index === 0 ? 0xff : Math.floor(random() * 256))));
}
