import { beforeEach, describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { PagedList } from '../../../src/app/listing.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Page } from '../../../src/app/ports/ecs.js';
import { clientFailure, failed, success, type Result } from '../../../src/domain/failure.js';
import { deferred, type Deferred } from '../support/deferred.js';
import { offline } from '../support/failures.js';

interface Item {
  readonly id?: string;
  readonly text?: string;
}

/** What was asked for, and the answers that the test gives, in the order of the requests. */
interface Asked {
  readonly token: string | undefined;
  readonly signal: CancelSignal;
  readonly answer: Deferred<Result<Page<Item>>>;
}

let asked: Asked[];
beforeEach(() => { asked = []; });

const read = (token: string | undefined, signal: CancelSignal): Promise<Result<Page<Item>>> => {
  const answer = deferred<Result<Page<Item>>>();
  asked.push({ token, signal, answer });
  return answer.promise;
};
const list = (scope: CancelSignal = NEVER) => new PagedList<Item>(read, scope);
const items = (...ids: string[]): readonly Item[] => ids.map((id) => ({ id }));
const page = (ids: string, nextToken?: string): Result<Page<Item>> => success({ items: items(...Array.from(ids)), ...(nextToken === undefined ? {} : { nextToken }) });
const answer = (index: number, result: Result<Page<Item>>) => { asked[index]?.answer.resolve(result); };
const tokens = () => asked.map(({ token }) => token);
const cancelled = failed(clientFailure('Client.Cancelled')).failure;

describe('a list in pages', () => {
  it('is empty with more to load before anything is asked for', () => {
    expect([list().state, tokens()]).toEqual([{ items: [], more: true }, []]);
  });

  it('grows page by page, with the token of the page before', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('ab', 'T1'));
    expect(await first).toEqual({ items: items('a', 'b'), more: true });
    const second = paged.next();
    answer(1, page('c'));
    expect(await second).toEqual({ items: items('a', 'b', 'c'), more: false });
    expect([paged.state, tokens()]).toEqual([{ items: items('a', 'b', 'c'), more: false }, [undefined, 'T1']]);
  });

  it('reads its first page once, and gives what is loaded from then on', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('a', 'T1'));
    await first;
    expect([await paged.first(), tokens()]).toEqual([{ items: items('a'), more: true }, [undefined]]);
  });

  it('takes an empty first page for an answer', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page(''));
    expect([await first, await paged.first(), tokens()]).toEqual([{ items: [], more: false }, { items: [], more: false }, [undefined]]);
  });

  it('goes on after an empty page with a token', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('', 'T1'));
    expect(await first).toEqual({ items: [], more: true });
  });

  it('is shared by everybody who asks while a page is on its way', async () => {
    const paged = list();
    const all = [paged.first(), paged.next(), paged.first(), paged.next()];
    answer(0, page('a', 'T1'));
    expect(new Set(await Promise.all(all)).size).toBe(1);
    expect(tokens()).toEqual([undefined]);
  });

  it('has an item once, also when pages overlap or one repeats itself', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('aab', 'T1'));
    await first;
    const second = paged.next();
    answer(1, page('bc'));
    expect(await second).toEqual({ items: items('a', 'b', 'c'), more: false });
  });

  it('keeps all items that have no id', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, success({ items: [{ text: 'same' }, { text: 'same' }] }));
    expect(await first).toEqual({ items: [{ text: 'same' }, { text: 'same' }], more: false });
  });

  it('ends with a failure when the service repeats a token', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('a', 'T1'));
    await first;
    const second = paged.next();
    answer(1, page('b', 'T1'));
    const failure = { operation: '', reached: 'yes', code: 'Client.OddAnswer', detail: 'The service repeated a page token, or its list has no end.' };
    expect(await second).toEqual({ items: items('a', 'b'), more: false, failure });
  });

  it('ends also where the tokens go round in a larger circle', async () => {
    const paged = list();
    for (const [index, token] of ['T1', 'T2', 'T1'].entries()) {
      const state = paged.next();
      answer(index, page(String(index), token));
      await state;
    }
    expect([paged.state.items, paged.state.more, paged.state.failure?.code]).toEqual([items('0', '1', '2'), false, 'Client.OddAnswer']);
  });

  it('ends also where ever new tokens bring nothing new, but not for some pages that a filter left empty', async () => {
    const paged = list();
    const answers = [page('a', 'T0'), ...Array.from({ length: 19 }, (_unused, at) => success({ items: [], nextToken: `empty-${String(at)}` })), page('b', 'T1'), ...Array.from({ length: 20 }, (_unused, at) => page('b', `same-${String(at)}`))];
    for (const [index, one] of answers.entries()) {
      expect(paged.state).toMatchObject({ more: true });
      const state = paged.next();
      answer(index, one);
      await state;
    }
    expect([paged.state.items, paged.state.more, paged.state.failure?.code]).toEqual([items('a', 'b'), false, 'Client.OddAnswer']);
  });

  it('asks for nothing once it has come to its end', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, success({ items: [{ text: 'rule without an id' }] }));
    await first;
    expect([await paged.next(), tokens()]).toEqual([{ items: [{ text: 'rule without an id' }], more: false }, [undefined]]);
  });
});

