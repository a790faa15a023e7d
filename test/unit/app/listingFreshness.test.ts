import { beforeEach, describe, expect, it } from 'vitest';
import { failed, success } from '../../../src/domain/failure.js';
import { answer, asked, items, list, loaded, nothingAsked, page, time, tokens } from '../support/askedPages.js';
import { offline, refusal } from '../support/failures.js';
import { ODD_ANSWER } from '../support/pagedWorld.js';

beforeEach(nothingAsked);

describe('a list that is read again', () => {
  it('stays to be seen, takes fresher copies into their places and new items at its end, and marks what is missing', async () => {
    const paged = await loaded(page('abc'));
    void paged.refresh();
    expect([paged.state, paged.isReading]).toEqual([{ items: items('abc'), more: false }, true]);
    await answer(success({ items: [{ id: 'd' }, { id: 'c', text: 'fresh' }, { id: 'a' }] }));
    expect(paged.state).toEqual({ items: [{ id: 'a' }, { id: 'b' }, { id: 'c', text: 'fresh' }, { id: 'd' }], more: false, gone: new Set(['b']) });
  });

  it('lets go of what was gone at the next look, and has it back when it is listed again', async () => {
    const paged = await loaded(page('abc'));
    paged.lose('b');
    paged.lose('c');
    paged.lose('nobody');
    expect(paged.state).toEqual({ items: items('abc'), more: false, gone: new Set(['b', 'c']) });
    void paged.refresh();
    expect(paged.state).toEqual({ items: items('a'), more: false });
    await answer(page('ac'));
    expect(paged.state).toEqual({ items: items('ac'), more: false });
  });

  it('reads as many pages as were loaded, and calls nothing gone before its end', async () => {
    const paged = await loaded(page('ab', 'T1'), page('cd', 'T2'));
    void paged.refresh();
    await answer(page('xy', 'U1'));
    expect(paged.state).toEqual({ items: items('abcdxy'), more: true });
    await answer(page('ab', 'U2'));
    expect([paged.state, tokens()]).toEqual([{ items: items('abcdxy'), more: true }, [undefined, 'T1', undefined, 'U1']]);
    void paged.next();
    await answer(page('c'));
    expect([paged.state, tokens().at(-1)]).toEqual([{ items: items('abcdxy'), more: false, gone: new Set(['d']) }, 'U2']);
  });

  it('is read again as well when a further page is on its way, after that', async () => {
    const paged = await loaded(page('ab', 'T1'));
    void paged.next();
    const again = [paged.refresh(), paged.refresh()];
    await answer(page('cd'));
    expect([paged.state, tokens()]).toEqual([{ items: items('abcd'), more: false }, [undefined, 'T1', undefined]]);
    await answer(page('abd'));
    await Promise.all(again);
    expect([paged.state, tokens().length]).toEqual([{ items: items('abcd'), more: false, gone: new Set(['c']) }, 3]);
  });

  it('is as old as its first page, and tells when the last one had come', async () => {
    const paged = await loaded(page('ab', 'T1'), page('cd'));
    const before = [paged.readAt, paged.walkedAt];
    time.now = 2_000;
    void paged.refresh();
    time.now = 90_000;
    await answer(page('ab', 'U1'), page('cd'));
    expect([before, paged.readAt, paged.walkedAt]).toEqual([[1_000, undefined], 2_000, 90_000]);
    void paged.refresh();
    time.now = 95_000;
    await answer(failed(offline()));
    const afterFailure = paged.walkedAt;
    paged.restart();
    expect([afterFailure, paged.walkedAt]).toEqual([90_000, undefined]);
  });

  it('is not read again where it is restarted while a further page is on its way', async () => {
    const paged = await loaded(page('ab', 'T1'));
    void paged.next();
    const again = paged.refresh();
    paged.restart();
    await answer(page('cd'));
    await again;
    expect([paged.state, tokens()]).toEqual([{ items: [], more: true }, [undefined, 'T1']]);
  });

  it('reads to the end where it has become shorter', async () => {
    const paged = await loaded(page('ab', 'T1'), page('cd'));
    void paged.refresh();
    await answer(page('a', 'U1'), page('d'));
    expect(paged.state).toEqual({ items: items('abcd'), more: false, gone: new Set(['b', 'c']) });
  });

  it('is as old as the first page of its last walk', async () => {
    const paged = list();
    expect(paged.readAt).toBeUndefined();
    void paged.next();
    time.now = 2_000;
    await answer(page('a', 'T1'));
    void paged.next();
    time.now = 3_000;
    await answer(page('b'));
    expect(paged.readAt).toBe(1_000);
    void paged.refresh();
    time.now = 4_000;
    await answer(page('a', 'T1'));
    expect(paged.readAt).toBe(1_000);
    await answer(page('b'));
    expect(paged.readAt).toBe(3_000);
  });

  it('keeps its age and its items when it fails, and goes on from the page that failed', async () => {
    const paged = await loaded(page('ab', 'T1'), page('cd'));
    time.now = 9_000;
    void paged.refresh();
    await answer(page('ab', 'U1'), failed(offline()));
    expect([paged.state, paged.readAt]).toEqual([{ items: items('abcd'), more: true, failure: offline() }, 1_000]);
    void paged.next();
    await answer(page('c'));
    expect([paged.state, paged.readAt, tokens().slice(2)]).toEqual([{ items: items('abcd'), more: false, gone: new Set(['d']) }, 9_000, [undefined, 'U1', 'U1']]);
  });

  it('keeps its end when already its first page fails', async () => {
    const paged = await loaded(page('ab'));
    void paged.refresh();
    await answer(failed(offline()));
    expect(paged.state).toEqual({ items: items('ab'), more: false, failure: offline() });
  });

  it('shares the look that is under way, and a further page waits for its end', async () => {
    const paged = await loaded(page('a', 'T1'));
    const again = [paged.refresh(), paged.refresh()];
    const more = [paged.next(), paged.next()];
    expect(await paged.first()).toEqual({ items: items('a'), more: true });
    await answer(page('a', 'U1'));
    expect([(await again[0])?.items, tokens()]).toEqual([items('a'), [undefined, undefined, 'U1']]);
    await answer(page('b'));
    expect([await Promise.all(more), tokens().length]).toEqual([[paged.state, paged.state], 3]);
  });

  it('that was never read is read for the first time', async () => {
    const paged = list();
    void paged.refresh();
    await answer(page('ab', 'T1'));
    expect([paged.state, tokens()]).toEqual([{ items: items('ab'), more: true }, [undefined]]);
  });

  it('goes through pages that are empty until something is there', async () => {
    const paged = await loaded(page('', 'T1'));
    void paged.refresh();
    await answer(page('', 'U1'), page('a', 'U2'));
    expect([paged.state, paged.isReading]).toEqual([{ items: items('a'), more: true }, false]);
  });

  it('has no items twice that have no id', async () => {
    const paged = await loaded(success({ items: [{ text: 'one' }, { text: 'two' }] }));
    void paged.refresh();
    await answer(success({ items: [{ text: 'two' }] }));
    expect(paged.state).toEqual({ items: [{ text: 'two' }], more: false });
  });

  it('ends also where ever new tokens bring items without an id', async () => {
    const paged = await loaded(success({ items: [{ text: 'one' }, { text: 'two' }], nextToken: 'T' }));
    void paged.refresh();
    await answer(success({ items: [{ text: 'one' }], nextToken: 'U1' }), success({ items: [{ text: 'one' }], nextToken: 'U2' }));
    expect([paged.isReading, paged.state.more, tokens()]).toEqual([false, true, [undefined, undefined, 'U1']]);
  });

  it('ends with a failure, and without more, where its tokens go round', async () => {
    const paged = await loaded(page('ab', 'T1'), page('cd'));
    void paged.refresh();
    await answer(page('a', 'U1'), page('b', 'U1'));
    expect([paged.state, paged.isReading]).toEqual([{ items: items('abcd'), more: false, failure: ODD_ANSWER }, false]);
  });
});

