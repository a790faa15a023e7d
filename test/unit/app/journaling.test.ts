import { describe, expect, it } from 'vitest';
import { historyOf, OperationJournal } from '../../../src/app/journaling.js';
import type { JournalEntry, WindowJournal } from '../../../src/app/ports/journal.js';
import { FakeDisk } from '../support/fakeJournal.js';
import { begin, came, end, join, outcome, record, sending, stepOf } from '../support/histories.js';
import { VirtualClock } from '../support/virtualClock.js';

const window = (windowId: string, state: WindowJournal['state'], ...entries: readonly JournalEntry[]): WindowJournal => ({ windowId, state, entries });
const TWO = { steps: [stepOf('i-1', join('sg-1')), stepOf('i-2', join('sg-1'))] };

describe('an operation', () => {
  it('is written down line by line, with the time of each', async () => {
    const [clock, disk] = [new VirtualClock(), new FakeDisk()];
    const log = new OperationJournal(disk.window('w1'), clock, 'op');
    const at = clock.now();
    for (const write of [() => log.begin(record()), () => log.sending(0), () => log.outcome(0, outcome('joined')), () => log.end()]) {
      expect(await write()).toEqual({ ok: true, value: undefined });
      clock.advance(5);
    }
    expect(disk.entries('w1')).toEqual([begin(), sending(0, at + 5), came(0, at + 10, outcome('joined')), end(at + 15)]);
  });
});

describe('what journals tell', () => {
  it('is every operation with its steps, oldest first', () => {
    const journals = [
      window('w1', 'dead', begin({ ...TWO, at: 20 }), sending(0, 21), sending(0, 25), came(0, 26, outcome('joined')), end(30)),
      window('w2', 'mine', begin({ id: 'old', at: 10 }), begin({ id: 'new', at: 40 }), sending(0, 41, 'new')),
    ];
    expect(historyOf(journals)).toEqual([
      { record: record({ id: 'old', at: 10 }), windowId: 'w2', window: 'mine', steps: [{}] },
      { record: record({ ...TWO, at: 20 }), windowId: 'w1', window: 'dead', steps: [{ sendingAt: 25, outcome: outcome('joined') }, {}], endedAt: 30 },
      { record: record({ id: 'new', at: 40 }), windowId: 'w2', window: 'mine', steps: [{ sendingAt: 41 }] },
    ]);
  });

  it('keeps what one window did in its order, although its clock went backwards', () => {
    const journals = [window('w1', 'mine', begin({ id: 'first', at: 100 }), begin({ id: 'second', at: 50 }), begin({ id: 'third', at: 120 })), window('w2', 'dead', begin({ id: 'other', at: 110 }))];
    expect(historyOf(journals).map(({ record: { id } }) => id)).toEqual(['first', 'second', 'other', 'third']);
  });

  it('is what a later window found out about a dead one\'s operation', () => {
    const found = outcome('joined', { reconciled: true });
    const journals = [window('w1', 'dead', begin(), sending(0, 1)), window('w2', 'mine', came(0, 90, found), end(90))];
    expect(historyOf(journals)).toEqual([{ record: record(), windowId: 'w1', window: 'dead', steps: [{ sendingAt: 1, outcome: found }], endedAt: 90 }]);
  });

  const live = outcome('refused', { code: 'AclLimitExceed', httpStatus: 403, requestId: 'R' });
  const found = outcome('joined', { reconciled: true });
  const unknown = outcome('unknown', { reconciled: true });
  it.each([
    ['what was seen while it happened, whichever is read first', [live, found], live],
    ['what was seen while it happened, whichever is read last', [found, live], live],
    ['the first of two that were seen', [live, outcome('joined')], live],
    ['what was found, over that nothing could be found', [unknown, found], found],
    ['what was found, and stays it', [found, unknown], found],
  ])('believes %s', (_what, outcomes, believed) => {
    const [first, ...others] = outcomes.map((one, index) => window(`w${index}`, 'dead', came(0, index, one)));
    expect(historyOf([window('w', 'dead', begin()), ...(first === undefined ? [] : [first]), ...others])[0]?.steps).toEqual([{ outcome: believed }]);
  });

  it('leaves out what belongs to nothing: no beginning, no such step', () => {
    const odd = [sending(0, 1, 'nobody'), came(0, 1, outcome('joined'), 'nobody'), end(1, 'nobody'), sending(7, 1), came(-1, 1, outcome('joined')), came(0.5, 1, outcome('joined'))];
    expect(historyOf([window('w1', 'dead', ...odd, begin())])).toEqual([{ record: record(), windowId: 'w1', window: 'dead', steps: [{}] }]);
  });

  it('leaves an operation to the window that began it, although another journal has a copy of the beginning', () => {
    expect(historyOf([window('w1', 'dead', begin()), window('w2', 'mine', begin())])).toEqual([{ record: record(), windowId: 'w1', window: 'dead', steps: [{}] }]);
  });
});
