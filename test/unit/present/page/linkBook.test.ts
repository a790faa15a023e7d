import { describe, expect, it } from 'vitest';
import type { PageAct } from '../../../../src/present/page/details.js';
import { LinkBook } from '../../../../src/present/page/linkBook.js';

const open = (id: string): PageAct => ({ act: 'open', kind: 'instance', id, regionId: 'cn-hangzhou' });

describe('the keys of links', () => {
  it('are the same for the same act, in every making of a page and in whatever order', () => {
    const [one, other] = [new LinkBook(), new LinkBook()];
    const keys = [one.keyOf(open('i-1')), one.keyOf(open('i-2')), one.keyOf(open('i-1'))];
    expect([other.keyOf(open('i-2')), other.keyOf(open('i-1'))]).toEqual([keys[1], keys[0]]);
    expect([keys[0] === keys[2], keys[0] === keys[1], [...one.links]]).toEqual([true, false, [[keys[0], open('i-1')], [keys[1], open('i-2')]]]);
  });

  it('say nothing of what they do, and stay apart by the thousand', () => {
    const book = new LinkBook();
    const keys = Array.from({ length: 5_000 }, (_, index) => book.keyOf(open(`i-${index}`)));
    expect(new Set(keys).size).toBe(5_000);
    expect(keys.filter((key) => !/^k[a-z0-9]{4,20}$/.test(key))).toEqual([]);
  });

  it('stay apart where their digests are the same', () => {
    const book = new LinkBook(() => 'same');
    const keys = ['i-1', 'i-2', 'i-3', 'i-1'].map((id) => book.keyOf(open(id)));
    expect([keys, [...book.links.values()]]).toEqual([['ksame', 'ksamex', 'ksamexx', 'ksame'], ['i-1', 'i-2', 'i-3'].map(open)]);
  });
});
