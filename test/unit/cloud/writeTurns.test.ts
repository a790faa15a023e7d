import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { WriteKind, WriteTurns } from '../../../src/app/ports/writes.js';
import { TurnsByAccount } from '../../../src/cloud/turnsByAccount.js';
import { WritesPerMinute, type WriteRate } from '../../../src/cloud/writeTurns.js';
import { settled } from '../support/deferred.js';
import { VirtualClock } from '../support/virtualClock.js';

const JOIN = { operation: 'JoinSecurityGroup', regionId: 'cn-hangzhou' } as const;
const MINUTE = 60_000;
/** The virtual clock starts 20 seconds past a full minute. */
const TO_NEXT_MINUTE = 40_000;

interface Bench {
  readonly clock: VirtualClock;
  readonly turns: WritesPerMinute;
  /** Who has come to its turn, in order, with the milliseconds since the start; or has left. */
  readonly log: string[];
  /** How long each was told to wait, in milliseconds. */
  readonly waits: Readonly<Record<string, readonly number[]>>;
  readonly ask: (name: string, more?: { readonly kind?: WriteKind; readonly signal?: CancelSignal }) => void;
}

function bench(rate: Partial<Omit<WriteRate, 'clock'>> = {}): Bench {
  const clock = new VirtualClock('manual');
  const turns = new WritesPerMinute({ writesPerMinute: 2, share: () => Promise.resolve(1), ...rate, clock });
  const log: string[] = [];
  const waits: Record<string, number[]> = {};
  return {
    clock, turns, log, waits,
    ask: (name, { kind = JOIN, signal = NEVER } = {}) => {
      void turns.turn(kind, signal, (ms) => { (waits[name] ??= []).push(ms); }).then((turn) => log.push(turn === 'go' ? `${name} ${clock.monotonic()}` : `${name} cancelled`));
    },
  };
}

describe('a turn', () => {
  it('comes at once while there is room in the minute', async () => {
    const { log, waits, clock, ask } = bench();
    ask('a');
    ask('b');
    await settled();
    expect([log, waits, clock.sleeps]).toEqual([['a 0', 'b 0'], {}, []]);
  });

  it('waits for the next full minute of the clock when the minute is full, first come, first served', async () => {
    const { log, clock, ask } = bench();
    for (const name of 'abcde') ask(name);
    await settled();
    expect(log).toEqual(['a 0', 'b 0']);
    clock.advance(TO_NEXT_MINUTE - 1);
    await settled();
    expect(log.length).toBe(2);
    clock.advance(1);
    await settled();
    expect(log).toEqual(['a 0', 'b 0', `c ${TO_NEXT_MINUTE}`, `d ${TO_NEXT_MINUTE}`]);
    clock.advance(MINUTE);
    await settled();
    expect(log.at(-1)).toBe(`e ${TO_NEXT_MINUTE + MINUTE}`);
  });

  it('is told how long it will be, each according to its place, also who comes meanwhile', async () => {
    const { waits, clock, ask } = bench();
    for (const name of 'abcdef') ask(name);
    await settled();
    clock.advance(10_000);
    ask('late');
    await settled();
    expect(waits).toEqual({ c: [40_000], d: [40_000], e: [100_000], f: [100_000], late: [150_000] });
    clock.advance(30_000);
    await settled();
    expect([waits['e'], waits['f'], waits['late']]).toEqual([[100_000, 60_000], [100_000, 60_000], [150_000, 120_000]]);
  });

  it('does not wait in line with another operation or another region', async () => {
    const { log, ask } = bench({ writesPerMinute: 1 });
    ask('first');
    ask('second');
    ask('other operation', { kind: { ...JOIN, operation: 'LeaveSecurityGroup' } });
    ask('other region', { kind: { ...JOIN, regionId: 'cn-beijing' } });
    await settled();
    expect(log.sort()).toEqual(['first 0', 'other operation 0', 'other region 0']);
  });

  it('that is cancelled ends at once, and the others move up', async () => {
    const { log, waits, clock, ask } = bench({ writesPerMinute: 1 });
    const { signal, cancel } = createCancelSource();
    ask('a');
    ask('b', { signal });
    ask('c');
    await settled();
    cancel();
    await settled();
    expect([log, waits['c']]).toEqual([['a 0', 'b cancelled'], [TO_NEXT_MINUTE + MINUTE]]);
    clock.advance(TO_NEXT_MINUTE);
    await settled();
    expect(log.at(-1)).toBe(`c ${TO_NEXT_MINUTE}`);
  });

  it('leaves no sleeper behind when everybody who waited is cancelled, and the next gets its turn', async () => {
    const { log, clock, ask } = bench({ writesPerMinute: 1 });
    const { signal, cancel } = createCancelSource();
    ask('a');
    ask('b', { signal });
    ask('c', { signal });
    await settled();
    expect(clock.sleepers).toBe(1);
    cancel();
    await settled();
    expect([clock.sleepers, log]).toEqual([0, ['a 0', 'b cancelled', 'c cancelled']]);
    ask('d');
    await settled();
    clock.advance(TO_NEXT_MINUTE);
    await settled();
    expect(log.at(-1)).toBe(`d ${TO_NEXT_MINUTE}`);
  });

  it('that was cancelled before it is asked for is none, and spends nothing', async () => {
    const { log, ask } = bench({ writesPerMinute: 1 });
    const { signal, cancel } = createCancelSource();
    cancel();
    ask('a', { signal });
    ask('b');
    await settled();
    expect(log).toEqual(['a cancelled', 'b 0']);
  });

  it('that is cancelled while the windows are counted is none, and spends nothing', async () => {
    let tell: (windows: number) => void = () => undefined;
    const { log, ask } = bench({ writesPerMinute: 1, share: () => new Promise((resolve) => { tell = resolve; }) });
    const { signal, cancel } = createCancelSource();
    ask('a', { signal });
    ask('b');
    await settled();
    cancel();
    await settled();
    expect(log).toEqual(['a cancelled']);
    tell(1);
    await settled();
    expect(log).toEqual(['a cancelled', 'b 0']);
  });
});

