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

const COLON = 58;
const ZERO = 48;
const LETTER_A = 97;
/** The bit that a small letter has and a capital one lacks. */
const LOWER_CASE = 32;

/** The eight fields of an IPv6 address, in any of the ways of writing one (RFC 4291, section 2.2), in one pass. */
function fieldsOf(text: string): readonly number[] | undefined {
  const fields: number[] = [];
  let gap = text.startsWith('::') ? 0 : undefined;
  for (let start = gap === undefined ? 0 : 2; start < text.length;) {
    const colon = text.indexOf(':', start);
    const end = colon < 0 ? text.length : colon;
    if (!addField(fields, text, { start, end })) return undefined;
    start = end + 1;
    const isGap = text.charCodeAt(start) === COLON;
    // One colon at the end leaves a field out, and a second gap would leave open how long either is.
    if (isGap ? gap !== undefined : start === text.length) return undefined;
    if (isGap) {
      gap = fields.length;
      start += 1;
    }
  }
  const missing = FIELDS - fields.length;
  if (gap === undefined) return missing === 0 ? fields : undefined;
  if (missing < 1) return undefined;
  return [...fields.slice(0, gap), ...new Array<number>(missing).fill(0), ...fields.slice(gap)];
}

/** At the end of an address two fields may be written as an IPv4 address. */
function addField(fields: number[], text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const field = hexField(text, start, end);
  const word = field < 0 && end === text.length ? octetsWord(text.slice(start)) : -1;
  if (field >= 0) fields.push(field);
  else if (word >= 0) fields.push(word >>> 16, word & 0xffff);
  return field >= 0 || word >= 0;
}

/** One to four hexadecimal digits between two places of a text; -1 for everything else. */
function hexField(text: string, start: number, end: number): number {
  if (end <= start || end > start + 4) return -1;
  let field = 0;
  for (let at = start; at < end; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) return -1;
    field = field * 16 + digit;
  }
  return field;
}

function hexDigit(code: number): number {
  const letter = (code | LOWER_CASE) - LETTER_A;
  if (letter >= 0 && letter < 6) return 10 + letter;
  const digit = code - ZERO;
  return digit <= 9 ? digit : -1;
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

/** All addresses that begin with the same bits; the bits after those are zero. */
export interface IpBlock {
  readonly version: 4 | 6;
  /** The address in words of 32 bits, unsigned; of an IPv4 address the first one only, the others are zero. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** How many bits the addresses have in common: 0 to 32, or to 128. */
  readonly length: number;
}

/**
 * The block that a text is in CIDR notation: `10.1.2.3/8` is the network that it lies in, and an address alone is a
 * block of one. Undefined for everything else. An IPv4 address in the clothes of an IPv6 one stays IPv6.
 */
export function parseBlock(text: string): IpBlock | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const word = octetsWord(address);
  const bits = word < 0 ? 128 : 32;
  const length = slash < 0 ? bits : lengthOf(text, slash + 1);
  if (!(length <= bits)) return undefined;
  if (word >= 0) return { version: 4, a: cut(word, length), b: 0, c: 0, d: 0, length };
  const fields = fieldsOf(address);
  if (fields === undefined) return undefined;
  const at = (place: number) => cut((fields[place * 2] ?? 0) * 65_536 + (fields[place * 2 + 1] ?? 0), length - 32 * place);
  return { version: 6, a: at(0), b: at(1), c: at(2), d: at(3), length };
}

const DOT = 46;

/** The same as `octetsOf`, as one number and without the pieces in between, for lists of thousands; -1 for what is no such address. */
function octetsWord(text: string): number {
  let [word, octet, digits, dots] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === DOT && digits > 0 && dots < 3) {
      word = word * 256 + octet;
      [octet, digits, dots] = [0, 0, dots + 1];
      continue;
    }
    // A zero in front of another digit is octal to some programs.
    if (code < ZERO || code > ZERO + 9 || (digits > 0 && octet === 0)) return -1;
    octet = octet * 10 + code - ZERO;
    digits += 1;
    if (octet > 255) return -1;
  }
  return dots === 3 && digits > 0 ? word * 256 + octet : -1;
}

/** The number from a place on to the end; not a number where anything else stands there. */
function lengthOf(text: string, from: number): number {
  const first = text.charCodeAt(from) - ZERO;
  const digits = text.length - from;
  if (digits === 0 || digits > 3 || (first === 0 && digits > 1)) return Number.NaN;
  let length = 0;
  for (let at = from; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    length = length * 10 + digit;
  }
  return length;
}

/** The first bits of a word, the others zero. */
function cut(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (-1 << (32 - bits))) >>> 0;
}

/** In its shortest form, such as `10.0.0.0/8` or `2001:db8::/32`. */
export function blockText({ version, a, b, c, d, length }: IpBlock): string {
  if (version === 4) return `${a >>> 24}.${(a >>> 16) & 255}.${(a >>> 8) & 255}.${a & 255}/${length}`;
  return `${shortest([a >>> 16, a & 0xffff, b >>> 16, b & 0xffff, c >>> 16, c & 0xffff, d >>> 16, d & 0xffff])}/${length}`;
}

/** The order in which a block comes right before all that lies within it. */
export function compareBlocks(one: IpBlock, other: IpBlock): number {
  return one.version - other.version || one.a - other.a || one.b - other.b || one.c - other.c || one.d - other.d || one.length - other.length;
}

/** Whether all of the inner block lies in the outer one; a block lies in itself. */
export function containsBlock(outer: IpBlock, inner: IpBlock): boolean {
  const { version, a, b, c, d, length } = outer;
  if (version !== inner.version || length > inner.length || cut(inner.a, length) !== a) return false;
  return length <= 32 || (cut(inner.b, length - 32) === b && cut(inner.c, length - 64) === c && cut(inner.d, length - 96) === d);
}
