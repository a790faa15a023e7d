import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followPages } from '../../../src/app/followPages.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import { offline } from '../support/failures.js';

/** A list whose page with the token of this index names the next one. */
async function follow(next: Readonly<Record<string, string | undefined>>, options: { readonly most?: number; readonly enough?: number } = {}) {
  const asked: (string | undefined)[] = [];
  const seen: (string | undefined)[] = [];
  const end = await followPages({
    most: options.most ?? 100,
    read: (token) => {
      asked.push(token);
      if (token === 'broken') return Promise.resolve(failed(offline()));
      const nextToken = next[token ?? 'first'];
      return Promise.resolve(success(nextToken === undefined ? {} : { nextToken }));
    },
    onPage: ({ nextToken }) => {
      seen.push(nextToken);
      return seen.length !== options.enough;
    },
  });
  return { end, asked, seen };
}

const repeated = { end: 'failed', failure: clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token.' }) };

describe('following pages', () => {
  it('ends where there is no token', async () => {
    expect(await follow({ first: 'a', a: 'b' })).toEqual({ end: { end: 'all' }, asked: [undefined, 'a', 'b'], seen: ['a', 'b', undefined] });
  });

  it('stops after as many pages as are to be read, and says that there were more', async () => {
    expect(await follow({ first: 'a', a: 'b', b: 'c' }, { most: 2 })).toEqual({ end: { end: 'cut' }, asked: [undefined, 'a'], seen: ['a', 'b'] });
  });

  it('has read all when the list ends with the last page allowed', async () => {
    expect((await follow({ first: 'a' }, { most: 2 })).end).toEqual({ end: 'all' });
  });

  it('stops where nobody wants more', async () => {
    expect(await follow({ first: 'a', a: 'b' }, { enough: 2 })).toEqual({ end: { end: 'cut' }, asked: [undefined, 'a'], seen: ['a', 'b'] });
    expect((await follow({}, { enough: 1 })).end).toEqual({ end: 'all' });
  });

  it('fails with the page that does not come, and keeps what came', async () => {
    expect(await follow({ first: 'broken' })).toEqual({ end: { end: 'failed', failure: offline() }, asked: [undefined, 'broken'], seen: ['broken'] });
  });

  it.each([
    ['at once', { first: 'a', a: 'a' }, 2],
    ['in a circle', { first: 'a', a: 'b', b: 'a' }, 3],
  ])('fails where a token comes again %s, since what lies behind stays unknown', async (_what, next, reads) => {
    const { end, asked } = await follow(next);
    expect([end, asked.length]).toEqual([repeated, reads]);
  });

  it('asks each token once and comes to an end, whatever the tokens are', async () => {
    const token = fc.constantFrom('a', 'b', 'c', 'd');
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.oneof(token, fc.constant('first')), fc.option(token, { nil: undefined })), fc.integer({ min: 1, max: 6 }), async (next, most) => {
      const { asked } = await follow(next, { most });
      expect(asked.length).toBeLessThanOrEqual(most);
      expect(new Set(asked).size).toBe(asked.length);
    }));
  });
});
