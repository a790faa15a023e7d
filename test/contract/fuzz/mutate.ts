import type { Chance } from './random.js';

/** What a body is made of instead of what it was: bytes, status and headers. */
export interface Mutant {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly status: number;
}

const HOSTILE = ['', ' ', '\0', '\u202Egpj', '\u200b', '$(account)', '[x](command:y)', '../../x', 'a/b:c%2F', '__proto__', 'constructor', 'toString', '\ud800', '😀'.repeat(300), 'x'.repeat(3000), 'null', 'true', '1e999', '-0', 'Infinity', '2026-02-30T25:61Z', 'cn-hangzhou', 'sg-1', '-1/-1', '0.0.0.0/0', '::/0', '%', '\r\n'] as const;
const VALUES: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null, () => true, () => false, () => 0, () => -1, () => 1.5, () => 2 ** 53 + 2, () => 1e308, () => [], () => ({}), () => [[]], () => [null], () => [{}], () => [{ Code: 'x' }],
  () => ({ Code: 'Throttling.User' }), () => Array.from({ length: 300 }, (_, at) => at), () => nested(60), () => nested(500), () => ({ toString: 1, valueOf: null, constructor: [], hasOwnProperty: 'x', length: -1, then: 'x' }), () => ({ length: 4_294_967_295 }),
];

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

type Place = { readonly in: unknown[]; readonly key: number } | { readonly in: Record<string, unknown>; readonly key: string };

/** Every place of a value where another one may stand. */
function places(root: unknown): readonly Place[] {
  const found: Place[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 12) return;
    if (Array.isArray(value)) for (const [key, inner] of (value as unknown[]).entries()) { found.push({ in: value as unknown[], key }); visit(inner, depth + 1); }
    else for (const [key, inner] of Object.entries(value)) { found.push({ in: value as Record<string, unknown>, key }); visit(inner, depth + 1); }
  };
  visit(root, 0);
  return found;
}

function read(place: Place): unknown {
  return Array.isArray(place.in) ? place.in[place.key as number] : (place.in)[place.key];
}

function write(place: Place, value: unknown): void {
  if (Array.isArray(place.in)) place.in[place.key as number] = value;
  // As a member of its own, also where the name means something to JavaScript.
  else Object.defineProperty(place.in, place.key, { value, enumerable: true, configurable: true, writable: true });
}

/** One change of the data: another value, type, name or number of entries. */
function changeTree(root: unknown, chance: Chance): void {
  const all = places(root);
  const place = all[chance.below(all.length)];
  if (place === undefined) return;
  const value = read(place);
  const other = all[chance.below(all.length)];
  const changes: readonly [() => void, ...(() => void)[]] = [
    () => { write(place, chance.one(VALUES)()); },
    () => { write(place, chance.one(HOSTILE)); },
    () => { write(place, String(value)); },
    () => { write(place, Number(value)); },
    () => { write(place, [value]); },
    () => { write(place, { value }); },
    () => { if (other !== undefined) write(place, structuredClone(read(other))); },
    () => { if (Array.isArray(place.in)) place.in.splice(place.key as number, 1); else Reflect.deleteProperty(place.in, place.key); },
    () => { if (Array.isArray(place.in)) place.in.push(...Array.from({ length: 1 + chance.below(5) }, () => structuredClone(value))); },
    () => { if (!Array.isArray(place.in)) Object.defineProperty(place.in, chance.one(HOSTILE), { value, enumerable: true, configurable: true, writable: true }); },
  ];
  chance.one(changes)();
}

/** One change of the text: numbers that JSON has and JavaScript has not, names that come twice, pieces that are missing. */
function changeText(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const changes: readonly [() => string, ...(() => string)[]] = [
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + chance.one(HOSTILE) + text.slice(at),
    () => text.slice(0, at) + text.slice(at + 1 + chance.below(40)),
    () => text.replace(/:\s*(?:\d+|"[^"]{0,40}")/, () => `:${chance.one(['1e999', '-1e999', '123456789012345678901234567890', '-0', '0.1e-400', '"\\ud800"', '"\\u0000"'])}`),
    () => text.replace(/"(\w+)":/, (name) => `${name}${chance.one(['null', '[]', '{}', '"twice"', '0'])},${name}`),
    () => text.replace('{', `{"__proto__":${chance.one(['null', '{"RegionId":"cn-x","InstanceId":"i-x"}', '[]'])},`),
    () => `\ufeff${text}`,
    () => `${text}\n${text}`,
    () => `<!DOCTYPE html><html><body>${text}</body></html>`,
    () => '[]', () => '{}', () => 'null', () => '', () => '"x"', () => '\0'.repeat(50), () => '['.repeat(20_000), () => `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  ];
  return chance.one(changes)();
}

function changeBytes(bytes: Uint8Array<ArrayBuffer>, chance: Chance): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) return bytes;
  const changed = bytes.slice();
  for (let times = 1 + chance.below(4); times > 0; times -= 1) changed[chance.below(changed.length)] = chance.below(256);
  return changed;
}

const LARGEST = 20_000;

const STATUS = [200, 200, 200, 200, 200, 200, 200, 201, 302, 400, 403, 404, 429, 500, 503] as const;

/** The body with a few changes, of its data, its text or its bytes; now and then with none. */
export function mutate(body: string, chance: Chance): Mutant {
  let text = body;
  if (chance.happens(0.8)) {
    const data: unknown = JSON.parse(body);
    // Copies of copies grow; an answer far beyond the largest page has a test of its own.
    for (let times = chance.below(4); times >= 0 && JSON.stringify(data).length < LARGEST; times -= 1) changeTree(data, chance);
    text = chance.happens(0.1) ? JSON.stringify(data, null, 3) : JSON.stringify(data);
  }
  if (chance.happens(0.25)) text = changeText(text, chance);
  const encoded = new Uint8Array(Buffer.from(text, chance.happens(0.03) ? 'utf16le' : chance.happens(0.03) ? 'latin1' : 'utf8'));
  return { bytes: chance.happens(0.1) ? changeBytes(encoded, chance) : encoded, status: chance.one(STATUS) };
}