describe('a page that fails', () => {
  it('leaves what was loaded, and is asked for again with the same token', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('a', 'T1'));
    await first;
    const second = paged.next();
    answer(1, failed(offline()));
    expect(await second).toEqual({ items: items('a'), more: true, failure: offline() });
    expect(await paged.first()).toEqual({ items: items('a'), more: true, failure: offline() });
    const again = paged.next();
    answer(2, page('b'));
    expect([await again, tokens()]).toEqual([{ items: items('a', 'b'), more: false }, [undefined, 'T1', 'T1']]);
  });

  it('as the first is asked for again by whoever looks next', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, failed(offline()));
    expect(await first).toEqual({ items: [], more: true, failure: offline() });
    const again = paged.first();
    answer(1, page('a'));
    expect([await again, tokens()]).toEqual([{ items: items('a'), more: false }, [undefined, undefined]]);
  });
});

describe('a restart', () => {
  it('forgets everything and aborts what is on its way', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('a', 'T1'));
    await first;
    const second = paged.next();
    paged.restart();
    expect([asked[1]?.signal.aborted, paged.state]).toEqual([true, { items: [], more: true }]);
    answer(1, page('late'));
    expect(await second).toEqual({ items: [], more: false, failure: cancelled });
    expect(paged.state).toEqual({ items: [], more: true });
  });

  it('drops a late answer also when the new one has come first', async () => {
    const paged = list();
    const old = paged.first();
    paged.restart();
    const fresh = paged.first();
    answer(1, page('new', 'T9'));
    await fresh;
    answer(0, page('old', 'T1'));
    await old;
    expect([paged.state, tokens()]).toEqual([{ items: items('n', 'e', 'w'), more: true }, [undefined, undefined]]);
    void paged.next();
    expect(tokens()).toEqual([undefined, undefined, 'T9']);
  });

  it('drops a late failure', async () => {
    const paged = list();
    const old = paged.first();
    paged.restart();
    answer(0, failed(offline()));
    await old;
    expect(paged.state).toEqual({ items: [], more: true });
  });

  it('lets the service use the old tokens again', async () => {
    const paged = list();
    for (const index of [0, 1]) {
      const first = paged.first();
      answer(index, page('a', 'T1'));
      expect(await first).toEqual({ items: items('a'), more: true });
      paged.restart();
    }
  });
});

describe('the end of the scope', () => {
  it('aborts the request and drops its answer', async () => {
    const scope = createCancelSource();
    const paged = list(scope.signal);
    const first = paged.first();
    scope.cancel();
    expect(asked[0]?.signal.aborted).toBe(true);
    answer(0, page('late'));
    expect([await first, paged.state]).toEqual([{ items: [], more: false, failure: cancelled }, { items: [], more: true }]);
  });

  it('ends all further reading, also after a restart', async () => {
    const scope = createCancelSource();
    const paged = list(scope.signal);
    const first = paged.first();
    answer(0, page('a', 'T1'));
    await first;
    scope.cancel();
    expect(await paged.next()).toEqual({ items: items('a'), more: true, failure: cancelled });
    paged.restart();
    expect(await paged.first()).toEqual({ items: [], more: true, failure: cancelled });
    expect(tokens()).toEqual([undefined]);
  });
});

describe('a fresher copy of an item', () => {
  it('takes the place of the old one', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, page('abc', 'T1'));
    await first;
    expect(paged.replace({ id: 'b', text: 'new' })).toBe(true);
    expect(paged.state).toEqual({ items: [{ id: 'a' }, { id: 'b', text: 'new' }, { id: 'c' }], more: true });
  });

  it('of an item that is not listed, or without an id, changes nothing', async () => {
    const paged = list();
    const first = paged.first();
    answer(0, success({ items: [{ text: 'no id' }] }));
    const before = await first;
    expect([paged.replace({ id: 'x' }), paged.replace({ text: 'other' }), paged.state]).toEqual([false, false, before]);
  });
});
