import { describe, expect, it } from 'vitest';
import { clientFailure } from '../../../src/domain/failure.js';
import type { Region } from '../../../src/domain/resources.js';
import * as tree from '../../../src/present/explorerNode.js';
import type { ExplorerNode, GroupNode, ListView, RegionNode } from '../../../src/present/explorerNode.js';
import { instance, networkInterface, rule, securityGroup, without } from '../support/builders.js';

const failure = clientFailure('Client.Timeout');
const regions: readonly Region[] = [
  { id: 'cn-hangzhou', name: 'China (Hangzhou)' },
  { id: 'ap-southeast-1', name: 'Singapore' },
];

function view<T>(items: readonly T[], more: Partial<ListView<T>> = {}): ListView<T> {
  return { items, more: false, ...more };
}

function regionNode(): RegionNode {
  const [first] = tree.regionNodes(view(regions), { account: 'sandbox' });
  if (first?.kind !== 'region') throw new Error('No region');
  return first;
}

function groupNode(): GroupNode {
  const [first] = tree.groupRows(view([securityGroup({ id: 'sg-1' })]), regionNode());
  if (first?.kind !== 'securityGroup') throw new Error('No group');
  return first;
}

/** A tree as nested arrays of what tells a row. */
function ids(nodes: readonly ExplorerNode[]): readonly string[] {
  return nodes.map(({ kind, id }) => `${kind} ${id}`);
}

describe('regions', () => {
  it('stand under no parent, in the service’s order, with ids of the account', () => {
    expect(tree.regionNodes(view(regions), { account: 'sandbox' })).toEqual([
      { id: 'sandbox/cn-hangzhou', parent: undefined, kind: 'region', region: regions[0] },
      { id: 'sandbox/ap-southeast-1', parent: undefined, kind: 'region', region: regions[1] },
    ]);
  });

  it('are a word that there are none, a failure, or a failure after what is known', () => {
    expect(tree.regionNodes(view<Region>([]), { account: 'sandbox' })).toEqual([{ id: 'regions:empty', parent: undefined, kind: 'empty', of: 'regions' }]);
    expect(tree.regionNodes(view<Region>([], { failure }), { account: 'sandbox' })).toEqual([{ id: 'regions:failed', parent: undefined, kind: 'failure', failure }]);
    expect(ids(tree.regionNodes(view(regions, { failure }), { account: 'sandbox' }))).toEqual(['region sandbox/cn-hangzhou', 'region sandbox/ap-southeast-1', 'failure regions:failed']);
  });

  it('have the three categories', () => {
    const parent = regionNode();
    expect(tree.categoryNodes(parent)).toEqual(
      (['instances', 'networkInterfaces', 'securityGroups'] as const).map((category) => ({ id: `sandbox/cn-hangzhou/${category}`, parent, kind: 'category', category, regionId: 'cn-hangzhou' })),
    );
  });
});

describe('ids that pretend to be others', () => {
  it('are rows of their own, told apart from every row of ours', () => {
    const odd: readonly Region[] = [...regions, { id: 'cn-hangzhou/instances', name: 'a row further down' }, { id: 'cn-hangzhou%2Finstances', name: 'the same, spelled out' }, { id: '', name: 'none' }];
    const parent = regionNode();
    const items = ['i-1', 'i-1/eni-1', 'instances:more', 'instances:failed', '../..', '%'].map((id) => instance({ id }));
    const [first] = tree.instanceRows(view(items.slice(0, 1)), parent);
    const all = [
      ...tree.regionNodes(view(odd), { account: 'sandbox' }),
      ...tree.categoryNodes(parent),
      ...tree.instanceRows(view(items, { more: true }), parent),
      ...tree.instanceRows(view([], { failure }), parent),
      ...tree.interfaceRows(view([networkInterface({ id: 'eni-1' })]), first ?? parent),
    ];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(ids(all).filter((id) => id.includes('%'))).toEqual([
      'region sandbox/cn-hangzhou%2Finstances',
      'region sandbox/cn-hangzhou%252Finstances',
      'instance sandbox/cn-hangzhou/%25',
      'instance sandbox/cn-hangzhou/..%2F..',
      'instance sandbox/cn-hangzhou/i-1%2Feni-1',
      'instance sandbox/cn-hangzhou/instances%3Afailed',
      'instance sandbox/cn-hangzhou/instances%3Amore',
    ]);
  });
});

