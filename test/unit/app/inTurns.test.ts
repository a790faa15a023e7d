import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { inTurns } from '../../../src/app/inTurns.js';
import { inRegionTurns } from '../../../src/app/regionTurns.js';
import { deferred, settled, type Deferred } from '../support/deferred.js';

/** Work that the test ends, piece by piece. */
function bench() {
  const started: string[] = [];
  const running = new Map<string, Deferred<undefined>>();
  const work = async (piece: string): Promise<void> => {
    started.push(piece);
    const done = deferred<undefined>();
    running.set(piece, done);
    await done.promise;
    running.delete(piece);
  };
  const end = async (...pieces: readonly string[]) => {
    for (const piece of pieces) running.get(piece)?.resolve(undefined);
    await settled();
  };
  return { started, work, end, underWay: () => [...running.keys()] };
}

const taking = (...pieces: string[]) => () => pieces.shift();

describe('work in turns', () => {
  it('begins in order, so many at once, and goes on as pieces end', async () => {
    const { started, work, end, underWay } = bench();
    const all = inTurns(taking('a', 'b', 'c', 'd'), work, { atOnce: 2 });
    expect(underWay()).toEqual(['a', 'b']);
    await end('b');
    expect(underWay()).toEqual(['a', 'c']);
    await end('a', 'c');
    await end('d');
    await all;
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is over at once where there is nothing', async () => {
    const { started, work } = bench();
    await inTurns(taking(), work, { atOnce: 3 });
    expect(started).toEqual([]);
  });

  it.each([0, -1])('goes on with one at once where %i are allowed', async (atOnce) => {
    const { work, end, underWay } = bench();
    const all = inTurns(taking('a', 'b'), work, { atOnce });
    expect(underWay()).toEqual(['a']);
    await end('a');
    await end('b');
    await all;
    expect(underWay()).toEqual([]);
  });

  it('ends at once when cancelled, and takes nothing more when late work ends', async () => {
    const { started, work, end } = bench();
    const { signal, cancel } = createCancelSource();
    const all = inTurns(taking('a', 'b', 'c'), work, { atOnce: 2, signal });
    cancel();
    await all;
    await end('a', 'b');
    expect(started).toEqual(['a', 'b']);
  });

  it('begins nothing when it was cancelled before', async () => {
    const { started, work } = bench();
    const { signal, cancel } = createCancelSource();
    cancel();
    await inTurns(taking('a'), work, { atOnce: 2, signal });
    expect(started).toEqual([]);
  });

  it('ends at once when the first piece itself cancels it', async () => {
    const { signal, cancel } = createCancelSource();
    await inTurns(taking('a', 'b'), () => {
      cancel();
      return new Promise(() => undefined);
    }, { atOnce: 1, signal });
    expect(signal.aborted).toBe(true);
  });

  it('leaves no listener behind', async () => {
    const listeners = new Set<() => void>();
    const signal = { aborted: false, addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener), removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener) };
    const { work, end } = bench();
    const all = inTurns(taking('a'), work, { atOnce: 1, signal });
    expect(listeners.size).toBe(1);
    await end('a');
    await all;
    expect(listeners.size).toBe(0);
  });

  it('rejects where a piece does', async () => {
    await expect(inTurns(taking('a'), () => Promise.reject(new Error('a broke')), { atOnce: 1 })).rejects.toThrow('a broke');
  });
});

describe('regions in turns', () => {
  const jobs = (...names: readonly string[]) => names.map((name) => ({ name, regionId: name.slice(0, 1) }));
  const run = (names: readonly string[], atOnce: number) => {
    const made = bench();
    return { ...made, all: inRegionTurns(jobs(...names), ({ name }) => made.work(name), { atOnce }) };
  };

  it('let each region begin before one goes on, in their order', async () => {
    const { started, end, all, underWay } = run(['a1', 'a2', 'a3', 'b1', 'b2', 'c1'], 4);
    expect(started).toEqual(['a1', 'b1', 'c1', 'a2']);
    await end('b1');
    await end('a1');
    expect(started).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    await end('c1', 'a2', 'b2', 'a3');
    await all;
    expect(underWay()).toEqual([]);
  });

  it('go on around one that hangs, which holds one turn only as long as others have something to do', async () => {
    const { end, underWay } = run(['a1', 'a2', 'a3', 'b1', 'b2', 'c1', 'c2'], 2);
    await end('b1');
    await end('b2');
    await end('c1');
    expect(underWay()).toEqual(['a1', 'c2']);
    await end('c2');
    expect(underWay()).toEqual(['a1', 'a2']);
  });

  it('leave no turn empty while anything waits', () => {
    expect(run(['a1', 'a2', 'a3', 'a4'], 3).underWay()).toEqual(['a1', 'a2', 'a3']);
  });
});
