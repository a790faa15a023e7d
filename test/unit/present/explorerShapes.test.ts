import { describe, expect, it } from 'vitest';
import { clientFailure } from '../../../src/domain/failure.js';
import type { RegionUse } from '../../../src/domain/regionUse.js';
import type { Instance, Region } from '../../../src/domain/resources.js';
import { categoryId } from '../../../src/present/nodeIds.js';
import * as tree from '../../../src/present/explorerNode.js';
import type { ExplorerNode, MoreRegionsNode } from '../../../src/present/explorerNode.js';
import { instance, networkInterface, securityGroup, without } from '../support/builders.js';

const account = 'env';
const failure = clientFailure('Client.Timeout');
const [a, b, c] = ['a', 'b', 'c'].map((id): Region => ({ id, name: `Region ${id}` })) as [Region, Region, Region];
const none = { instances: { count: 0 }, networkInterfaces: { count: 0 }, securityGroups: { count: 0 } };
const uses = (...some: readonly RegionUse[]) => new Map(some.map((use) => [use.regionId, use]));
const ids = (nodes: readonly ExplorerNode[]) => nodes.map(({ kind, id }) => `${kind} ${id}`);
const region = tree.regionNode(a, account);
const category = tree.categoryNode(region, 'instances');

describe('regions of which the use is known', () => {
  it('stand at the top where they are in use, and are folded away where they were found empty', () => {
    const found = uses({ regionId: 'a', ...none }, { regionId: 'b', ...none, instances: { count: 3 } });
    expect(tree.regionNodes({ items: [a, b, c], more: false }, { account, uses: found })).toEqual([
      { id: 'env/b', parent: undefined, kind: 'region', region: b, use: found.get('b') },
      { id: 'env/c', parent: undefined, kind: 'region', region: c },
      { id: 'env/:more', parent: undefined, kind: 'moreRegions', regions: [a] },
    ]);
  });

  it('stay at the top where nobody could find out, and in the service’s order', () => {
    const found = uses({ regionId: 'c', ...none, securityGroups: { count: 1 } }, { regionId: 'a', failedWith: 'Forbidden.RAM' }, { regionId: 'b', ...none });
    expect(ids(tree.regionNodes({ items: [a, b, c], more: false }, { account, uses: found }))).toEqual(['region env/a', 'region env/c', 'moreRegions env/:more']);
  });

  it('are not folded where none is in use', () => {
    const found = uses({ regionId: 'a', ...none }, { regionId: 'b', ...none });
    expect(ids(tree.regionNodes({ items: [a, b], more: false }, { account, uses: found }))).toEqual(['region env/a', 'region env/b']);
  });

  it('have what the list says of itself before the folded ones', () => {
    const found = uses({ regionId: 'a', ...none });
    expect(ids(tree.regionNodes({ items: [a, b], more: true, failure }, { account, uses: found }))).toEqual(['region env/b', 'failure regions:failed', 'moreRegions env/:more']);
  });

  it('keep their ids where they are folded, and know where they stand', () => {
    const found = uses({ regionId: 'a', ...none });
    const parent: MoreRegionsNode = tree.moreRegionsNode([a, c], { account });
    expect(tree.foldedRegions(parent, { account, uses: found })).toEqual([
      { id: 'env/a', parent, kind: 'region', region: a, use: { regionId: 'a', ...none } },
      { id: 'env/c', parent, kind: 'region', region: c },
    ]);
    expect(tree.foldedRegions(parent, { account }).map(({ id }) => id)).toEqual(['env/a', 'env/c']);
  });

  it('give each category what was found of it', () => {
    const parent = tree.regionNode(a, account, { use: { regionId: 'a', instances: { count: 2, atLeast: true } } });
    expect(tree.categoryNodes(parent)).toEqual([
      { id: 'env/a/instances', parent, kind: 'category', category: 'instances', regionId: 'a', use: { count: 2, atLeast: true } },
      { id: 'env/a/networkInterfaces', parent, kind: 'category', category: 'networkInterfaces', regionId: 'a' },
      { id: 'env/a/securityGroups', parent, kind: 'category', category: 'securityGroups', regionId: 'a' },
    ]);
  });

  it('have the categories whose ids can be told without them', () => {
    const odd = tree.regionNode({ id: 'x/y:z', name: 'odd' }, account);
    expect(tree.categoryNodes(odd).map(({ category: of, id }) => [categoryId(account, { regionId: 'x/y:z', category: of }) === id, id])).toEqual(tree.CATEGORIES.map((of) => [true, `env/x%2Fy%3Az/${of}`]));
  });
});

describe('rows above the regions', () => {
  it('are an offer with its price, and what is pinned', () => {
    expect([tree.offerNode({ account }, 105), tree.pinsNode({ account })]).toEqual([
      { id: 'env/:offer', parent: undefined, kind: 'offer', requests: 105 },
      { id: 'env/:pins', parent: undefined, kind: 'pins' },
    ]);
  });

  it('are pins by name, of several regions, with the word that one is gone', () => {
    const parent = tree.pinsNode({ account });
    const same = instance({ id: 'i-1', regionId: 'b', name: 'same' });
    const pinned = [
      { resource: securityGroup({ id: 'sg-1', name: 'z' }), gone: true },
      { resource: same, gone: false },
      { resource: { ...same, regionId: 'a' }, gone: false },
      { resource: networkInterface({ id: 'eni-1', name: 'a' }), gone: false },
    ];
    expect(tree.pinnedRows(pinned, parent)).toEqual([
      { id: 'env/:pins/cn-hangzhou/eni-1', parent, kind: 'networkInterface', resource: networkInterface({ id: 'eni-1', name: 'a' }) },
      { id: 'env/:pins/b/i-1', parent, kind: 'instance', resource: same },
      { id: 'env/:pins/a/i-1', parent, kind: 'instance', resource: { ...same, regionId: 'a' } },
      { id: 'env/:pins/cn-hangzhou/sg-1', parent, kind: 'securityGroup', resource: securityGroup({ id: 'sg-1', name: 'z' }), gone: true },
    ]);
  });
});

