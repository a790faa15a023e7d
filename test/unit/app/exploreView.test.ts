import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer, type ListKey } from '../../../src/app/explore.js';
import { clientFailure } from '../../../src/domain/failure.js';
import { instance, networkInterface, REGION, securityGroup } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { settled } from '../support/deferred.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const GROUP = securityGroup().id;
const ALL = { list: 'instances', regionId: REGION } as const;
const MEMBERS = { list: 'instances', regionId: REGION, securityGroupId: GROUP } as const;
const WORLD: FakeWorld = {
  regions: [{ id: REGION, name: 'China (Hangzhou)' }],
  instances: [instance({ id: 'i-1', name: 'web-1', status: 'Stopped' }), instance({ id: 'i-2', name: 'db', securityGroupIds: [GROUP] })],
  interfaces: [networkInterface({ id: 'eni-1', name: 'data' }), networkInterface({ id: 'eni-2', name: 'other' })],
  groups: [securityGroup({ type: 'normal' }), securityGroup({ id: 'sg-2', type: 'enterprise' })],
};

function scene() {
  const clock = new VirtualClock('manual');
  const ecs = new FakeEcs({ clock, world: WORLD });
  const source = createCancelSource();
  const explorer = new Explorer({ account: 'env', connection: connectionTo(ecs), signal: source.signal }, { language: 'en', regions: [], clock });
  return { clock, ecs, source, explorer };
}

const ids = (items: readonly { readonly id?: string }[]) => items.map(({ id }) => id);

describe('a filter', () => {
  it.each<[ListKey, object, readonly string[]]>([
    [{ ...ALL, filter: { name: 'web-*', status: 'Stopped' } }, { name: 'web-*', status: 'Stopped' }, ['i-1']],
    [{ list: 'networkInterfaces', regionId: REGION, filter: { name: 'data' } }, { name: 'data' }, ['eni-1']],
    [{ list: 'securityGroups', regionId: REGION, filter: { groupType: 'enterprise' } }, { type: 'enterprise' }, ['sg-2']],
    [{ list: 'securityGroups', regionId: REGION, filter: { vpcId: 'vpc-none', tag: { key: 'env', value: 'test' } } }, { vpcId: 'vpc-none', tag: { key: 'env', value: 'test' } }, []],
  ])('is the service’s to decide: %j', async (key, query, found) => {
    const { ecs, explorer } = scene();
    const { items } = await explorer.look(key);
    expect([ids(items), ecs.calls.map(({ input, context }) => [input, context.mayShare])]).toEqual([found, [[expect.objectContaining({ ...query, regionId: REGION, pageSize: 100 }), true]]]);
    expect(ecs.calls[0]?.input).not.toHaveProperty('groupType');
  });

  it('makes a list of its own beside the whole one', async () => {
    const { explorer } = scene();
    await Promise.all([explorer.look(ALL), explorer.look({ ...ALL, filter: { name: 'db' } })]);
    expect([ids(explorer.list(ALL).state.items), ids(explorer.list({ ...ALL, filter: { name: 'db' } }).state.items)]).toEqual([['i-1', 'i-2'], ['i-2']]);
  });
});

describe('what is known of a view', () => {
  it('is nothing before anything was read', () => {
    const { explorer } = scene();
    explorer.list(ALL);
    expect(explorer.known()).toEqual([]);
  });

  it('is each resource once, from all lists, and no region', async () => {
    const { explorer } = scene();
    await Promise.all([explorer.regions(), explorer.look(ALL), explorer.look(MEMBERS), explorer.look({ list: 'securityGroups', regionId: REGION })]);
    expect([ids(explorer.known()), ids(explorer.known(3))]).toEqual([['i-1', 'i-2', GROUP, 'sg-2'], ['i-1', 'i-2', GROUP]]);
  });
});

describe('a resource that is told of', () => {
  it('is put into the whole list of its region, of its kind only', () => {
    const { explorer, ecs } = scene();
    for (const resource of [instance({ id: 'i-9' }), networkInterface({ id: 'eni-9' }), securityGroup({ id: 'sg-9' }), instance({ id: 'i-8', regionId: 'cn-beijing' })]) explorer.add(resource);
    const of = (list: 'instances' | 'networkInterfaces' | 'securityGroups', regionId: string = REGION) => ids(explorer.list({ list, regionId }).state.items);
    expect([of('instances'), of('networkInterfaces'), of('securityGroups'), of('instances', 'cn-beijing'), ecs.calls]).toEqual([['i-9'], ['eni-9'], ['sg-9'], ['i-8'], []]);
  });

  it('is marked in every list once it is lost, and back in all of them once it is learned', async () => {
    const { explorer } = scene();
    await Promise.all([explorer.look(ALL), explorer.look(MEMBERS)]);
    const gone = () => [ALL, MEMBERS].map((key) => [...(explorer.list(key).state.gone ?? [])]);
    explorer.lose({ id: 'i-2' });
    explorer.lose({ id: 'i-none' });
    expect(gone()).toEqual([['i-2'], ['i-2']]);
    explorer.learn(instance({ id: 'i-2', name: 'back' }));
    expect([gone(), explorer.list(MEMBERS).state.items.map(({ name }) => name)]).toEqual([[[], []], ['back']]);
  });
});

