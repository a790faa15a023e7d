import type { JournalEntry } from '../../../../src/app/ports/journal.js';
import { JournalFile } from '../../../../src/store/journalFile.js';
import { WindowLease } from '../../../../src/store/windowLease.js';

/**
 * A window as a process of its own. It does what its arguments say and prints one line for each thing done:
 * `write`: appends operations one by one without an end; `churn`: appends whole ones and compacts after each;
 * `adopt`: tries to adopt the operations named in the rest of the arguments.
 */
const [folder = '', mode = '', ...rest] = process.argv.slice(2);
const lease = new WindowLease({ folder });
const journal = new JournalFile({ folder, lease, largeBytes: 20_000 });
const tell = (text: string): void => { process.stdout.write(`${text}\n`); };

function entriesOf(id: string): readonly JournalEntry[] {
  const ref = { kind: 'instance', id: 'i-1' } as const;
  const steps = [{ ref, change: { kind: 'join', securityGroupId: 'sg-1' } }] as const;
  return [
    { type: 'begin', operation: { id, kind: 'join', at: Date.now(), account: 'env', identity: { key: 'k' }, regionId: 'cn-hangzhou', steps, groupNames: {} } },
    { type: 'sending', operationId: id, step: 0, at: Date.now() },
  ];
}

async function append(entries: readonly JournalEntry[]): Promise<void> {
  const written = await journal.append(entries);
  if (!written.ok) throw new Error(written.failure.detail);
}

async function write(): Promise<void> {
  lease.hold();
  for (let number = 0; ; number += 1) {
    const ids = [0, 1, 2].map((part) => `${process.pid}-${number}-${part}`);
    await Promise.all(ids.map((id) => append(entriesOf(id))));
    for (const id of ids) tell(id);
  }
}

/** Reads, keeps all that it sees but for what is named to be dropped, and compacts. */
async function churn(rounds: number): Promise<void> {
  const hold = lease.hold();
  for (let number = 0; number < rounds; number += 1) {
    const id = `${process.pid}-${number}`;
    await append([...entriesOf(id), { type: 'end', operationId: id, at: Date.now() }]);
    tell(id);
    const read = await journal.read();
    if (!read.ok) throw new Error(read.failure.detail);
    const ids = read.value.flatMap(({ entries }) => entries.flatMap((entry) => (entry.type === 'begin' ? [entry.operation.id] : [])));
    const compacted = await journal.compact(new Set(ids.filter((seen) => !seen.startsWith('drop-'))));
    if (!compacted.ok) throw new Error(compacted.failure.detail);
  }
  hold.dispose();
  await lease.written();
}

async function adopt(ids: readonly string[]): Promise<void> {
  for (const id of ids) if (await journal.adopt(id)) tell(id);
}

const run = { write, churn: () => churn(Number(rest[0])), adopt: () => adopt(rest) }[mode];
await run?.();
