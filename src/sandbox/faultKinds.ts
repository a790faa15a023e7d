import { fields, flag, optional, text, wholeNumber, word, type Check, type Checked, type Values } from './checks.js';
import { faultDefaults } from './faultCodes.js';
import type { ApiError } from './apiError.js';
import { ENCODINGS, JSON_TYPES, type Changing, type Listing, type Replacing } from './faults.js';

/**
 * What a fault of one kind takes besides the fields that all have, and what becomes of it. `furtherPage`: it waits
 * for a request with a token; `only`: for the one operation whose answer it knows how to change.
 */
export type FaultKind =
  | { readonly family: 'replacing'; read(body: unknown): Checked<Replacing> }
  | { readonly family: 'listing'; readonly furtherPage: boolean; read(body: unknown): Checked<Listing> }
  | { readonly family: 'changing'; readonly only?: string; read(body: unknown): Checked<Changing> };

type Shape = Readonly<Record<string, Check<unknown>>>;
type Read<E> = (body: unknown) => Checked<E>;

const MAX_HANG_MS = 60_000;
const FIELD_NAME = 200;

function reader<S extends Shape, E>(shape: S, make: (values: Values<S>) => E): Read<E> {
  return (body) => {
    const checked = fields(shape, body);
    return 'problem' in checked ? checked : { value: make(checked.value) };
  };
}

const replacing = (read: Read<Replacing>): FaultKind => ({ family: 'replacing', read });
const changing = (read: Read<Changing>, only?: string): FaultKind => ({ family: 'changing', read, ...(only !== undefined && { only }) });
const listing = (furtherPage: boolean, read: Read<Listing>): FaultKind => ({ family: 'listing', furtherPage, read });

/** Status and message of a known code need not be given. */
function errorOf(code: string, given: { readonly status: number | undefined; readonly message: string | undefined }): ApiError {
  const known = faultDefaults(code);
  return { code, status: given.status ?? known.status, message: given.message ?? known.message };
}

const MESSAGE = { message: optional(text(2_000)) };
const ERROR = { ...MESSAGE, code: text(), status: optional(wholeNumber(400, 599)), retryAfterMs: optional(wholeNumber(0, 3_600_000)) };
const SPOT = { field: text(FIELD_NAME), item: optional(wholeNumber(0, 1_000)) };
const REGION = { regionId: optional(text(2_000)), endpoint: optional(text(2_000)) };

/** Every kind by its name, in the order in which the help names them. */
export const FAULT_KINDS: ReadonlyMap<string, FaultKind> = new Map<string, FaultKind>([
  ['error', replacing(reader(ERROR, ({ code, retryAfterMs, ...given }) => ({ kind: 'error', error: errorOf(code, given), ...(retryAfterMs !== undefined && { retryAfterMs }) })))],
  ['ok200WithErrorCode', replacing(reader({ ...MESSAGE, code: optional(text()) }, ({ code = 'InternalError', message }) => ({ kind: 'ok200WithErrorCode', error: errorOf(code, { status: 200, message }) })))],
  ['reset', replacing(reader({}, () => ({ kind: 'reset' })))],
  ['hang', replacing(reader({ ms: optional(wholeNumber(1, MAX_HANG_MS)) }, ({ ms = MAX_HANG_MS }) => ({ kind: 'hang', ms })))],
  ['html503', replacing(reader({}, () => ({ kind: 'html503' })))],
  ['plain429', replacing(reader({ retryAfterSeconds: optional(wholeNumber(0, 3_600)) }, ({ retryAfterSeconds }) => ({ kind: 'plain429', ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) })))],
  ['redirect', replacing(reader({ port: wholeNumber(1, 65_535), status: optional(wholeNumber(301, 308)) }, ({ port, status = 302 }) => ({ kind: 'redirect', port, status })))],
  ['empty', replacing(reader({ status: optional(wholeNumber(200, 599)) }, ({ status = 200 }) => ({ kind: 'empty', status })))],
  ['garbage', replacing(reader({ bytes: optional(wholeNumber(1, 1_000_000)) }, ({ bytes = 512 }) => ({ kind: 'garbage', bytes })))],
  ['huge', replacing(reader({ megabytes: wholeNumber(1, 1_024) }, ({ megabytes }) => ({ kind: 'huge', megabytes })))],
  ['tokenDropped', listing(false, reader({}, () => ({ kind: 'tokenDropped' })))],
  ['tokenRepeated', listing(true, reader({}, () => ({ kind: 'tokenRepeated' })))],
  ['tokenExpired', listing(true, reader({}, () => ({ kind: 'tokenExpired' })))],
  ['duplicatedItems', listing(true, reader({ count: optional(wholeNumber(1, 100)) }, ({ count = 1 }) => ({ kind: 'duplicatedItems', count })))],
  ['truncated', changing(reader({ abrupt: optional(flag) }, ({ abrupt = false }) => ({ kind: 'truncated', abrupt })))],
  ['drip', changing(reader({ chunks: optional(wholeNumber(1, 1_000)), ms: optional(wholeNumber(1, 10_000)) }, ({ chunks = 10, ms = 500 }) => ({ kind: 'drip', chunks, ms })))],
  ['wrongEncoding', changing(reader({ encoding: optional(word(ENCODINGS)) }, ({ encoding = 'invalidUtf8' }) => ({ kind: 'wrongEncoding', encoding })))],
  ['deep', changing(reader({ depth: optional(wholeNumber(1, 1_000_000)), field: optional(text(FIELD_NAME)), item: optional(wholeNumber(0, 1_000)) }, ({ depth = 10_000, field, item = 1 }) => ({ kind: 'deep', depth, ...(field !== undefined && { spot: { field, item } }) })))],
  ['oddFieldType', changing(reader({ ...SPOT, type: optional(word(JSON_TYPES)) }, ({ field, item = 1, type = 'object' }) => ({ kind: 'oddFieldType', spot: { field, item }, type })))],
  ['maliciousRegions', changing(reader(REGION, ({ regionId, endpoint }) => ({ kind: 'maliciousRegions', ...(regionId !== undefined && { regionId }), ...(endpoint !== undefined && { endpoint }) })), 'DescribeRegions')],
]);
