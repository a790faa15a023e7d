import { beforeEach, describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { clientFailure, failed } from '../../../src/domain/failure.js';
import { answer, asked, items, list, loaded, MOST_READS, nothingAsked, page, told, tokens } from '../support/askedPages.js';
import { settled } from '../support/deferred.js';
import { offline } from '../support/failures.js';

beforeEach(nothingAsked);

describe('loading all', () => {
  it('reads to the end and tells how many there are before each further page', async () => {
    const paged = list();
    const told: number[] = [];
    const all = paged.all(NEVER, (count) => { told.push(count); });
    await answer(page('ab', 'T1'), page('c', 'T2'), page('d'));
    expect([await all, told]).toEqual([{ items: items('abcd'), more: false }, [2, 3]]);
  });

  it('ends at the first failure, and tries the page that failed once more when it is asked again', async () => {
    const paged = list();
    const first = paged.all(NEVER);
    await answer(page('a', 'T1'), failed(offline()));
    expect(await first).toEqual({ items: items('a'), more: true, failure: offline() });
    const second = paged.all(NEVER);
    await answer(failed(offline()));
    expect(await second).toEqual({ items: items('a'), more: true, failure: offline() });
    const third = paged.all(NEVER);
    await answer(page('b', 'T2'), page('c'));
    expect([await third, tokens()]).toEqual([{ items: items('abc'), more: false }, [undefined, 'T1', 'T1', 'T1', 'T2']]);
  });

  it('ends at once when the signal is raised, and the page under way still comes', async () => {
    const paged = await loaded(page('a', 'T1'));
    const cancel = createCancelSource();
    const all = paged.all(cancel.signal);
    await settled();
    cancel.cancel();
    expect([await all, asked.length]).toEqual([{ items: items('a'), more: true }, 2]);
    await answer(page('b', 'T2'));
    expect([paged.state, asked.length]).toEqual([{ items: items('ab'), more: true }, 2]);
  });

  it('ends with the scope, and does not go round for ever', async () => {
    const scope = createCancelSource();
    const paged = list(scope.signal);
    const told: number[] = [];
    const all = paged.all(NEVER, (count) => {
      // A loop of promises alone would never let the test time out.
      if (told.length > MOST_READS) throw new Error('Pages without end.');
      told.push(count);
    });
    await answer(page('a', 'T1'));
    scope.cancel();
    await answer(page('b', 'T2'));
    expect([await all, told, tokens()]).toEqual([{ items: items('a'), more: true }, [1], [undefined, 'T1']]);
    expect(await paged.all(NEVER)).toEqual({ items: items('a'), more: true });
  });
});

describe('after the end of the scope', () => {
  it('nothing is read again and nothing of another time is shown', async () => {
    const scope = createCancelSource();
    const paged = list(scope.signal);
    void paged.first();
    await answer(page('ab'));
    paged.lose('b');
    scope.cancel();
    expect(await paged.refresh()).toEqual({ items: items('ab'), more: false, gone: new Set(['b']), failure: clientFailure('Client.Cancelled') });
    paged.restart();
    expect([paged.seed({ items: items('x'), readAt: 7, complete: true }), paged.state]).toEqual([false, { items: [], more: true }]);
    expect(asked.length).toBe(1);
  });
});

describe('a restart', () => {
  it('takes along whoever waits behind a look that was under way', async () => {
    const paged = await loaded(page('a', 'T1'));
    void paged.refresh();
    const more = paged.next();
    paged.restart();
    await answer(page('a', 'U1'));
    expect([await more, asked.length, paged.state]).toEqual([{ items: [], more: false, failure: clientFailure('Client.Cancelled') }, 2, { items: [], more: true }]);
  });

  it('forgets age and waiting', async () => {
    const paged = await loaded(page('a', 'T1'));
    void paged.next();
    asked[1]?.onWaiting(12_000);
    expect([paged.waitingMs, paged.readAt, paged.isReading]).toEqual([12_000, 1_000, true]);
    paged.restart();
    asked[1]?.onWaiting(13_000);
    expect([paged.waitingMs, paged.readAt, paged.isReading]).toEqual([0, undefined, false]);
  });
});

describe('waiting for the service', () => {
  it('is told with how long, once for each length, and is over with the page', async () => {
    const paged = list();
    void paged.first();
    const { version } = paged;
    const before = told.times;
    for (const ms of [12_000, 12_000, 0, 5_000]) asked[0]?.onWaiting(ms);
    // The rows stay as they are: only what the list says of itself is another.
    expect([paged.waitingMs, told.times - before, paged.version - version]).toEqual([5_000, 3, 0]);
    await answer(page('a'));
    expect([paged.waitingMs, paged.isReading]).toEqual([0, false]);
  });
});
