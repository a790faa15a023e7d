import * as v from 'valibot';
import type { JournalEntry, OperationRecord } from '../app/ports/journal.js';
import { OUTCOMES } from '../domain/outcome.js';

/**
 * The shape of an entry on the disk. It is applied on the way in, because anything may stand in a file, and on the
 * way out, so that nothing gets into one that the port does not name.
 */
const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Change = v.variant('kind', [
  v.object({ kind: v.picklist(['join', 'leave']), securityGroupId: text }),
  v.object({ kind: v.literal('replace'), before: v.array(text), after: v.array(text) }),
]);

const StepRecord = v.object({
  ref: v.object({ kind: v.picklist(['instance', 'networkInterface']), id: text }),
  change: Change,
  name: v.exactOptional(text),
});

const Operation = v.object({
  id: text,
  kind: v.picklist(['join', 'leave', 'replace']),
  at: v.number(),
  account: text,
  identity: v.object({ key: text, accountId: v.exactOptional(text), principalId: v.exactOptional(text) }),
  regionId: text,
  steps: v.array(StepRecord),
  groupNames: v.record(text, text),
  undoes: v.exactOptional(text),
}) satisfies v.GenericSchema<unknown, OperationRecord>;

const Entry = v.variant('type', [
  v.object({ type: v.literal('begin'), operation: Operation }),
  v.object({ type: v.literal('sending'), operationId: text, step: count, at: v.number() }),
  v.object({
    type: v.literal('outcome'),
    operationId: text,
    step: count,
    at: v.number(),
    outcome: v.picklist(OUTCOMES),
    sent: v.boolean(),
    attempts: count,
    durationMs: v.number(),
    code: v.exactOptional(text),
    httpStatus: v.exactOptional(v.number()),
    requestId: v.exactOptional(text),
    reconciled: v.exactOptional(v.literal(true)),
  }),
  v.object({ type: v.literal('end'), operationId: text, at: v.number() }),
]) satisfies v.GenericSchema<unknown, JournalEntry>;

/** A line longer than this is none of ours; an operation of 10,000 targets takes about half of it. */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** One line of a journal, with its end. Throws what is to be told when the entry can't be written as one. */
export function toLine(entry: JournalEntry): string {
  const parsed = v.safeParse(Entry, JSON.parse(JSON.stringify(entry)));
  if (!parsed.success) throw new RangeError(`The entry is not of the shape of one: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
  const line = JSON.stringify(parsed.output);
  if (Buffer.byteLength(line) > LONGEST_LINE) throw new RangeError('The entry is too large.');
  return `${line}\n`;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The entries in a piece of a journal. What is no entry is left out: a torn line, another program's, another version's. */
export function parseLines(bytes: Uint8Array): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const entry = parseLine(bytes.subarray(start, end));
    if (entry !== undefined) entries.push(entry);
    start = end + 1;
  }
  return entries;
}

function parseLine(line: Uint8Array): JournalEntry | undefined {
  if (line.length === 0 || line.length > LONGEST_LINE) return undefined;
  try {
    const parsed = v.safeParse(Entry, JSON.parse(UTF8.decode(line)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** The operation that an entry belongs to. */
export function operationIdOf(entry: JournalEntry): string {
  return entry.type === 'begin' ? entry.operation.id : entry.operationId;
}
