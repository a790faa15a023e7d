import { describe, expect, it } from 'vitest';
import * as tree from '../../../src/present/explorerNode.js';
import type { ExplorerNode } from '../../../src/present/explorerNode.js';
import { TreeNodes } from '../../../src/shell/treeNodes.js';
import { instance, networkInterface } from '../support/builders.js';

const regions = ['a', 'b', 'c'].map((id) => ({ id, name: id }));
const [a, b, c] = regions.map((region) => tree.regionNode(region, 'env'));

/** A tree with region a open down to the interfaces of its first instance. */
function opened() {
  const nodes = new TreeNodes();
  if (a === undefined || b === undefined) throw new Error('No regions');
  nodes.remember(undefined, [a, b]);
  const category = tree.categoryNode(a, 'instances');
  nodes.remember(a, [category]);
  const first = tree.resourceNode(instance({ id: 'i-1' }), category);
  const second = tree.resourceNode(instance({ id: 'i-2' }), category);
  nodes.remember(category, [first, second]);
  const eni = tree.resourceNode(networkInterface({ id: 'eni-1' }), first);
  nodes.remember(first, [eni]);
  for (const row of [a, b, category, first, second, eni]) nodes.hold(row);
  return { nodes, a, b, category, first, second, eni };
}

const idsOf = (nodes: Iterable<ExplorerNode | undefined>) => [...nodes].map((node) => node?.id ?? '');

describe('the nodes that VS Code holds', () => {
  it('are known by id, and only the very object is one of them', () => {
    const { nodes, first } = opened();
    const copy = { ...first };
    expect([nodes.byId(first.id), nodes.live(copy), nodes.live(undefined), nodes.byId('env/none')]).toEqual([first, first, undefined, undefined]);
    expect([first, copy, null, undefined, 'env/a', 7, {}, { id: 7 }, { id: first.id }].map((value) => nodes.isNode(value))).toEqual([true, false, false, false, false, false, false, false, false]);
  });

  it('are the older ones of their id until VS Code has asked for the rows of the newer, and commands may come from both', () => {
    const { nodes, category, first, second } = opened();
    const renamed = tree.resourceNode(instance({ id: 'i-1', name: 'renamed' }), category);
    nodes.remember(category, [renamed, second]);
    expect([nodes.byId(first.id), nodes.live(renamed), nodes.isNode(first), nodes.isNode(renamed), nodes.isOpen(renamed)]).toEqual([renamed, first, true, true, true]);
    nodes.hold(renamed);
    expect(nodes.live(first)).toBe(renamed);
  });

  it('are open where their children have been asked for, the top of the tree too', () => {
    const { nodes, a: top, b: closed, category, first, second } = opened();
    expect(idsOf(nodes.open())).toEqual(['', top.id, category.id, first.id]);
    expect([undefined, top, closed, first, second].map((node) => nodes.isOpen(node))).toEqual([true, true, false, true, false]);
    expect(new TreeNodes().isOpen(undefined)).toBe(false);
  });

  it('forget what was below a row that has gone, and nothing beside it', () => {
    const { nodes, category, second, first, eni } = opened();
    nodes.remember(category, [second]);
    expect([first, eni, second].map((node) => nodes.byId(node.id))).toEqual([undefined, undefined, second]);
    expect([nodes.isOpen(first), idsOf(nodes.open())]).toEqual([false, ['', 'env/a', category.id]]);
  });

  it('forget a whole region with all that was below it', () => {
    const { nodes, b: other, category, first, eni } = opened();
    nodes.remember(undefined, [other]);
    expect([category, first, eni].map((node) => nodes.byId(node.id))).toEqual([undefined, undefined, undefined]);
    expect([idsOf(nodes.open()), nodes.byId(other.id)]).toEqual([[''], other]);
  });

  it('are not open below a row that had gone before its children came', () => {
    const { nodes, category, first, second, eni } = opened();
    nodes.remember(category, [second]);
    nodes.remember(first, [eni]);
    expect([idsOf(nodes.open()), [...nodes.shownResources()]]).toEqual([['', 'env/a', category.id], [second]]);
  });

  it('keep a region that has moved from the folded ones to the top, and one that has moved the other way', () => {
    if (a === undefined || b === undefined || c === undefined) throw new Error('No regions');
    const nodes = new TreeNodes();
    const uses = new Map([['b', { regionId: 'b' }], ['c', { regionId: 'c' }]]);
    const more = tree.moreRegionsNode(regions.slice(1), { account: 'env' });
    nodes.remember(undefined, [a, more]);
    nodes.remember(more, tree.foldedRegions(more, { account: 'env', uses }));
    const less = tree.moreRegionsNode(regions.slice(2), { account: 'env' });
    // VS Code asks for the top first and for the rows below it then.
    nodes.remember(undefined, [a, b, less]);
    nodes.remember(less, tree.foldedRegions(less, { account: 'env', uses }));
    expect([nodes.byId(b.id), nodes.isNode(b), nodes.byId(c.id)?.parent]).toEqual([b, true, less]);
    const back = tree.foldedRegions(more, { account: 'env', uses });
    nodes.remember(undefined, [a, more]);
    nodes.remember(more, back);
    expect([nodes.byId(b.id), nodes.byId(c.id)]).toEqual([...back]);
  });

  it('are none after the tree was cleared', () => {
    const { nodes, first } = opened();
    nodes.clear();
    expect([nodes.byId(first.id), nodes.isNode(first), idsOf(nodes.open()), [...nodes.shownResources()]]).toEqual([undefined, false, [], []]);
  });

  it('are past ones after that, unlike what only looks like one', () => {
    const { nodes, first } = opened();
    expect([first, { ...first }, undefined, 'text'].map((value) => nodes.isPast(value))).toEqual([false, false, false, false]);
    nodes.clear();
    expect([first, { ...first }, undefined, 'text'].map((value) => nodes.isPast(value))).toEqual([true, false, false, false]);
  });
});

describe('what is to be seen', () => {
  it('is what stands under nodes that are unfolded, however far up one is folded', () => {
    const { nodes, a: top, category, first, second, eni } = opened();
    expect([...nodes.shownResources()]).toEqual([first, second, eni]);
    nodes.fold(first);
    expect([[...nodes.shownResources()], nodes.isUnfolded(eni), nodes.isUnfolded(first), nodes.isUnfolded(category)]).toEqual([[first, second], false, false, true]);
    nodes.fold(top);
    expect([[...nodes.shownResources()], nodes.isUnfolded(second)]).toEqual([[], false]);
    nodes.unfold(top);
    expect([...nodes.shownResources()]).toEqual([first, second]);
    nodes.unfold(first);
    expect([...nodes.shownResources()]).toEqual([first, second, eni]);
  });

  it('is the top of the tree always', () => {
    expect(new TreeNodes().isUnfolded(undefined)).toBe(true);
  });
});
