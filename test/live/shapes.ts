import { typeOf } from '../contract/support/shapes.js';

/** Field paths such as `Instances.Instance[].Memory` with the JSON types that were seen there. No values. */
export type Shape = Readonly<Record<string, readonly string[]>>;

/** A service may send whatever it likes as a field's name; only what looks like one is repeated. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The fields and types of a JSON value; the items of a list are one. */
export function shapeOf(json: unknown): Shape {
  const found = new Map<string, Set<string>>();
  collect(json, '$', found);
  return inOrder(found);
}

function collect(value: unknown, path: string, found: Map<string, Set<string>>): void {
  found.set(path, (found.get(path) ?? new Set()).add(typeOf(value)));
  if (Array.isArray(value)) {
    for (const item of value) collect(item, `${path}[]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) collect(inner, `${path}.${FIELD_NAME.test(name) ? name : '(odd name)'}`, found);
  }
}

/** What was seen in any of them. */
export function mergedShape(shapes: readonly Shape[]): Shape {
  const found = new Map<string, Set<string>>();
  for (const [path, types] of shapes.flatMap((shape) => Object.entries(shape))) found.set(path, new Set([...(found.get(path) ?? []), ...types]));
  return inOrder(found);
}

function inOrder(found: ReadonlyMap<string, ReadonlySet<string>>): Shape {
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, types]) => [path, [...types].sort()]));
}

export interface Comparison {
  /** Fields of the service that the sandbox never sends. */
  readonly sandboxLacks: readonly string[];
  /** Fields that the service did not send this time; it need not, so this is no difference. */
  readonly notSeen: readonly string[];
  /** Fields with a type that the sandbox never sends. */
  readonly otherTypes: readonly string[];
}

/** What the service sent against what the sandbox can send. */
export function compareShapes(service: Shape, sandbox: Shape): Comparison {
  const differing = Object.entries(service).filter(([path, types]) => sandbox[path] !== undefined && types.some((type) => sandbox[path]?.includes(type) !== true));
  return {
    sandboxLacks: Object.keys(service).filter((path) => sandbox[path] === undefined),
    notSeen: Object.keys(sandbox).filter((path) => service[path] === undefined),
    otherTypes: differing.map(([path, types]) => `${path}: ${types.join('|')}, the sandbox: ${(sandbox[path] ?? []).join('|')}`),
  };
}