describe('a page token that the service does not know any more', () => {
  it.each(['InvalidParameter.NextToken', 'InValidParameter.NextToken', 'InvalidParameter', 'invalidparameter.nexttoken'])('has the list walked again until something new comes: %s', async (code) => {
    const paged = await loaded(page('ab', 'T1'));
    void paged.next();
    await answer(failed(refusal(code, 400)), page('ab', 'U1'), page('c', 'U2'));
    expect([paged.state, tokens()]).toEqual([{ items: items('abc'), more: true }, [undefined, 'T1', undefined, 'U1']]);
  });

  it.each(['InvalidParameterX', 'InvalidParameters', 'Forbidden.RAM', 'MissingParameter'])('is not told by another code: %s', async (code) => {
    const paged = await loaded(page('ab', 'T1'));
    void paged.next();
    await answer(failed(refusal(code, 400)));
    expect([paged.state, tokens()]).toEqual([{ items: items('ab'), more: true, failure: refusal(code, 400) }, [undefined, 'T1']]);
  });

  it('is a failure where the walk did not even have one', async () => {
    const paged = await loaded(failed(refusal('InvalidParameter', 400)));
    expect([paged.state, tokens()]).toEqual([{ items: [], more: true, failure: refusal('InvalidParameter', 400) }, [undefined]]);
  });

  it('is a failure in the end where every token is one', async () => {
    const paged = await loaded(page('ab', 'T1'));
    void paged.next();
    await answer(failed(refusal('InvalidParameter', 400)), page('ab', 'U1'), failed(refusal('InvalidParameter', 400)));
    expect([paged.state, paged.isReading, tokens().length]).toEqual([{ items: items('ab'), more: true, failure: refusal('InvalidParameter', 400) }, false, 4]);
  });
});

