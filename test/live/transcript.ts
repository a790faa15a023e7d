import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Checked, Checklist } from './claims.js';
import type { JoinReport } from './joinAndLeave.js';
import { cleanCode, Pseudonyms } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import { REFUSAL, type Shapes } from './reference.js';
import { compareShapes, shapeOf, type Comparison, type Shape } from './shapes.js';

/** What may leave the process: counts, codes, field names and types; ids only as `instance#1` and the like. */
export interface Transcript {
  readonly program: 'verify:live';
  readonly endpoint: 'given' | "the regions' own";
  readonly counts: Readonly<Record<'agrees' | 'differs' | 'not checked', number>>;
  readonly checks: readonly Checked[];
  readonly join?: JoinReport;
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  /** The shapes that `requests` name. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly comparison: Readonly<Record<string, Comparison>>;
}

/** What the service sent against what the sandbox can send, by operation. */
export function comparisonOf(service: Shapes, sandbox: Shapes): Readonly<Record<string, Comparison>> {
  return Object.fromEntries(Object.entries(service).map(([name, shape]) => [name, compareShapes(shape, sandbox[name] ?? {})]));
}

const MOST_NAMED = 6;

/** A check for each operation: types always, further fields where the person asked to compare them. */
export function addComparison(checklist: Checklist, comparison: Readonly<Record<string, Comparison>>, withFields: boolean): void {
  for (const [name, { otherTypes, sandboxLacks }] of Object.entries(comparison)) {
    const what = name === REFUSAL ? 'refusals' : name;
    checklist.add({ name: `types-${what}`, source: 'the sandbox', expected: 'no field has a type that the sandbox never sends', ...found(otherTypes) });
    if (withFields) checklist.add({ name: `fields-${what}`, source: 'the sandbox', expected: 'the sandbox has every field', ...found(sandboxLacks) });
  }
}

function found(paths: readonly string[]): Pick<Checked, 'verdict' | 'seen'> {
  if (paths.length === 0) return { verdict: 'agrees', seen: 'none' };
  const more = paths.length > MOST_NAMED ? `; ${paths.length - MOST_NAMED} more in the transcript` : '';
  return { verdict: 'differs', seen: `${paths.slice(0, MOST_NAMED).join('; ')}${more}` };
}

export interface Told {
  readonly checklist: Checklist;
  readonly exchanges: readonly Exchange[];
  readonly comparison: Readonly<Record<string, Comparison>>;
  readonly endpoint: string;
  readonly join?: JoinReport;
}

export function transcriptOf({ checklist, exchanges, comparison, endpoint, join }: Told): Transcript {
  const shapes = new Map<string, string>();
  const pseudonyms = new Pseudonyms();
  const requests = exchanges.map(({ operation, parameters, status, code, json, ms, encoding }) => ({
    operation,
    parameters: pseudonyms.parameters(parameters),
    status,
    code: cleanCode(code),
    ms,
    encoding: cleanCode(encoding),
    shape: json === undefined ? 'no JSON' : nameOf(JSON.stringify(shapeOf(json)), shapes),
  }));
  const counts = { agrees: checklist.count('agrees'), differs: checklist.count('differs'), 'not checked': checklist.count('not checked') };
  return {
    program: 'verify:live',
    endpoint: endpoint === '' ? "the regions' own" : 'given',
    counts,
    checks: checklist.results,
    ...(join === undefined ? {} : { join }),
    requests,
    shapes: Object.fromEntries([...shapes].map(([shape, name]) => [name, JSON.parse(shape) as Shape])),
    comparison,
  };
}

function nameOf(shape: string, names: Map<string, string>): string {
  const name = names.get(shape) ?? `shape#${names.size + 1}`;
  names.set(shape, name);
  return name;
}

/** The last net: a secret that found its way in is not written, and neither is anything else then. */
export async function writeTranscript(file: string, transcript: Transcript, secrets: readonly string[]): Promise<void> {
  const text = `${JSON.stringify(transcript, undefined, 2)}\n`;
  if (secrets.some((secret) => text.includes(secret))) throw new Error('A secret is in the transcript, so it was not written.');
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await writeFile(file, text);
}

