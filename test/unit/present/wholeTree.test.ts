import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientFailure } from '../../../src/domain/failure.js';
import type { RegionUse } from '../../../src/domain/regionUse.js';
import type { Instance, Region, Resource } from '../../../src/domain/resources.js';
import { accountNode, accountOf } from '../../../src/present/accountRows.js';
import * as tree from '../../../src/present/explorerNode.js';
import type { AccountNode, CategoryNode, ExplorerNode, ListView } from '../../../src/present/explorerNode.js';
import type { Grouping } from '../../../src/present/grouping.js';
import { instance, networkInterface, rule, securityGroup } from '../support/builders.js';

const failure = clientFailure('Client.Timeout');
const account = 'sandbox';

/** Ids that look like one another, and like the rows that are ours. */
const id = fc.oneof(fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), minLength: 1, maxLength: 4 }), fc.constantFrom('failed', 'more', ':more', ':pins', 'a/b', 'a%2Fb', 'rule:0', 'rule-0', 'instances', 'instances:more', ':vpc:none', ''));
const view = <T extends { readonly id?: string }>(of: (id: string) => T) =>
  fc.record({ items: fc.uniqueArray(id, { maxLength: 3 }).map((all) => all.map(of)), more: fc.boolean(), failed: fc.boolean(), lost: fc.boolean() }).map(({ items, more, failed, lost }): ListView<T> => {
    const gone = lost ? new Set(items.slice(0, 1).flatMap((item) => item.id ?? [])) : undefined;
    return { items, more, ...(failed && { failure }), ...(gone !== undefined && { gone }) };
  });
const kinds = (each: string): readonly Resource[] => [instance({ id: `i-${each}`, regionId: each }), networkInterface({ id: `eni-${each}` }), securityGroup({ id: `sg-${each}` })];

const lists = fc.record({
  regions: view((each): Region => ({ id: each, name: each })),
  /** What a look through the regions has found, in their order: nothing, something, or a failure. */
  uses: fc.array(fc.constantFrom<Omit<RegionUse, 'regionId'>>({}, { instances: { count: 2 } }, { failedWith: 'Forbidden.RAM' }), { maxLength: 4 }),
  grouping: fc.constantFrom<Grouping>({ by: 'none' }, { by: 'vpc' }, { by: 'zone' }, { by: 'tag', key: 'env' }, { by: 'tag', key: 'a/b:of' }),
  instances: view((each): Instance => instance({ id: `i-${each}`, name: each.slice(0, 1), vpcId: each.slice(1), zoneId: each.slice(0, 2), tags: each.length > 2 ? [{ key: 'env', value: each }, { key: 'a/b:of', value: each.slice(2) }] : [] })),
  interfaces: view((each) => networkInterface({ id: `eni-${each}` })),
  groups: view((each) => securityGroup({ id: `sg-${each}` })),
  rules: view((each) => (each.startsWith('a') ? rule() : rule({ id: each }))),
  pins: fc.uniqueArray(id, { maxLength: 2 }).map((all) => all.flatMap(kinds)),
});
type Lists = typeof lists extends fc.Arbitrary<infer L> ? L : never;

function usesOf({ regions, uses }: Lists): ReadonlyMap<string, RegionUse> {
  return new Map(uses.flatMap((use, index) => {
    const region = regions.items[index];
    return region === undefined ? [] : [[region.id, { ...use, regionId: region.id }] as const];
  }));
}

/** The top of an account's tree, as the shell puts it together. */
function top(of: Lists, whose: tree.TopSpec = { account }): readonly ExplorerNode[] {
  const uses = usesOf(of);
  return [...(of.pins.length > 0 ? [tree.pinsNode(whose)] : []), ...(uses.size === 0 ? [tree.offerNode(whose, 3)] : []), ...tree.regionNodes(of.regions, { ...whose, uses })];
}

/** The rows of several accounts, the first of them the chosen one. */
function accountRows(accounts: readonly string[]): readonly AccountNode[] {
  return accounts.map((each, index) => accountNode(each, { name: each, main: index === 0 }));
}

function categoryRows(node: CategoryNode, of: Lists): readonly ExplorerNode[] {
  switch (node.category) {
    case 'instances':
      return of.grouping.by === 'none' ? tree.instanceRows(of.instances, node) : tree.bucketRows(of.instances, node, of.grouping);
    case 'networkInterfaces':
      return tree.interfaceRows(of.interfaces, node);
    case 'securityGroups':
      return tree.groupRows(of.groups, node);
  }
}

/** The children that the shell asks for, from the same lists everywhere. */
function children(node: ExplorerNode, of: Lists): readonly ExplorerNode[] {
  switch (node.kind) {
    case 'account':
      return top(of, { account: node.account, parent: node });
    case 'region':
      return tree.categoryNodes(node);
    case 'moreRegions':
      return tree.foldedRegions(node, { account: accountOf(node) ?? account, uses: usesOf(of) });
    case 'category':
      return tree.childRows([categoryRows(node, of)], node, node.category);
    case 'bucket':
      return tree.instanceRows({ items: node.bucket.items, more: false, ...(node.gone === undefined ? {} : { gone: node.gone }) }, node);
    case 'pins':
      return [...tree.pinnedRows(of.pins.map((resource, index) => ({ resource, gone: index === 0 })), node), tree.failureRow(failure, node)];
    case 'instance':
      return tree.childRows([tree.interfaceRows(of.interfaces, node), tree.groupRows(of.groups, node)], node, 'relations');
    case 'networkInterface':
      return tree.childRows([tree.groupRows(of.groups, node)], node, 'relations');
    case 'securityGroup':
      return tree.folderNodes(node);
    case 'folder':
      return node.folder === 'members' ? tree.childRows([tree.instanceRows(of.instances, node), tree.interfaceRows(of.interfaces, node)], node, 'members') : tree.childRows([tree.ruleRows(of.rules, node)], node, 'rules');
    default:
      return [];
  }
}