describe('a list of another time', () => {
  it('is shown with its age, and its first page is not asked for', async () => {
    const paged = list();
    expect(paged.seed({ items: items('ab'), readAt: 7, complete: true })).toBe(true);
    expect([await paged.first(), paged.readAt, asked.length]).toEqual([{ items: items('ab'), more: false }, 7, 0]);
  });

  it('that was not complete goes on with something new, from the first page since its tokens are gone', async () => {
    const paged = list();
    paged.seed({ items: items('ab'), readAt: 7, complete: false });
    expect(paged.state).toEqual({ items: items('ab'), more: true });
    void paged.next();
    await answer(page('ab', 'T1'), page('c'));
    expect([paged.state, paged.readAt]).toEqual([{ items: items('abc'), more: false }, 1_000]);
  });

  it('comes too late where the list has begun by itself, or was named by another list', async () => {
    const begun = list();
    void begun.first();
    expect(begun.seed({ items: items('x'), readAt: 7, complete: true })).toBe(false);
    await answer(page('a'));
    expect([begun.seed({ items: items('x'), readAt: 7, complete: true }), begun.state]).toEqual([false, { items: items('a'), more: false }]);
    const named = list();
    named.add({ id: 'b', text: 'fresh' });
    named.add({ id: 'n' });
    named.seed({ items: items('ab'), readAt: 7, complete: true });
    expect(named.state.items).toEqual([{ id: 'a' }, { id: 'b', text: 'fresh' }, { id: 'n' }]);
  });
});

describe('an item that is told of', () => {
  it('is added at the end, or takes its place', async () => {
    const paged = await loaded(page('ab', 'T1'));
    paged.add({ id: 'z' });
    paged.add({ id: 'a', text: 'fresh' });
    expect(paged.state).toEqual({ items: [{ id: 'a', text: 'fresh' }, { id: 'b' }, { id: 'z' }], more: true });
  });

  it('is gone no longer once a fresher copy of it has come', async () => {
    const paged = await loaded(page('ab'));
    paged.lose('a');
    paged.lose('b');
    paged.replace({ id: 'a', text: 'back' });
    expect(paged.state).toEqual({ items: [{ id: 'a', text: 'back' }, { id: 'b' }], more: false, gone: new Set(['b']) });
    paged.add({ id: 'b' });
    expect(paged.state).toEqual({ items: [{ id: 'a', text: 'back' }, { id: 'b' }], more: false });
  });

  it('stays gone although an earlier page of the same walk has named it', async () => {
    const paged = await loaded(page('ab', 'T1'));
    paged.lose('a');
    void paged.next();
    await answer(page('c', 'T2'));
    expect(paged.state).toEqual({ items: items('abc'), more: true, gone: new Set(['a']) });
    void paged.next();
    await answer(page('d'));
    expect(paged.state).toEqual({ items: items('abcd'), more: false, gone: new Set(['a']) });
  });

  it('is marked once, and nothing is told the second time', async () => {
    const paged = await loaded(page('a'));
    paged.lose('a');
    const { version } = paged;
    paged.lose('a');
    expect(paged.version).toBe(version);
  });
});

describe('a refresh that waits behind a page', () => {
  it('leaves in sight what that page has found gone, until the next refresh', async () => {
    const paged = list();
    paged.seed({ items: items('a'), readAt: 1, complete: false });
    void paged.next();
    const refreshed = paged.refresh();
    await answer(page(''));
    expect(paged.state).toMatchObject({ items: items('a'), gone: new Set(['a']) });
    await answer(page(''));
    expect(await refreshed).toMatchObject({ items: items('a'), gone: new Set(['a']) });
    const next = paged.refresh();
    await answer(page(''));
    expect(await next).toEqual({ items: [], more: false });
  });
});
