import { describe, expect, it } from 'vitest';
import { clientFailure } from '../../../src/domain/failure.js';
import * as tree from '../../../src/present/explorerNode.js';
import { rowsChange } from '../../../src/present/sameRows.js';
import { instance, REGION } from '../support/builders.js';

const region = tree.regionNode({ id: REGION, name: REGION }, 'env');
const category = tree.categoryNode(region, 'instances');
const rowsOf = (...items: Parameters<typeof instance>[0][]) => items.map((item) => tree.resourceNode(instance(item), category));

describe('rows compared with those of before', () => {
  it('are the same where copies say the same, whatever stands above them', () => {
    const moved = rowsOf({ id: 'a' }).map((node) => ({ ...node, parent: tree.categoryNode(tree.regionNode({ id: REGION, name: 'renamed' }, 'env'), 'instances') }));
    expect([rowsChange([], []), rowsChange(rowsOf({ id: 'a' }, { id: 'b' }), rowsOf({ id: 'a' }, { id: 'b' })), rowsChange(rowsOf({ id: 'a' }), moved)]).toEqual([{ kind: 'none' }, { kind: 'none' }, { kind: 'none' }]);
  });

  it('differ in words where the same rows stand in the same order, and those that do are named', () => {
    const [before, now] = [rowsOf({ id: 'a' }, { id: 'b' }, { id: 'c' }), rowsOf({ id: 'a' }, { id: 'b', status: 'Stopped' }, { id: 'c', securityGroupIds: [] })];
    expect(rowsChange(before, now)).toEqual({ kind: 'words', nodes: [now[1], now[2]] });
  });

  it('differ in words where a row is not listed any more, or a field has come or gone', () => {
    const [row] = rowsOf({ id: 'a' });
    const gone = tree.resourceNode(instance({ id: 'a' }), category, true);
    expect(row && [rowsChange([row], [gone]), rowsChange([gone], [row])]).toEqual([{ kind: 'words', nodes: [gone] }, { kind: 'words', nodes: [row] }]);
  });

  it('differ in words where a bucket holds others, or of its items others are gone', () => {
    const bucket = (ids: readonly string[], gone: readonly string[] = []) => tree.bucketRows({ items: ids.map((id) => instance({ id, vpcId: 'vpc-1' })), more: false, gone: new Set(gone) }, category, { by: 'vpc' });
    expect([bucket(['a', 'b']), bucket(['a', 'c']), bucket(['a', 'b'], ['b'])].map((now) => rowsChange(bucket(['a', 'b']), now).kind)).toEqual(['none', 'words', 'words']);
    expect(rowsChange(bucket(['a'], ['a']), bucket(['a'], ['b'])).kind).toBe('words');
  });

  it('are others where one has come or gone, the order is another, or a failure stands in the place of a row', () => {
    const before = rowsOf({ id: 'a' }, { id: 'b' });
    const others = [rowsOf({ id: 'a' }), rowsOf({ id: 'a' }, { id: 'b' }, { id: 'c' }), rowsOf({ id: 'b' }, { id: 'a' }), [tree.failureRow(clientFailure('Client.Timeout'), category)], []];
    expect(others.map((now) => rowsChange(before, now).kind)).toEqual(['rows', 'rows', 'rows', 'rows', 'rows']);
  });
});
