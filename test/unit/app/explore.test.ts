import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { Explorer, type ListKey } from '../../../src/app/explore.js';
import type { ViewScope } from '../../../src/app/session.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
import { refusal } from '../support/failures.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const REGIONS = [{ id: 'cn-hangzhou', name: 'China (Hangzhou)' }, { id: 'cn-beijing', name: 'China (Beijing)' }];
const GROUP = securityGroup().id;
const WORLD: FakeWorld = {
  regions: REGIONS,
  instances: [instance(), instance({ id: 'i-2', securityGroupIds: [GROUP] })],
  interfaces: [networkInterface(), networkInterface({ id: 'eni-2', instanceId: 'i-2', securityGroupIds: [GROUP] })],
  groups: [securityGroup(), securityGroup({ id: 'sg-other' })],
  rules: { [GROUP]: groupRules(rule({ id: 'sgr-1' }), rule({ id: 'sgr-2', direction: 'egress' }), rule({ id: 'sgr-3' })) },
};

function explorer(options: { readonly regions?: readonly string[]; readonly maxPage?: number; readonly endpoint?: string } = {}) {
  const clock = new VirtualClock();
  const ecs = new FakeEcs({ clock, world: WORLD, ...(options.maxPage === undefined ? {} : { maxPage: options.maxPage }) });
  const source = createCancelSource();
  const scope: ViewScope = { account: 'env', connection: { ...connectionTo(ecs), ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }) }, signal: source.signal };
  return { ecs, source, explorer: new Explorer(scope, { language: 'en', regions: options.regions ?? [], clock }) };
}

describe('the lists of an account', () => {
  it.each<[string, ListKey, readonly string[], unknown]>([
    ['regions', { list: 'regions' }, ['cn-hangzhou', 'cn-beijing'], 'en'],
    ['instances of a region', { list: 'instances', regionId: REGION }, [instance().id, 'i-2'], { regionId: REGION, pageSize: 100 }],
    ['instances of a group', { list: 'instances', regionId: REGION, securityGroupId: GROUP }, ['i-2'], { regionId: REGION, securityGroupId: GROUP, pageSize: 100 }],
    ['interfaces of an instance', { list: 'networkInterfaces', regionId: REGION, instanceId: 'i-2' }, ['eni-2'], { regionId: REGION, instanceId: 'i-2', pageSize: 100 }],
    ['groups by id', { list: 'securityGroups', regionId: REGION, ids: ['sg-other'] }, ['sg-other'], { regionId: REGION, ids: ['sg-other'], pageSize: 100 }],
    ['inbound rules', { list: 'rules', regionId: REGION, securityGroupId: GROUP, direction: 'ingress' }, ['sgr-1', 'sgr-3'], { regionId: REGION, securityGroupId: GROUP, direction: 'ingress', pageSize: 500 }],
  ])('has the %s', async (_what, key, ids, query) => {
    const { ecs, explorer: shown } = explorer();
    const state = await shown.list(key).first();
    expect([state.items.map((item) => item.id), state.more, state.failure]).toEqual([ids, false, undefined]);
    expect(ecs.calls.map(({ input }) => input)).toEqual([typeof query === 'string' ? query : expect.objectContaining(query as object)]);
  });

  it('sends nothing before a list is looked at', () => {
    const { ecs, explorer: shown } = explorer();
    shown.list({ list: 'regions' });
    expect(ecs.calls).toEqual([]);
  });

  it('has one list for a key, and another for another key', () => {
    const { explorer: shown } = explorer();
    const all = shown.list({ list: 'instances', regionId: REGION });
    expect(shown.list({ list: 'instances', regionId: REGION })).toBe(all);
    expect(shown.list({ list: 'instances', regionId: 'cn-beijing' })).not.toBe(all);
  });

  it('pages through rules', async () => {
    const { explorer: shown } = explorer({ maxPage: 1 });
    const list = shown.list({ list: 'rules', regionId: REGION, securityGroupId: GROUP, direction: 'ingress' });
    expect([(await list.first()).more, (await list.next()).more, list.state.items.map(({ id }) => id)]).toEqual([true, false, ['sgr-1', 'sgr-3']]);
  });

  it('has a failure in the place of rules that cannot be read', async () => {
    const { explorer: shown } = explorer();
    const state = await shown.list({ list: 'rules', regionId: REGION, securityGroupId: 'sg-none', direction: 'egress' }).first();
    expect(state).toEqual({ items: [], more: true, failure: refusal('InvalidSecurityGroupId.NotFound', 404) });
  });

  it('has a failure in the place of regions, not none', async () => {
    const { ecs, explorer: shown } = explorer({ regions: ['cn-beijing'] });
    ecs.fail({ operation: 'listRegions', failure: refusal('Forbidden.RAM') });
    expect(await shown.regions()).toEqual({ items: [], more: true, failure: refusal('Forbidden.RAM') });
  });

  it('leaves the other regions usable when one fails', async () => {
    const { ecs, explorer: shown } = explorer();
    ecs.fail({ operation: 'listInstances', about: 'cn-beijing', failure: refusal('ServiceUnavailable', 503) });
    const states = await Promise.all(['cn-beijing', REGION].map((regionId) => shown.list({ list: 'instances', regionId }).first()));
    expect(states.map((state) => [state.items.length, state.failure?.code])).toEqual([[0, 'ServiceUnavailable'], [2, undefined]]);
  });
});