describe('restarting', () => {
  it('leaves the named lists and the regions, and makes the others new at the next look', async () => {
    const { explorer, ecs } = scene();
    await Promise.all([explorer.regions(), explorer.look(ALL), explorer.look(MEMBERS)]);
    explorer.restartOthers([ALL]);
    expect([explorer.list({ list: 'regions' }), explorer.list(ALL), explorer.list(MEMBERS)].map(({ state }) => state.items.length)).toEqual([1, 2, 0]);
    await Promise.all([explorer.regions(), explorer.look(ALL), explorer.look(MEMBERS)]);
    expect([ecs.count('listRegions'), ecs.count('listInstances')]).toEqual([1, 3]);
  });
});

describe('who is told of changes', () => {
  it('learns which list it was, until it listens no more', async () => {
    const { explorer } = scene();
    const told: ListKey[] = [];
    const listening = explorer.onDidChange((key) => { told.push(key); });
    await explorer.look(ALL);
    explorer.lose({ id: 'i-1' });
    explorer.lose({ id: 'i-1' });
    expect(told).toEqual([ALL, ALL]);
    listening.dispose();
    explorer.list(ALL).restart();
    expect(told.length).toBe(2);
  });

  it('learns that a list waits for the service', async () => {
    const { explorer, ecs } = scene();
    const waits: number[] = [];
    explorer.onDidChange((key) => { waits.push(explorer.list(key).waitingMs); });
    const gate = ecs.hold('listInstances');
    const looked = explorer.look(ALL);
    await gate.arrived;
    ecs.calls[0]?.context.onWaiting?.(12_000);
    ecs.calls[0]?.context.onWaiting?.(0);
    gate.release();
    await looked;
    expect(waits).toEqual([12_000, 0, 0]);
  });
});

describe('an explorer that is disposed of', () => {
  it('aborts its reads, tells nobody, shows nothing late and asks for nothing more', async () => {
    const { explorer, ecs, source } = scene();
    const told: ListKey[] = [];
    explorer.onDidChange((key) => { told.push(key); });
    const gate = ecs.hold('listInstances');
    const looked = explorer.look(ALL);
    await gate.arrived;
    explorer.dispose();
    expect([ecs.calls[0]?.context.signal.aborted, explorer.signal.aborted, source.signal.aborted]).toEqual([true, true, false]);
    gate.release();
    expect([(await looked).failure, explorer.list(ALL).state.items, told]).toEqual([clientFailure('Client.Cancelled'), [], []]);
    const late = await Promise.all([explorer.look(ALL), explorer.look(MEMBERS), explorer.list(ALL).refresh(), explorer.list(MEMBERS).refresh(), explorer.regions()]);
    await settled();
    explorer.list(ALL).restart();
    expect(told).toEqual([]);
    expect([late.map(({ items, failure }) => [items.length, failure?.code]), ecs.calls.length]).toEqual([late.map(() => [0, 'Client.Cancelled']), 1]);
  });

  it('ends with its scope, also when that has ended already', () => {
    const { source, explorer } = scene();
    source.cancel();
    const { clock } = scene();
    const late = new Explorer(explorer.scope, { language: 'en', regions: [], clock });
    expect([explorer.signal.aborted, late.signal.aborted]).toEqual([true, true]);
  });
});

describe('a list that is restarted while somebody looks at it', () => {
  it('is looked at anew, and does not pass for an empty one', async () => {
    const { explorer, ecs } = scene();
    const gate = ecs.hold('listInstances');
    const looked = explorer.look(MEMBERS);
    await gate.arrived;
    explorer.forgetRelations(GROUP);
    gate.release();
    expect([await looked, ecs.calls.length]).toEqual([{ items: [expect.objectContaining({ id: 'i-2' })], more: false }, 2]);
  });

  it('is cancelled once the explorer has ended', async () => {
    const { explorer, ecs, source } = scene();
    const gate = ecs.hold('listInstances');
    const looked = explorer.look(MEMBERS);
    await gate.arrived;
    source.cancel();
    gate.release();
    expect([(await looked).failure?.code, ecs.calls.length]).toEqual(['Client.Cancelled', 1]);
  });
});

describe('a glance at a list', () => {
  it('has the first page where it comes', async () => {
    const { explorer } = scene();
    expect(ids((await explorer.glance(ALL)).items)).toEqual(['i-1', 'i-2']);
  });

  it('does not wait for a page that has to wait for the service, and says how long it takes', async () => {
    const { ecs, explorer } = scene();
    const gate = ecs.hold('listInstances');
    const glance = explorer.glance(ALL);
    await gate.arrived;
    ecs.calls[0]?.context.onWaiting?.(9_000);
    expect(await glance).toEqual({ items: [], more: true, waitingMs: 9_000 });
    expect(await explorer.glance(ALL)).toEqual({ items: [], more: true, waitingMs: 9_000 });
    gate.release();
    expect(ids((await explorer.look(ALL)).items)).toEqual(['i-1', 'i-2']);
  });
});
