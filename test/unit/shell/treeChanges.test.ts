import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TreeChanges } from '../../../src/shell/treeChanges.js';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function scene() {
  const told: (readonly string[])[] = [];
  const at: number[] = [];
  const view = { visible: true };
  const changes: TreeChanges = new TreeChanges({
    isVisible: () => view.visible,
    onFlush: (ids) => {
      told.push(ids);
      at.push(performance.now());
    },
  });
  return { changes, told, at, view };
}

describe('changes of the tree', () => {
  it('are told soon, together and each once', () => {
    const { changes, told } = scene();
    for (const id of ['a', 'b', 'a', '']) changes.mark(id);
    vi.advanceTimersByTime(19);
    expect([told, vi.getTimerCount()]).toEqual([[], 1]);
    vi.advanceTimersByTime(1);
    expect([told, vi.getTimerCount()]).toEqual([[['a', 'b', '']], 0]);
  });

  it('that come one after the other are told every 400 ms and not more often', () => {
    const { changes, told } = scene();
    changes.mark('first');
    vi.advanceTimersByTime(20);
    for (let page = 0; page < 10; page += 1) {
      changes.mark(String(page));
      vi.advanceTimersByTime(100);
    }
    expect(told).toEqual([['first'], ['0', '1', '2', '3'], ['4', '5', '6', '7']]);
    vi.advanceTimersByTime(400);
    expect([told.at(-1), vi.getTimerCount()]).toEqual([['8', '9'], 0]);
  });

  it('after a long rest are told soon again', () => {
    const { changes, told } = scene();
    changes.mark('a');
    vi.advanceTimersByTime(5_000);
    changes.mark('b');
    vi.advanceTimersByTime(20);
    expect(told).toEqual([['a'], ['b']]);
  });

  it('wait without a timer while nobody sees the view, and are told at once when it comes into sight', () => {
    const { changes, told, view } = scene();
    view.visible = false;
    changes.mark('a');
    changes.mark('b');
    expect(vi.getTimerCount()).toBe(0);
    changes.flush();
    expect(told).toEqual([]);
    view.visible = true;
    changes.flush();
    expect([told, vi.getTimerCount()]).toEqual([[['a', 'b']], 0]);
    changes.flush();
    expect(told.length).toBe(1);
  });

  it('are kept when the view is hidden before they are told', () => {
    const { changes, told, view } = scene();
    changes.mark('a');
    view.visible = false;
    vi.advanceTimersByTime(1_000);
    expect([told, vi.getTimerCount()]).toEqual([[], 0]);
    view.visible = true;
    changes.mark('b');
    vi.advanceTimersByTime(20);
    expect(told).toEqual([['a', 'b']]);
  });

  it('that are told now leave no timer that tells them again', () => {
    const { changes, told } = scene();
    changes.mark('a');
    changes.flush();
    expect([told, vi.getTimerCount()]).toEqual([[['a']], 0]);
    vi.advanceTimersByTime(1_000);
    expect(told.length).toBe(1);
  });

  it('made by the telling itself come with the next one', () => {
    const told: (readonly string[])[] = [];
    const changes: TreeChanges = new TreeChanges({
      isVisible: () => true,
      onFlush: (ids) => {
        told.push(ids);
        if (told.length === 1) changes.mark('again');
      },
    });
    changes.mark('a');
    vi.advanceTimersByTime(20);
    vi.advanceTimersByTime(400);
    expect([told, vi.getTimerCount()]).toEqual([[['a'], ['again']], 0]);
  });

  it('are forgotten with the tree, and no timer is left', () => {
    const { changes, told, view } = scene();
    changes.mark('a');
    changes.dispose();
    expect(vi.getTimerCount()).toBe(0);
    view.visible = true;
    changes.flush();
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it('are all told, never to a hidden view and never twice within 400 ms, whatever comes', () => {
    const step = fc.oneof(fc.constantFrom('show', 'hide'), fc.nat(500), fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { changes, told, at, view } = scene();
        const marked = new Set<string>();
        for (const one of steps) {
          if (typeof one === 'number') vi.advanceTimersByTime(one);
          else if (one === 'show' || one === 'hide') view.visible = one === 'show';
          else {
            changes.mark(one);
            marked.add(one);
          }
          const before = told.length;
          if (!view.visible) vi.advanceTimersByTime(1_000);
          if (!view.visible) expect([told.length, vi.getTimerCount()]).toEqual([before, 0]);
        }
        view.visible = true;
        expect(at.slice(1).filter((when, index) => when - (at[index] ?? 0) < 400)).toEqual([]);
        changes.flush();
        vi.advanceTimersByTime(1_000);
        expect([new Set(told.flat()), vi.getTimerCount()]).toEqual([marked, 0]);
      }),
      { numRuns: 100 },
    );
  });
});