describe('the setting of regions', () => {
  it('is enough where an endpoint of the person\'s own does not list any, with the failure beside', async () => {
    const { ecs, explorer: shown } = explorer({ regions: ['cn-gov-1'], endpoint: 'https://ecs.example.com' });
    ecs.fail({ operation: 'listRegions', failure: refusal('InvalidApi.NotFound', 404) });
    expect(await shown.regions()).toEqual({ items: [{ id: 'cn-gov-1', name: 'cn-gov-1' }], more: false, failure: refusal('InvalidApi.NotFound', 404) });
  });

  it('decides which are shown and in which order, listed or not', async () => {
    const { explorer: shown } = explorer({ regions: ['cn-nowhere', 'cn-beijing'] });
    expect((await shown.regions()).items).toEqual([{ id: 'cn-nowhere', name: 'cn-nowhere' }, REGIONS[1]]);
  });

  it('decides also where the regions are known and could not be read again', async () => {
    const { ecs, explorer: shown } = explorer({ regions: ['cn-beijing'] });
    await shown.regions();
    ecs.fail({ operation: 'listRegions', failure: refusal('ServiceUnavailable', 503) });
    await shown.list({ list: 'regions' }).refresh();
    expect(await shown.regions()).toEqual({ items: [REGIONS[1]], more: false, failure: refusal('ServiceUnavailable', 503) });
  });

  it('shows a region once that it names twice', async () => {
    const { explorer: shown } = explorer({ regions: ['cn-beijing', 'cn-hangzhou', 'cn-beijing'] });
    expect((await shown.regions()).items).toEqual([REGIONS[1], REGIONS[0]]);
  });

  it('is known to be a choice', () => {
    expect([explorer().explorer.regionsAreChosen, explorer({ regions: ['cn-beijing'] }).explorer.regionsAreChosen]).toEqual([false, true]);
  });
});

describe('what was read afresh', () => {
  it('takes the place of older copies in every list', async () => {
    const { explorer: shown } = explorer();
    const lists = [shown.list({ list: 'instances', regionId: REGION }), shown.list({ list: 'instances', regionId: REGION, securityGroupId: GROUP })];
    await Promise.all(lists.map((list) => list.first()));
    shown.learn(instance({ id: 'i-2', name: 'fresh' }));
    expect(lists.map((list) => list.state.items.map(({ name }) => name))).toEqual([['web-1', 'fresh'], ['fresh']]);
  });

  it('makes the lists that name it start again, and no others', async () => {
    const { ecs, explorer: shown } = explorer();
    const members = shown.list({ list: 'instances', regionId: REGION, securityGroupId: GROUP });
    const ofInstance = shown.list({ list: 'networkInterfaces', regionId: REGION, instanceId: 'i-2' });
    const all = shown.list({ list: 'instances', regionId: REGION });
    await Promise.all([members.first(), ofInstance.first(), all.first()]);
    shown.forgetRelations(GROUP);
    expect([members.state.items.length, ofInstance.state.items.length, all.state.items.length]).toEqual([0, 1, 2]);
    await members.first();
    expect(ecs.count('listInstances')).toBe(3);
  });
});

describe('the end of the scope', () => {
  it('aborts what is on its way and drops its late answer', async () => {
    const { ecs, source, explorer: shown } = explorer();
    const gate = ecs.hold('listInstances');
    const list = shown.list({ list: 'instances', regionId: REGION });
    const first = list.first();
    await gate.arrived;
    source.cancel();
    expect(ecs.calls[0]?.context.signal.aborted).toBe(true);
    gate.release();
    expect([(await first).failure?.code, list.state.items]).toEqual(['Client.Cancelled', []]);
    expect([(await list.next()).failure?.code, ecs.calls.length]).toEqual(['Client.Cancelled', 1]);
  });
});
