import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { JournalEntry, OperationRecord, WindowJournal } from '../../../../src/app/ports/journal.js';
import { OUTCOMES } from '../../../../src/domain/outcome.js';
import type { Result } from '../../../../src/domain/failure.js';
import { JournalFile, type JournalFileOptions } from '../../../../src/store/journalFile.js';
import { WindowLease, type LeaseOptions } from '../../../../src/store/windowLease.js';
import { newWindowId } from '../../../../src/store/windowName.js';

const folders: string[] = [];
const leases: WindowLease[] = [];
afterEach(async () => {
  // A lease is given back after the write that it was held for.
  for (const lease of leases.splice(0)) {
    lease.dispose();
    await lease.written();
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder for journals that is not there yet, below one that is; removed after the test. */
export function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(parent);
  return join(parent, 'journal');
}

export interface Window {
  readonly journal: JournalFile;
  readonly lease: WindowLease;
  /** Its journal's file. */
  readonly path: string;
}

/** A window of this process, or one that says it is of another. */
export function openWindow(folder: string, more: Partial<JournalFileOptions & LeaseOptions> = {}): Window {
  const lease = new WindowLease({ ...more, folder });
  leases.push(lease);
  return { lease, journal: new JournalFile({ ...more, folder, lease }), path: join(folder, `${lease.windowId}.jsonl`) };
}

/** No process has so high a number. */
export const NO_PID = 4_194_305;

export const HOST = 'this-host';

/** A file as a window left it that is dead now. */
export function leaveJournal(folder: string, text: string | Uint8Array, id = newWindowId(HOST, NO_PID)): string {
  writeFileSync(join(folder, `${id}.jsonl`), text);
  return id;
}

export const textOf = (entries: readonly JournalEntry[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

export function operation(id: string, more: Partial<OperationRecord> = {}): OperationRecord {
  return {
    id,
    kind: 'join',
    at: 1_700_000_000_000,
    account: 'sandbox',
    identity: { key: 'k1' },
    regionId: 'cn-hangzhou',
    steps: [{ ref: { kind: 'instance', id: 'i-1' }, change: { kind: 'join', securityGroupId: 'sg-1' }, name: 'web' }],
    groupNames: { 'sg-1': 'front' },
    ...more,
  };
}

/** An operation of one step from its beginning to its end. */
export function whole(id: string): readonly JournalEntry[] {
  return [
    { type: 'begin', operation: operation(id) },
    { type: 'sending', operationId: id, step: 0, at: 1 },
    { type: 'outcome', operationId: id, step: 0, at: 2, outcome: 'joined', sent: true, attempts: 1, durationMs: 30, httpStatus: 200, requestId: 'R-1' },
    { type: 'end', operationId: id, at: 3 },
  ];
}

/** One that its window left after the request had gone. */
export const unended = (id: string): readonly JournalEntry[] => whole(id).slice(0, 2);

/** What the journals hold, all windows together. */
export async function entriesIn(journal: JournalFile): Promise<readonly JournalEntry[]> {
  return (await journalsIn(journal)).flatMap(({ entries }) => entries);
}

export async function journalsIn(journal: JournalFile): Promise<readonly WindowJournal[]> {
  const read: Result<readonly WindowJournal[]> = await journal.read();
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value;
}

const text = fc.string({ unit: 'binary', maxLength: 20 });
const integer = fc.nat({ max: 1_000_000 });
const optional = <T extends object>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });

const change = fc.oneof(
  fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), securityGroupId: text }),
  fc.record({ kind: fc.constant('replace' as const), before: fc.array(text, { maxLength: 3 }), after: fc.array(text, { maxLength: 3 }) }),
);
const step = fc.record({ ref: fc.record({ kind: fc.constantFrom('instance' as const, 'networkInterface' as const), id: text }), change, name: text }, { requiredKeys: ['ref', 'change'] });
const record = fc.record(
  {
    id: text,
    kind: fc.constantFrom('join' as const, 'leave' as const, 'replace' as const),
    at: integer,
    account: text,
    identity: fc.record({ key: text, accountId: text, principalId: text }, { requiredKeys: ['key'] }),
    regionId: text,
    steps: fc.array(step, { maxLength: 4 }),
    groupNames: fc.dictionary(fc.string({ maxLength: 8 }).map((name) => `sg-${name}`), text, { maxKeys: 3, noNullPrototype: true }),
    undoes: text,
  },
  { requiredKeys: ['id', 'kind', 'at', 'account', 'identity', 'regionId', 'steps', 'groupNames'] },
);
const outcome = fc
  .tuple(
    fc.record({ type: fc.constant('outcome' as const), operationId: text, step: integer, at: integer, outcome: fc.constantFrom(...OUTCOMES), sent: fc.boolean(), attempts: integer, durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }).map((ms) => ms + 0) }),
    optional<{ code: string; httpStatus: number; requestId: string; reconciled: true }>({ code: text, httpStatus: integer, requestId: text, reconciled: fc.constant(true as const) }),
  )
  .map(([needed, more]) => ({ ...needed, ...more }));

/** Any entry that the port allows, with whatever text the cloud may have put into it. */
export const anyEntry: fc.Arbitrary<JournalEntry> = fc.oneof(
  fc.record({ type: fc.constant('begin' as const), operation: record }),
  fc.record({ type: fc.constant('sending' as const), operationId: text, step: integer, at: integer }),
  outcome,
  fc.record({ type: fc.constant('end' as const), operationId: text, at: integer }),
);
