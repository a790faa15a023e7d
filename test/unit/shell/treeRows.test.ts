import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer } from '../../../src/app/explore.js';
import type { ListFilter } from '../../../src/domain/listFilter.js';
import type { ExplorerNode } from '../../../src/present/explorerNode.js';
import { NO_GROUPING } from '../../../src/present/grouping.js';
import { instance, REGION, securityGroup } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { FakeTreeHost, type Shape, type TreeVersion } from '../support/fakeTreeHost.js';
import { VirtualClock } from '../support/virtualClock.js';

vi.mock('vscode', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class EventEmitter {
    readonly #emitter = new Emitter();
    readonly event = (listener: (value: unknown) => void) => void this.#emitter.on('event', listener);
    fire(value: unknown) { this.#emitter.emit('event', value); }
    dispose() { this.#emitter.removeAllListeners(); }
  }
  class TreeItem { constructor(readonly label: string, readonly collapsibleState: number) {} }
  class ThemeIcon { constructor(readonly id: string) {} }
  return { EventEmitter, TreeItem, ThemeIcon, ThemeColor: ThemeIcon, TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 } };
});

const { TreeRows } = await import('../../../src/shell/treeRows.js');
const { categoryKey, childrenOf, listsOf } = await import('../../../src/shell/treeChildren.js');

const REGIONS = [{ id: REGION, name: 'Hangzhou' }, { id: 'cn-beijing', name: 'Beijing' }];
const WEB = ['web-1', 'web-2', 'web-3'].map((name) => instance({ id: `i-${name}`, name, securityGroupIds: ['sg-1'] }));

const INSTANCES = { list: 'instances', regionId: REGION } as const;
const LATENCY_MS = 5;
const SOON_MS = 5;
const QUIET_LOOKS = 10;

const open: { dispose(): void }[] = [];
afterEach(() => { for (const one of open.splice(0)) one.dispose(); });

/** A tree over a small account, in a VS Code that takes its time. */
async function scene(version: TreeVersion) {
  const clock = new VirtualClock();
  const ecs = new FakeEcs({ clock, world: { regions: REGIONS, instances: WEB, groups: [securityGroup({ id: 'sg-1', name: 'ssh' })] } });
  const explorer = new Explorer({ account: 'env', connection: connectionTo(ecs), signal: createCancelSource().signal }, { language: 'en', regions: [], clock });
  const narrowing = { filterOf: (): ListFilter | undefined => undefined, pins: [] };
  const shape = { explorer, grouping: NO_GROUPING, uses: () => Promise.resolve(undefined), ...narrowing };
  const showing = new Map<string, Set<string>>();
  const keys = (node: ExplorerNode | undefined) => listsOf(node, narrowing);
  const lists = {
    versionsOf: (node: ExplorerNode | undefined) => keys(node).reduce((sum, key) => sum + explorer.list(key).version, 0),
    live: (node: ExplorerNode) => {
      if (node.kind !== 'category') return {};
      const list = explorer.list(categoryKey(node, undefined));
      return { list: { loaded: list.state.items.length, more: list.state.more, ageMs: list.readAt === undefined ? undefined : 0, waitingMs: 0 } };
    },
  };
  const rows: InstanceType<typeof TreeRows> = new TreeRows({
    lists,
    language: 'en',
    isVisible: () => true,
    children: (node) => childrenOf(node, shape),
    onGiven: (node, children) => {
      for (const shown of [node, ...children.filter(({ kind }) => kind === 'category')]) {
        for (const key of keys(shown)) showing.set(JSON.stringify(key), (showing.get(JSON.stringify(key)) ?? new Set()).add(shown?.id ?? ''));
      }
    },
    takesNewsWhileAsked: version !== '1.100',
    roundTrip: () => new Promise((resolve) => { setTimeout(resolve, 2 * LATENCY_MS); }),
    onStale: (id) => { mark(id); },
    onTold: () => undefined,
  });
  const marked = new Set<string>();
  const mark = (id: string) => {
    if (marked.size === 0) setTimeout(() => {
      rows.renew([...marked]);
      marked.clear();
    }, SOON_MS);
    marked.add(id);
  };
  explorer.onDidChange((key) => { for (const id of showing.get(JSON.stringify(key)) ?? []) mark(id); });
  open.push(rows);
  const host = new FakeTreeHost<ExplorerNode>(rows, { version, latencyMs: LATENCY_MS });
  /** Waits until all that changed is shown, and gives the labels of rows that were lost at some moment. */
  const settle = async (): Promise<readonly string[]> => {
    const lost = new Set<string>();
    const looking = setInterval(() => { for (const label of host.lost()) lost.add(label); }, 1);
    // Quiet for some looks, since a change is gathered before it is told.
    for (let quiet = 0; quiet < QUIET_LOOKS; quiet = host.isQuiet && marked.size === 0 ? quiet + 1 : 0) await new Promise((resolve) => { setTimeout(resolve, LATENCY_MS); });
    clearInterval(looking);
    return [...lost].sort();
  };
  await host.show();
  return { ecs, explorer, host, rows, settle };
}

