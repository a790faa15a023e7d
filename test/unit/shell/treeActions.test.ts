import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer } from '../../../src/app/explore.js';
import type { ListFilter } from '../../../src/domain/listFilter.js';
import * as rows from '../../../src/present/explorerNode.js';
import type { ExplorerNode } from '../../../src/present/explorerNode.js';
import { NO_GROUPING, type Grouping } from '../../../src/present/grouping.js';
import type { Place } from '../../../src/shell/pickPlace.js';
import type { Services } from '../../../src/shell/services.js';
import { refreshTree, revealResource } from '../../../src/shell/treeActions.js';
import { listsOf } from '../../../src/shell/treeChildren.js';
import { instance, REGION } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { refusal } from '../support/failures.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const BEIJING = 'cn-beijing';
const REGIONS = [{ id: REGION, name: 'China (Hangzhou)' }, { id: BEIJING, name: 'China (Beijing)' }];
const INSTANCES = ['i-1', 'i-2', 'i-3'].map((id) => instance({ id, zoneId: 'cn-hangzhou-a', status: id === 'i-1' ? 'Running' : 'Stopped' }));
const [hangzhou, beijing] = REGIONS.map((region) => rows.regionNode(region, 'env'));

/** The services as far as these actions use them, over a small account that answers two rows a page. */
function scene({ grouping = NO_GROUPING, open = [] }: { readonly grouping?: Grouping; readonly open?: readonly ExplorerNode[] } = {}) {
  const clock = new VirtualClock('manual');
  const ecs = new FakeEcs({ clock, world: { regions: REGIONS, instances: INSTANCES }, maxPage: 2 });
  const source = createCancelSource();
  const explorer = new Explorer({ account: 'env', connection: connectionTo(ecs), signal: source.signal }, { language: 'en', regions: [], clock });
  const log: string[] = [];
  const filters = new Map<string, ListFilter>();
  const nameOf = ({ category, regionId }: Place) => `${regionId}/${category}`;
  const state = { grouping, filterOf: (_scope: unknown, place: Place) => filters.get(nameOf(place)), filter: (_scope: unknown, place: Place) => filters.delete(nameOf(place)) };
  const lists = {
    accountOf: () => 'env',
    accountRow: () => undefined,
    of: (node: ExplorerNode | undefined) => listsOf(node, { filterOf: (category, regionId) => state.filterOf(undefined, { category, regionId }), pins: [] }).map((key) => ({ explorer, key })),
    explorers: { uses: () => ({ get: () => Promise.resolve(undefined) }) },
  };
  const view = {
    state,
    lists,
    explorer: () => Promise.resolve(explorer),
    openNodes: () => [undefined, ...open],
    repaint: (node?: ExplorerNode) => { log.push(`repaint ${node?.id ?? 'all'}`); },
    restart: (account: string) => { log.push(`restart ${account}`); },
    reveal: (node: ExplorerNode) => { log.push(`reveal ${node.id}`); },
  };
  const session = { state: { kind: 'open' }, reconnect: () => { log.push('reconnect'); } };
  // Of the services only what these actions use.
  const services = { view, accounts: { session: () => session } } as unknown as Services;
  return { services, ecs, explorer, source, log, filters };
}

if (hangzhou === undefined || beijing === undefined) throw new Error('No regions');
const category = rows.categoryNode(hangzhou, 'instances');
const ALL = { list: 'instances', regionId: REGION } as const;
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe('refreshing a region', () => {
  it('keeps the rows that are to be seen until they are read again, with all their pages', async () => {
    const { services, ecs, explorer, log } = scene({ open: [hangzhou, category] });
    await explorer.list(ALL).all(createCancelSource().signal);
    // After the two pages of the first time.
    const gate = ecs.hold('listInstances', 3);
    const refreshed = refreshTree(services, hangzhou);
    await gate.arrived;
    const meanwhile = ids(explorer.list(ALL).state.items);
    gate.release();
    await refreshed;
    expect([meanwhile, ids(explorer.list(ALL).state.items), log]).toEqual([['i-1', 'i-2', 'i-3'], ['i-1', 'i-2', 'i-3'], ['repaint env/cn-hangzhou']]);
  });

  it('forgets what is folded there, and nothing of the others', async () => {
    const { services, ecs, explorer } = scene({ open: [hangzhou] });
    await Promise.all([explorer.look(ALL), explorer.look({ list: 'securityGroups', regionId: BEIJING }), explorer.regions()]);
    const before = ecs.calls.length;
    await refreshTree(services, hangzhou);
    const readAt = (list: 'instances' | 'securityGroups', regionId: string) => explorer.list({ list, regionId }).readAt !== undefined;
    expect([readAt('instances', REGION), readAt('securityGroups', BEIJING), explorer.list({ list: 'regions' }).readAt === undefined, ecs.calls.length - before]).toEqual([false, true, false, 0]);
  });
});

describe('refreshing everything', () => {
  it('opens nothing a second time where the account was switched meanwhile', async () => {
    const { services, ecs, explorer, source, log } = scene();
    await explorer.regions();
    const gate = ecs.hold('listRegions', 2);
    const refreshed = refreshTree(services, undefined);
    await gate.arrived;
    source.cancel();
    gate.release();
    await refreshed;
    expect(log).toEqual([]);
  });

  it.each([
    ['InvalidAccessKeyId.NotFound', 404, ['reconnect', 'restart env']],
    ['InvalidSecurityToken.Expired', 400, ['reconnect', 'restart env']],
    ['InvalidTimeStamp.Expired', 400, []],
    ['ServiceUnavailable', 503, []],
  ] as const)('begins from the start where other keys may help, and else keeps what is there: %s', async (code, status, told) => {
    const { services, ecs, explorer, log } = scene();
    await explorer.regions();
    ecs.fail({ operation: 'listRegions', failure: refusal(code, status) });
    await refreshTree(services, undefined);
    expect(log).toEqual(told);
  });
});

describe('showing a resource', () => {
  it('finds its row below what instances are put together by, also in a list that is filtered', async () => {
    const { services, filters, log } = scene({ grouping: { by: 'zone' } });
    filters.set(`${REGION}/instances`, { status: 'Running' });
    const [first] = INSTANCES;
    expect(first && (await revealResource(services, 'env', first))).toBe(true);
    expect(log).toEqual(['reveal env/cn-hangzhou/instances/:zone:of:cn-hangzhou-a/i-1']);
  });
});