/** All rows; those below the members of a group would go on for ever. */
function whole(nodes: readonly ExplorerNode[], of: Lists): readonly ExplorerNode[] {
  return nodes.flatMap((node) => [node, ...(node.parent?.kind === 'folder' ? [] : whole(children(node, of), of))]);
}

describe('a whole tree', () => {
  it('has each id once, also of pins, folded regions, buckets and ids made to look like ours', () => {
    fc.assert(
      fc.property(lists, (of) => {
        const ids = whole(top(of), of).map((node) => node.id);
        const seen = new Set<string>();
        expect(ids.filter((one) => seen.size === seen.add(one).size)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('has every row below its parent, by its id too but where regions are folded away', () => {
    fc.assert(
      fc.property(lists, (of) => {
        const nodes = whole(top(of), of);
        const there = new Set<ExplorerNode>(nodes);
        const odd = nodes.filter(({ parent, id: own }) => parent !== undefined && parent.kind !== 'moreRegions' && !own.startsWith(`${parent.id}/`));
        expect([odd, nodes.filter(({ parent }) => parent !== undefined && !there.has(parent))]).toEqual([[], []]);
      }),
      { numRuns: 20 },
    );
  });

  it('has every region once, at the top or folded away, and every instance once in its category', () => {
    fc.assert(
      fc.property(lists, (of) => {
        const nodes = top(of);
        const regions = nodes.flatMap((node) => (node.kind === 'region' ? node : children(node, of))).filter((node) => node.kind === 'region');
        expect(regions.map(({ region }) => region.id).sort()).toEqual(of.regions.items.map((region) => region.id).sort());
        const [category] = regions.slice(0, 1).map((region) => tree.categoryNode(region, 'instances'));
        if (category === undefined) return;
        const rows = categoryRows(category, of).flatMap((node) => (node.kind === 'bucket' ? children(node, of) : node)).filter((node) => node.kind === 'instance');
        expect(rows.map(({ resource, gone }) => `${resource.id}${gone === true ? ' gone' : ''}`).sort()).toEqual(of.instances.items.map((one) => `${one.id}${of.instances.gone?.has(one.id) === true ? ' gone' : ''}`).sort());
      }),
    );
  });

  it('has the same ids when resources are renamed, change state or come in another order', () => {
    const parent = tree.regionNode({ id: 'cn-hangzhou', name: 'x' }, account);
    const of = (...items: readonly Instance[]): ListView<Instance> => ({ items, more: false });
    const before = tree.instanceRows(of(instance({ id: 'i-1', name: 'a' }), instance({ id: 'i-2', name: 'b' })), parent);
    const after = tree.instanceRows(of(instance({ id: 'i-2', name: 'a', status: 'Stopped' }), instance({ id: 'i-1', name: 'b' })), parent);
    expect(after.map((node) => node.id).sort()).toEqual(before.map((node) => node.id).sort());
  });
});

/** Account ids that look like one another, like regions below others, and like rows that are ours. */
const accountIds = fc.uniqueArray(fc.oneof(fc.constantFrom('sandbox', 'env', 'cli:prod', 'cli:prod/eu', 'cli%3Aprod', 'cli:prod%2Feu', 'env/cn-hangzhou', 'env/:pins', 'failed', 'regions:empty', ''), fc.string({ maxLength: 3 })), { minLength: 2, maxLength: 3 });

describe('a tree of several accounts', () => {
  it('has each id once, also where all have the same regions and resources', () => {
    fc.assert(
      fc.property(accountIds, lists, (accounts, of) => {
        const ids = whole(accountRows(accounts), of).map((node) => node.id);
        const seen = new Set<string>();
        expect(ids.filter((one) => seen.size === seen.add(one).size)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('has every row below its account, and tells from the row which one that is', () => {
    fc.assert(
      fc.property(accountIds, lists, (accounts, of) => {
        for (const row of accountRows(accounts)) {
          const below = whole([row], of);
          expect(below.filter((node) => accountOf(node) !== row.account || (node !== row && !node.id.startsWith(`${row.id}/`)))).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has the rows of an account under the ids that they have when it is shown by itself', () => {
    fc.assert(
      fc.property(lists, (of) => {
        const ours = (nodes: readonly ExplorerNode[]) => nodes.filter(({ kind }) => kind === 'region' || kind === 'pins' || kind === 'offer' || kind === 'moreRegions').map((node) => node.id);
        const [row] = accountRows(['cli:prod/eu', 'env']);
        if (row === undefined) throw new Error('No account');
        const alone = top(of, { account: row.account });
        expect([ours(children(row, of)), alone.map((node) => accountOf(node))]).toEqual([ours(alone), alone.map(() => undefined)]);
      }),
    );
  });
});