describe('the rate', () => {
  /** How many of many go at once. */
  async function goesAtOnce(of: Bench, count = 1_000): Promise<number> {
    const before = of.log.length;
    for (let index = 0; index < count; index += 1) of.ask(`w${index}`);
    await settled(count * 8);
    return of.log.length - before;
  }

  it('is divided by the number of windows that write, and at least one', async () => {
    const counts = [1, 2, 3, 7, 250, 251, 10_000, 0].map((windows) => goesAtOnce(bench({ writesPerMinute: 250, share: () => Promise.resolve(windows) }), 300));
    expect(await Promise.all(counts)).toEqual([250, 125, 83, 35, 1, 1, 1, 250]);
  });

  it('asks for the number of windows at most every five seconds, and keeps the last one where nobody can tell', async () => {
    let [asked, answer] = [0, Promise.resolve(2)];
    const one = bench({ writesPerMinute: 100, share: () => { asked += 1; return answer; } });
    expect([await goesAtOnce(one, 40), asked]).toEqual([40, 1]);
    one.clock.advance(4_999);
    expect([await goesAtOnce(one, 5), asked]).toEqual([5, 1]);
    answer = Promise.reject(new Error('the disk is away'));
    answer.catch(() => undefined);
    one.clock.advance(1);
    expect([await goesAtOnce(one, 20), asked]).toEqual([5, 2]);
  });

  it('is half until the end of the following minute once the service has turned a write away', async () => {
    const one = bench({ writesPerMinute: 10 });
    expect(await goesAtOnce(one, 4)).toBe(4);
    one.turns.throttled(JOIN);
    const perMinute = [await goesAtOnce(one, 100)];
    for (let minute = 0; minute < 3; minute += 1) {
      const before = one.log.length;
      one.clock.advance(minute === 0 ? TO_NEXT_MINUTE : MINUTE);
      await settled(500);
      perMinute.push(one.log.length - before);
    }
    expect(perMinute).toEqual([1, 5, 10, 10]);
  });

  it('is never halved to none, and only for the operation and region that was throttled', async () => {
    const one = bench({ writesPerMinute: 1 });
    one.turns.throttled(JOIN);
    one.turns.throttled({ ...JOIN, regionId: 'cn-beijing' });
    expect(await goesAtOnce(one, 3)).toBe(1);
    const other = bench({ writesPerMinute: 10 });
    other.turns.throttled({ ...JOIN, operation: 'LeaveSecurityGroup' });
    expect(await goesAtOnce(other, 20)).toBe(10);
  });

  it('that is adjusted counts from the next turn on, and what has gone stays counted', async () => {
    const one = bench({ writesPerMinute: 10 });
    expect(await goesAtOnce(one, 10)).toBe(10);
    one.turns.adjust({ writesPerMinute: 12, share: () => Promise.resolve(1), clock: one.clock });
    expect(await goesAtOnce(one, 10)).toBe(2);
  });

  it('is never passed in any minute, nobody is forgotten or passed by, whatever comes when', async () => {
    const event = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), count: fc.integer({ min: 1, max: 7 }) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), count: fc.integer({ min: 1, max: 90 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('throttled' as const), count: fc.constant(0) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), count: fc.nat({ max: 60 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(event, { maxLength: 25 }), async (writesPerMinute, events) => {
        const { clock, log, ask } = bench({ writesPerMinute });
        const sources: ReturnType<typeof createCancelSource>[] = [];
        for (const { kind, count } of events) {
          if (kind === 'ask') for (let index = 0; index < count; index += 1) {
            const source = createCancelSource();
            ask(String(sources.push(source) - 1), { signal: source.signal });
          }
          if (kind === 'advance') clock.advance(count * 1000);
          if (kind === 'cancel') sources[count]?.cancel();
          await settled(100);
        }
        for (let minute = 0; minute <= sources.length; minute += 1) {
          clock.advance(MINUTE);
          await settled(100);
        }
        const went = log.filter((line) => !line.endsWith('cancelled')).map((line) => line.split(' ').map(Number) as [number, number]);
        const perMinute = new Map<number, number>();
        for (const [, at] of went) {
          const minute = Math.floor((at + 20_000) / MINUTE);
          perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
        }
        expect(Math.max(0, ...perMinute.values())).toBeLessThanOrEqual(writesPerMinute);
        expect(went.map(([name]) => name)).toEqual(went.map(([name]) => name).sort((a, b) => a - b));
        expect([log.length, clock.sleepers]).toEqual([sources.length, 0]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('turns by account', () => {
  const rate = (writesPerMinute: number): WriteRate => ({ writesPerMinute, share: () => Promise.resolve(1), clock: new VirtualClock('manual') });

  /** How many of ten go at once. */
  async function goes(turns: WriteTurns): Promise<number> {
    let count = 0;
    for (let index = 0; index < 10; index += 1) void turns.turn(JOIN, NEVER).then(() => { count += 1; });
    await settled(100);
    return count;
  }

  it('count together for all connections of one, and apart for others', async () => {
    const accounts = new TurnsByAccount();
    const [old, fresh, other] = [accounts.of(() => 'a', rate(3)), accounts.of(() => 'a', rate(5)), accounts.of(() => 'b', rate(4))];
    expect([await goes(old), await goes(fresh), await goes(other)]).toEqual([5, 0, 4]);
  });

  it('follow an account that becomes known', async () => {
    const accounts = new TurnsByAccount();
    let known = 'key';
    const [one, two] = [accounts.of(() => known, rate(3)), accounts.of(() => 'account', rate(3))];
    expect(await goes(two)).toBe(3);
    known = 'account';
    expect(await goes(one)).toBe(0);
  });

  it('tell the account that is throttled', async () => {
    const accounts = new TurnsByAccount();
    const [one, other] = [accounts.of(() => 'a', rate(8)), accounts.of(() => 'b', rate(8))];
    one.throttled(JOIN);
    expect([await goes(one), await goes(other)]).toEqual([4, 8]);
  });

  it('are kept for the thirty-two that were used last', async () => {
    const accounts = new TurnsByAccount();
    const first = accounts.of(() => 'first', rate(3));
    await goes(first);
    for (let index = 0; index < 31; index += 1) accounts.of(() => `a${index}`, rate(3));
    expect(await goes(accounts.of(() => 'first', rate(3)))).toBe(0);
    for (let index = 0; index < 32; index += 1) accounts.of(() => `b${index}`, rate(3));
    expect(await goes(accounts.of(() => 'first', rate(3)))).toBe(3);
  });
});