describe('rows of a list', () => {
  const parent = regionNode();
  const named = (id: string, name?: string) => (name === undefined ? without(instance({ id }), 'name') : instance({ id, name }));

  it('know their parent and their resource', () => {
    expect([
      ...tree.instanceRows(view([instance({ id: 'i-1' })]), parent),
      ...tree.interfaceRows(view([networkInterface({ id: 'eni-1' })]), parent),
      ...tree.groupRows(view([securityGroup({ id: 'sg-1' })]), parent),
    ]).toEqual([
      { id: 'sandbox/cn-hangzhou/i-1', parent, kind: 'instance', resource: instance({ id: 'i-1' }) },
      { id: 'sandbox/cn-hangzhou/eni-1', parent, kind: 'networkInterface', resource: networkInterface({ id: 'eni-1' }) },
      { id: 'sandbox/cn-hangzhou/sg-1', parent, kind: 'securityGroup', resource: securityGroup({ id: 'sg-1' }) },
    ]);
  });

  it('are sorted by what they say, then by id', () => {
    const rows = tree.instanceRows(view([named('i-9', 'b'), named('i-3', 'a'), named('i-2', 'a'), named('a-1'), named('c-1', ' '), named('i-1', '')]), parent);
    expect(rows.map((row) => (row.kind === 'instance' ? row.resource.id : row.kind))).toEqual(['i-2', 'i-3', 'a-1', 'i-9', 'c-1', 'i-1']);
  });

  it('do not disturb the list that they come from', () => {
    const items = [named('i-2', 'b'), named('i-1', 'a')];
    tree.instanceRows(view(items), parent);
    expect(items.map(({ id }) => id)).toEqual(['i-2', 'i-1']);
  });

  it('end with a way to more', () => {
    expect(tree.instanceRows(view([named('i-1', 'a'), named('i-2', 'b')], { more: true }), parent).at(-1)).toEqual({ id: 'sandbox/cn-hangzhou/instances:more', parent, kind: 'more', loaded: 2, list: 'instances' });
  });

  it('end with the failure where there is one, which is the way to more then', () => {
    expect(ids(tree.groupRows(view([securityGroup({ id: 'sg-1' })], { more: true, failure }), parent))).toEqual(['securityGroup sandbox/cn-hangzhou/sg-1', 'failure sandbox/cn-hangzhou/securityGroups:failed']);
  });

  it('are none for a list of none, so that the parent decides what is empty', () => {
    expect([tree.instanceRows(view<never>([]), parent), tree.interfaceRows(view<never>([]), parent), tree.groupRows(view<never>([]), parent)]).toEqual([[], [], []]);
    expect(tree.childRows([[], []], parent, 'members')).toEqual([{ id: 'sandbox/cn-hangzhou/members:empty', parent, kind: 'empty', of: 'members' }]);
  });

  it('stand together under one parent, each list with its own end', () => {
    const lists = [tree.instanceRows(view([named('i-1', 'a')], { more: true }), parent), tree.interfaceRows(view<never>([], { failure }), parent)];
    expect(ids(tree.childRows(lists, parent, 'members'))).toEqual([
      'instance sandbox/cn-hangzhou/i-1',
      'more sandbox/cn-hangzhou/instances:more',
      'failure sandbox/cn-hangzhou/networkInterfaces:failed',
    ]);
  });
});

describe('a group', () => {
  it('has its three folders', () => {
    const parent = groupNode();
    expect(tree.folderNodes(parent)).toEqual((['inbound', 'outbound', 'members'] as const).map((folder) => ({ id: `sandbox/cn-hangzhou/sg-1/${folder}`, parent, kind: 'folder', folder, group: parent.resource })));
  });

  it('has its rules in the order in which they count: by priority, a drop before an accept', () => {
    const [parent] = tree.folderNodes(groupNode());
    if (parent === undefined) throw new Error('No folder');
    const given = [rule({ id: 'last', priority: 100 }), without(rule({ id: 'none' }), 'priority'), rule({ id: 'accept', priority: 1 }), rule({ id: 'drop', priority: 1, policy: 'drop' }), rule({ id: 'second', priority: 2, policy: 'Drop' })];
    expect(tree.ruleRows(view(given), parent).map(({ id }) => id.split('/').at(-1))).toEqual(['drop', 'accept', 'second', 'last', 'none']);
  });

  it('tells rules without an id apart by their place', () => {
    const [parent] = tree.folderNodes(groupNode());
    if (parent === undefined) throw new Error('No folder');
    expect(ids(tree.ruleRows(view([rule(), rule()], { more: true }), parent))).toEqual([
      'rule sandbox/cn-hangzhou/sg-1/inbound/rule:0',
      'rule sandbox/cn-hangzhou/sg-1/inbound/rule:1',
      'more sandbox/cn-hangzhou/sg-1/inbound/rules:more',
    ]);
  });
});

describe('a failure as the only row', () => {
  it('stands under its parent or under none', () => {
    const parent = regionNode();
    expect([tree.failureRow(failure, parent), tree.failureRow(failure, undefined)]).toEqual([
      { id: 'sandbox/cn-hangzhou/failed', parent, kind: 'failure', failure },
      { id: 'failed', parent: undefined, kind: 'failure', failure },
    ]);
  });
});

describe('a row of a resource', () => {
  it('is an instance, an interface or a group', () => {
    const parent = regionNode();
    const nodes = [parent, ...tree.categoryNodes(parent), ...tree.instanceRows(view([instance()], { more: true }), parent), ...tree.interfaceRows(view([networkInterface()]), parent), groupNode(), ...tree.folderNodes(groupNode()), tree.failureRow(failure, parent)];
    expect(nodes.filter(tree.isResourceNode).map(({ kind }) => kind)).toEqual(['instance', 'networkInterface', 'securityGroup']);
  });
});