describe('rows that are not listed any more', () => {
  it('stand in their places and say so', () => {
    const items = [instance({ id: 'i-1', name: 'a' }), instance({ id: 'i-2', name: 'b' })];
    expect(tree.instanceRows({ items, more: false, gone: new Set(['i-1', 'i-none']) }, category)).toEqual([
      { id: 'env/a/instances/i-1', parent: category, kind: 'instance', resource: items[0], gone: true },
      { id: 'env/a/instances/i-2', parent: category, kind: 'instance', resource: items[1] },
    ]);
  });
});

describe('instances put together', () => {
  const named = (id: string, more: Partial<Instance> = {}) => instance({ id, name: id, ...more });

  it('by VPC stand in buckets, which carry what is gone, and what is missing of the list comes last', () => {
    const items = [named('i-1', { vpcId: 'vpc-b' }), named('i-2', { vpcId: '' }), named('i-3', { vpcId: 'vpc-b' }), without(named('i-4'), 'vpcId')];
    const gone = new Set(['i-3']);
    const grouping = { by: 'vpc' } as const;
    expect(tree.bucketRows({ items, more: true, gone }, category, grouping)).toEqual([
      { id: 'env/a/instances/:vpc:of:', parent: category, kind: 'bucket', grouping, bucket: { value: '', items: [items[1]] }, gone },
      { id: 'env/a/instances/:vpc:of:vpc-b', parent: category, kind: 'bucket', grouping, bucket: { value: 'vpc-b', items: [items[0], items[2]] }, gone },
      { id: 'env/a/instances/:vpc:none', parent: category, kind: 'bucket', grouping, bucket: { value: undefined, items: [items[3]] }, gone },
      { id: 'env/a/instances/instances:more', parent: category, kind: 'more', loaded: 4, list: 'instances' },
    ]);
  });

  it('by a tag have names of that tag, also where keys and values are made to look like others', () => {
    const tagged = (id: string, key: string, value: string) => named(id, { tags: [{ key, value }] });
    const rowsBy = (key: string, value: string) => tree.bucketRows({ items: [tagged('i-1', key, value)], more: false, failure }, category, { by: 'tag', key });
    expect([['env', 'test'], ['env:of', 'test'], ['env', ''], ['a/b', 'c:d/e%']].map(([key = '', value = '']) => ids(rowsBy(key, value)))).toEqual([
      ['bucket env/a/instances/:tag:env:of:test', 'failure env/a/instances/instances:failed'],
      ['bucket env/a/instances/:tag:env%3Aof:of:test', 'failure env/a/instances/instances:failed'],
      ['bucket env/a/instances/:tag:env:of:', 'failure env/a/instances/instances:failed'],
      ['bucket env/a/instances/:tag:a%2Fb:of:c%3Ad%2Fe%25', 'failure env/a/instances/instances:failed'],
    ]);
  });

  it('are no buckets of nothing', () => {
    expect(tree.childRows([tree.bucketRows({ items: [], more: false }, category, { by: 'zone' })], category, 'instances')).toEqual([
      { id: 'env/a/instances/instances:empty', parent: category, kind: 'empty', of: 'instances', whole: { kind: 'instance', regionId: 'a' } },
    ]);
  });
});

describe('an empty list', () => {
  it('of a whole region says which, so that the permission can be checked where the service has a check', () => {
    const checked = { instances: { whole: { kind: 'instance', regionId: 'a' } }, networkInterfaces: {}, securityGroups: { whole: { kind: 'securityGroup', regionId: 'a' } } };
    expect(tree.categoryNodes(region).map((parent) => tree.childRows([], parent, parent.category)[0])).toEqual(
      tree.categoryNodes(region).map((parent) => ({ id: `${parent.id}/${parent.category}:empty`, parent, kind: 'empty', of: parent.category, ...checked[parent.category] })),
    );
  });

  it('of a filter, or of a relation, is no question of permissions', () => {
    const member = tree.resourceNode(instance(), category);
    expect([tree.childRows([], category, 'filtered'), tree.childRows([], member, 'relations')]).toEqual([
      [{ id: 'env/a/instances/filtered:empty', parent: category, kind: 'empty', of: 'filtered' }],
      [{ id: `${member.id}/relations:empty`, parent: member, kind: 'empty', of: 'relations' }],
    ]);
  });
});

describe('a rule without an id', () => {
  it('is told from one whose id looks like its place', () => {
    const group = tree.resourceNode(securityGroup({ id: 'sg-1' }), region);
    if (group.kind !== 'securityGroup') throw new Error('No group');
    const [parent] = tree.folderNodes(group);
    if (parent === undefined) throw new Error('No folder');
    const of = (id?: string) => ({ direction: 'ingress', policy: 'Accept', protocol: 'TCP', portRange: '1/1', peer: 'x', peerKind: 'cidr', ...(id === undefined ? {} : { id }) }) as const;
    expect(tree.ruleRows({ items: [of(), of('rule:0'), of('rule-0')], more: false }, parent).map(({ id }) => id.split('/').at(-1))).toEqual(['rule:0', 'rule%3A0', 'rule-0']);
  });
});
