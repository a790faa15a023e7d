import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Slices } from '../../../src/shell/slices.js';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate'] }); });
afterEach(() => { vi.useRealTimers(); });

const ROWS = 100;

/** Makes so many numbered things, and how many had been made after each turn of the thread. */
function scene() {
  const slices = new Slices();
  const made: number[] = [];
  const want = (count: number) => {
    const from = made.length;
    return Array.from({ length: count }, (_unused, index) => slices.next(() => { made.push(from + index); return from + index; }));
  };
  /** One turn of the others, then one of ours. */
  const turn = () => {
    const before = made.length;
    vi.runOnlyPendingTimers();
    return made.length - before;
  };
  return { slices, made, want, turn };
}

const counted = (count: number) => Array.from({ length: count }, (_unused, index) => index);

describe('things made in slices', () => {
  it('are made at once as long as they fit into one', () => {
    const { want, made } = scene();
    expect([want(ROWS), made]).toEqual([counted(ROWS), counted(ROWS)]);
  });

  it('are made in order, a slice for each turn of the thread', async () => {
    const { want, made, turn } = scene();
    const wanted = want(350);
    expect(made.length).toBe(ROWS);
    expect([turn(), turn(), turn(), turn(), turn(), vi.getTimerCount()]).toEqual([100, 100, 50, 0, 0, 0]);
    expect([await Promise.all(wanted.map((one) => Promise.resolve(one))), made]).toEqual([counted(350), counted(350)]);
  });

  it('do not overtake those that wait', () => {
    const { slices, made, want, turn } = scene();
    void want(150);
    turn();
    void want(50);
    void slices.next(() => { made.push(-1); });
    expect(made.length).toBe(200);
    turn();
    expect([made.at(-1), made.length]).toEqual([-1, 201]);
  });

  it('wait no longer than the present slice once it has had its turn', () => {
    const { want, made, turn } = scene();
    void want(ROWS);
    turn();
    void want(ROWS);
    expect(made.length).toBe(2 * ROWS);
  });

  it('are all made although one of them fails, at once or in its turn', async () => {
    const { slices, made, want, turn } = scene();
    const fail = (text: string) => () => { throw new Error(text); };
    expect(() => slices.next(fail('at once'))).toThrow('at once');
    void want(ROWS - 1);
    const late = Promise.allSettled([slices.next(fail('late')), slices.next(() => 'after')]);
    expect(made.length).toBe(ROWS - 1);
    turn();
    expect((await late).map((one) => (one.status === 'rejected' ? String(one.reason) : one.value))).toEqual(['Error: late', 'after']);
  });

  it('have an error for a reason also where something else was thrown', async () => {
    const { slices, want, turn } = scene();
    void want(ROWS);
    const odd: unknown = 'odd';
    const late = Promise.allSettled([slices.next(() => { throw odd; })]);
    turn();
    expect(await late).toEqual([{ status: 'rejected', reason: new Error('odd') }]);
  });

  it('leave nothing that runs once all is made', () => {
    const { want, turn } = scene();
    void want(1);
    turn();
    expect([turn(), vi.getTimerCount()]).toEqual([0, 0]);
  });
});
