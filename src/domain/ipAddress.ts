/** An address as the service's filters want it. */
export type IpAddress =
  | { readonly version: 4; readonly ip: string; readonly isPrivate: boolean }
  | { readonly version: 6; readonly ip: string };

/**
 * The address that a text is; undefined for everything else, also for what only looks like one (`999.1.1.1`,
 * `010.0.0.1`, `10.0.0.0/8`). An IPv6 address may stand in brackets, as in a web address.
 */
export function parseIp(text: string): IpAddress | undefined {
  const octets = octetsOf(text);
  if (octets !== undefined) return ipv4(octets);
  const fields = fieldsOf(/^\[(.*)\]$/s.exec(text)?.[1] ?? text);
  if (fields === undefined) return undefined;
  return mappedIpv4(fields) ?? { version: 6, ip: shortest(fields) };
}

function ipv4(octets: readonly number[]): IpAddress {
  return { version: 4, ip: octets.join('.'), isPrivate: isPrivate(octets) };
}

/** Four decimal numbers without leading zeros, which some programs take for octal ones. */
function octetsOf(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const numbers = parts.filter((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part)).map(Number);
  return parts.length === 4 && numbers.length === 4 && numbers.every((octet) => octet <= 255) ? numbers : undefined;
}

/** RFC 1918, and the shared space of RFC 6598, which Alibaba Cloud uses inside. */
function isPrivate([first = 0, second = 0]: readonly number[]): boolean {
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168) || (first === 100 && second >= 64 && second <= 127);
}

const FIELDS = 8;

/** The eight fields of an IPv6 address, in any of the ways of writing one (RFC 4291, section 2.2). */
function fieldsOf(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [halves[0] ?? '', halves[1]];
  const before = groupsOf(head, tail === undefined);
  const after = tail === undefined ? [] : groupsOf(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = FIELDS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

/** @param isEnd whether the address ends here: only there the last two fields may be an IPv4 address */
function groupsOf(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const octets = isEnd ? octetsOf(parts.at(-1) ?? '') : undefined;
  const words = octets === undefined ? parts : parts.slice(0, -1);
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets ?? [];
  return [...words.map((word) => Number.parseInt(word, 16)), ...(octets === undefined ? [] : [a * 256 + b, c * 256 + d])];
}

/** `::ffff:10.0.0.1` is how a server with both protocols logs an IPv4 client: it is that address that is meant. */
function mappedIpv4(fields: readonly number[]): IpAddress | undefined {
  const [high = 0, low = 0] = fields.slice(6);
  const isMapped = fields.slice(0, 5).every((field) => field === 0) && fields[5] === 0xffff;
  return isMapped ? ipv4([high >> 8, high & 255, low >> 8, low & 255]) : undefined;
}

/** Lower case, no leading zeros, `::` for the first longest run of at least two zero fields (RFC 5952, section 4). */
function shortest(fields: readonly number[]): string {
  const run = longestZeros(fields);
  const text = (some: readonly number[]) => some.map((field) => field.toString(16)).join(':');
  return run.length < 2 ? text(fields) : `${text(fields.slice(0, run.start))}::${text(fields.slice(run.start + run.length))}`;
}

function longestZeros(fields: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, field] of fields.entries()) {
    length = field === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}