/** The same, with the instances of one region unfolded, and nothing on its way. */
async function unfolded(version: TreeVersion, below: readonly string[] = []) {
  const made = await scene(version);
  for (const label of ['Hangzhou', 'Instances', ...below]) {
    await made.host.expand(label);
    await made.settle();
  }
  made.host.told.length = 0;
  return made;
}

const CATEGORY = 'env/cn-hangzhou/instances';
const [first, second] = WEB;
if (first === undefined || second === undefined) throw new Error('No instances');

/** The labels below a row, as they are drawn. */
function below(host: FakeTreeHost<ExplorerNode>, label: string, shapes = host.drawn()): readonly string[] {
  const textOf = (shape: Shape) => (typeof shape === 'string' ? shape : shape[0]);
  for (const shape of shapes) {
    if (typeof shape === 'string') continue;
    if (textOf(shape).split(' · ')[0] === label) return shape[1].map((one) => textOf(one).split(' · ')[0] ?? '');
    const found = below(host, label, shape[1]);
    if (found.length > 0) return found;
  }
  return [];
}

describe.each(['1.100', '1.139'] as const)('rows in VS Code %s', (version) => {
  it('are told once when they are there for the first time, with how many they are', async () => {
    const { host, settle } = await scene(version);
    await host.expand('Hangzhou');
    await host.expand('Instances');
    await settle();
    expect(host.drawn()[0]).toEqual(['Hangzhou · cn-hangzhou', [['Instances · 3', WEB.map(({ name, id, vpcId }) => `${name ?? ''} · ${id} · Running · ${vpcId ?? ''} · 10.0.0.1`)], 'Network Interfaces', 'Security Groups']]);
    expect([host.told, host.lost(), host.errors]).toEqual([[[CATEGORY]], [], []]);
  });

  it('are not told of when the list is read again and is the same', async () => {
    const { host, explorer, settle } = await unfolded(version);
    await explorer.list(INSTANCES).refresh();
    explorer.learn({ ...first });
    expect([await settle(), host.told]).toEqual([[], []]);
  });

  it('are not told of when their list is forgotten and its new answer is the same, and stay usable until it comes', async () => {
    const { host, ecs, explorer, settle } = await unfolded(version, ['web-1']);
    const gate = ecs.hold('listSecurityGroups', 2);
    explorer.forgetRelations('sg-1');
    await gate.arrived;
    const [meanwhile, held] = [below(host, 'web-1'), await host.menu('ssh')];
    gate.release();
    expect([await settle(), meanwhile, held?.kind, below(host, 'web-1'), host.told]).toEqual([[], ['ssh'], 'securityGroup', ['ssh'], []]);
  });

  it('that say something else are told by themselves, and none is lost', async () => {
    const { host, explorer, settle } = await unfolded(version);
    explorer.learn({ ...first, status: 'Stopping' });
    explorer.learn({ ...second, status: 'Stopping' });
    expect([await settle(), host.told]).toEqual([[], [[`${CATEGORY}/i-web-1`, `${CATEGORY}/i-web-2`]]]);
    expect(host.drawn()[0]?.[1]).toEqual(expect.arrayContaining([['Instances · 3', [expect.stringContaining('Stopping'), expect.stringContaining('Stopping'), expect.stringContaining('Running')]]]));
  });

  it('give a command what is known by now, though VS Code holds what it was given first', async () => {
    const { host, rows, explorer, settle } = await unfolded(version);
    explorer.learn({ ...first, status: 'Stopping' });
    await settle();
    const held = await host.menu('web-1');
    expect(held === undefined ? undefined : rows.nodes.now(held)).toMatchObject({ id: `${CATEGORY}/i-web-1`, resource: { status: 'Stopping' } });
  });

  it('that come or go are told together, once, however many changes there were', async () => {
    const { host, explorer, settle } = await unfolded(version);
    for (const name of ['web-4', 'web-5', 'web-6']) explorer.add(instance({ id: `i-${name}`, name }));
    await settle();
    expect([host.told, below(host, 'Instances'), host.errors]).toEqual([[[CATEGORY]], ['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6'], []]);
  });

  it('below a row that says something else are made again with it, and the row itself is never lost', async () => {
    const { host, explorer, settle } = await unfolded(version, ['web-1']);
    explorer.learn({ ...first, securityGroupIds: [] });
    const lost = await settle();
    expect([lost.filter((label) => label.startsWith('web-')), host.told]).toEqual([[], [[`${CATEGORY}/i-web-1`]]]);
  });

  it('come below a row that is unfolded while the rows around it are made again', async () => {
    const { host, rows, settle } = await unfolded(version);
    rows.tell([rows.nodes.byId(CATEGORY)]);
    await Promise.all([host.expand('web-1'), host.expand('web-2')]);
    await settle();
    expect([below(host, 'web-1').length, below(host, 'web-2').length, host.lost()]).toEqual([1, 1, []]);
  });

  it('come below a row whose rows were on their way while the rows around it were made again, and stand nowhere else', async () => {
    const { host, ecs, rows, settle } = await unfolded(version);
    const gate = ecs.hold('listNetworkInterfaces', 1);
    const expanded = host.expand('web-1');
    await gate.arrived;
    rows.tell([rows.nodes.byId(CATEGORY)]);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    gate.release();
    await expanded;
    await settle();
    rows.tell([rows.nodes.byId(CATEGORY)]);
    await settle();
    rows.tell([undefined]);
    await settle();
    expect([below(host, 'web-1').length, host.drawn().length, host.lost(), host.errors]).toEqual([1, 2, [], []]);
  });

  it('wait with what is new around a row until the rows below it have come', async () => {
    const { host, ecs, explorer, settle } = await unfolded(version);
    const gate = ecs.hold('listNetworkInterfaces', 1);
    const expanded = host.expand('web-1');
    await gate.arrived;
    explorer.add(instance({ id: 'i-web-4', name: 'web-4' }));
    await new Promise((resolve) => { setTimeout(resolve, 10 * LATENCY_MS); });
    const meanwhile = host.told.length;
    gate.release();
    await expanded;
    await settle();
    expect([meanwhile, host.told, below(host, 'Instances').length, host.errors]).toEqual([0, [[CATEGORY]], 4, []]);
  });

  it('are as the last change left them, also where VS Code is told while it waits for them', async () => {
    const { host, ecs, explorer, rows, settle } = await scene(version);
    await host.expand('Hangzhou');
    const gate = ecs.hold('listInstances', 1);
    const expanded = host.expand('Instances');
    await gate.arrived;
    rows.tell([rows.nodes.byId(CATEGORY)]);
    explorer.add(instance({ id: 'i-web-0', name: 'web-0' }));
    gate.release();
    await expanded;
    await settle();
    expect([below(host, 'Instances'), host.lost(), host.errors]).toEqual([['web-0', 'web-1', 'web-2', 'web-3'], [], []]);
  });
});

describe('a category that is unfolded for the first time', () => {
  it('says how many there are before its rows are given, so that none of them is ever lost', async () => {
    const { host, settle } = await scene('1.139');
    await host.expand('Hangzhou');
    const [lost] = await Promise.all([settle(), host.expand('Instances')]);
    expect([lost, below(host, 'Instances')]).toEqual([[], ['web-1', 'web-2', 'web-3']]);
  });
});
