import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.js';
import type { Call } from './call.js';
import type { Changing, Encoding, JsonType, Listing, Spot } from './faults.js';

type Json = Record<string, unknown>;

const MARK = '@@deep@@';
const ODD: Readonly<Record<JsonType, unknown>> = { string: 'odd', number: 7, boolean: true, null: null, array: [], object: {} };

/** A call that reads its list as the fault wants it; the code of an expired token is thus the operation's own. */
export function changedCall(effect: Listing, call: Call): Call {
  const { tokens } = call;
  const open = (list: string, token: string): string | undefined => tokens.open(list, token);
  const issue = (list: string, lastId: string): string => tokens.issue(list, lastId);
  switch (effect.kind) {
    case 'tokenDropped':
      return { ...call, tokens: { open, issue: () => '' } };
    case 'tokenRepeated':
      return { ...call, tokens: { open, issue: () => call.params.text('NextToken') ?? '' } };
    case 'tokenExpired':
      return { ...call, tokens: { open: () => undefined, issue } };
    case 'duplicatedItems':
      return { ...call, repeatedItems: effect.count };
  }
}

/** The real answer, changed. Where it has not what is to be changed, it stays as it is, and the log names no fault. */
export function changedAnswer(effect: Changing, answer: Answer, host: string): Answer {
  const half = Math.floor(answer.body.length / 2);
  const changed = (part: Partial<Answer>): Answer => (part.body === answer.body ? answer : { ...answer, ...part, fault: effect.kind });
  switch (effect.kind) {
    case 'truncated':
      return effect.abrupt ? changed({ delivery: { how: 'breakOff', afterBytes: half } }) : changed({ body: answer.body.subarray(0, half) });
    case 'drip':
      return changed({ delivery: { how: 'drip', chunks: effect.chunks, ms: effect.ms } });
    case 'wrongEncoding':
      return changed({ body: encoded(answer.body, effect.encoding) });
    case 'deep':
      return changed({ body: deepened(answer.body, effect.depth, effect.spot) });
    case 'oddFieldType':
      return changed({ body: withField(answer.body, effect.spot, ODD[effect.type]) });
    case 'maliciousRegions':
      return changed({ body: withRegion(answer.body, effect, host) });
  }
}

/** Bytes that are no UTF-8 stand inside the last text of the body, so that only decoding can notice. */
function encoded(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzipWithoutHeader') return gzipSync(body);
  if (encoding === 'utf16') return Buffer.from(body.toString(), 'utf16le');
  const at = body.lastIndexOf('":"') + 3;
  return Buffer.concat([body.subarray(0, at), Buffer.from([0xc3, 0x28, 0xff, 0xfe]), body.subarray(at)]);
}

function deepened(body: Buffer, depth: number, spot: Spot | undefined): Buffer {
  const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  if (spot === undefined) return Buffer.from(`{"Nested":${nested},${body.toString().slice(1)}`);
  const marked = withField(body, spot, MARK);
  return marked === body ? body : Buffer.from(marked.toString().replace(`"${MARK}"`, nested));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list of an answer, `{ Instances: { Instance: [...] } }`; it is the last one. */
function listOf(answer: Json): readonly unknown[] {
  const lists = Object.values(answer).filter(isObject).flatMap((outer) => Object.values(outer).filter(Array.isArray));
  return (lists.at(-1) ?? []) as readonly unknown[];
}

function parsed(body: Buffer): Json {
  const value: unknown = JSON.parse(body.toString());
  return isObject(value) ? value : {};
}

function withField(body: Buffer, { item, field }: Spot, value: unknown): Buffer {
  const answer = parsed(body);
  const path = field.split('.');
  const name = path.pop() ?? '';
  const owner = path.reduce<unknown>((at, part) => (isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined), item === 0 ? answer : listOf(answer)[item - 1]);
  if (!isObject(owner) || !Object.hasOwn(owner, name)) return body;
  owner[name] = value;
  return Buffer.from(JSON.stringify(answer));
}

/** With an id a further region, so that the others stay usable; with an endpoint alone the first region has that one. */
function withRegion(body: Buffer, { regionId, endpoint }: { readonly regionId?: string; readonly endpoint?: string }, host: string): Buffer {
  const answer = parsed(body);
  const regions = [...listOf(answer)].filter(isObject);
  const changed =
    regionId === undefined
      ? regions.map((region, index) => (index === 0 ? { ...region, RegionEndpoint: endpoint } : region))
      : [...regions, { RegionId: regionId, LocalName: regionId, RegionEndpoint: endpoint ?? host, Status: 'available' }];
  return Buffer.from(JSON.stringify({ ...answer, Regions: { Region: changed } }));
}
