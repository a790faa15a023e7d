import { describe, expect, it } from 'vitest';
import { pageSize, takePage, TokenMint } from '../../../src/sandbox/paging.js';
import { Shelf } from '../../../src/sandbox/worldState.js';

describe('the size of a page', () => {
  const bounds = { min: 10, max: 100, fallback: 10 };
  it.each([
    [undefined, 10],
    ['-1', 10],
    ['0', 10],
    ['9', 10],
    ['10', 10],
    ['55', 55],
    ['100', 100],
    ['101', 100],
    ['999999999', 100],
    ['ten', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['9999999999', undefined],
  ])('%s gives %s', (asked, size) => {
    expect(pageSize(asked, bounds)).toBe(size);
  });
});

describe('a page', () => {
  const shelf = new Shelf([1, 2, 3, 4, 5, 6].map((number) => ({ id: String(number) })));
  const ids = (from: number, size: number, keep: (item: { id: string }) => boolean = () => true): unknown => {
    const page = takePage(shelf, from, size, keep);
    return [page.items.map(({ id }) => id).join(''), page.more];
  };

  it('ends without more when it takes the last item', () => {
    expect([ids(0, 6), ids(0, 5), ids(4, 2), ids(6, 2)]).toEqual([['123456', false], ['12345', true], ['56', false], ['', false]]);
  });

  it('counts only items that are kept', () => {
    const even = ({ id }: { id: string }): boolean => Number(id) % 2 === 0;
    expect([ids(0, 2, even), ids(0, 3, even), ids(2, 2, even)]).toEqual([['24', true], ['246', false], ['46', false]]);
  });
});

describe('a page token', () => {
  const mint = new TokenMint();
  const token = mint.issue('DescribeInstances/cn-hangzhou', 'i-bp1x');

  it('opens for the list that it was issued for', () => {
    expect(mint.open('DescribeInstances/cn-hangzhou', token)).toBe('i-bp1x');
  });

  it.each([
    ['another region', 'DescribeInstances/cn-beijing', token],
    ['another list', 'DescribeSecurityGroups/cn-hangzhou', token],
    ['nothing', 'DescribeInstances/cn-hangzhou', ''],
    ['garbage', 'DescribeInstances/cn-hangzhou', 'caeba0bbb2be03f84eb48b699f0a4883'],
    ['a tampered token', 'DescribeInstances/cn-hangzhou', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['a padded token', 'DescribeInstances/cn-hangzhou', `${token}=`],
  ])('does not open for %s', (_what, list, given) => {
    expect(mint.open(list, given)).toBeUndefined();
  });

  it('does not open in another sandbox', () => {
    expect(new TokenMint().open('DescribeInstances/cn-hangzhou', token)).toBeUndefined();
  });

  it('shows nothing of what it holds', () => {
    expect(token).not.toContain('bp1x');
  });
});
