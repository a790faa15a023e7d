import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../../src/app/cancelSource.js';
import type { Details, GroupDetails, TargetDetails } from '../../../../src/domain/details.js';
import { readDetails, type DetailsOf } from '../../../../src/app/details/readDetails.js';
import type { RequestContext } from '../../../../src/app/ports/ecs.js';
import { success, type Result } from '../../../../src/domain/failure.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup, without } from '../../support/builders.js';
import { offline, refusal } from '../../support/failures.js';
import { FakeEcs, type FakeOptions, type FakeWorld, type Operation } from '../../support/fakeEcs.js';
import { VirtualClock } from '../../support/virtualClock.js';

const OWN = securityGroup({ id: 'sg-own', name: 'own' });
const NIC_GROUP = securityGroup({ id: 'sg-nic', name: 'of the interface' });
const OTHER = securityGroup({ id: 'sg-other', name: 'to compare with' });
const HOST = instance({ securityGroupIds: [OWN.id] });
const NIC = networkInterface({ securityGroupIds: [NIC_GROUP.id] });
const PRIMARY = networkInterface({ id: 'eni-primary', type: 'Primary', securityGroupIds: [OWN.id] });
const naming = (peerKind: SecurityGroupRule['peerKind'], peer: string) => rule({ peerKind, peer });
const RULES = {
  own: groupRules(rule(), naming('prefixList', 'pl-1'), naming('group', OTHER.id)),
  nic: groupRules(naming('prefixList', 'pl-2'), naming('prefixList', 'pl-1')),
  other: groupRules(naming('group', OWN.id)),
};
const WORLD = {
  instances: [HOST],
  interfaces: [PRIMARY, NIC],
  groups: [OWN, NIC_GROUP, OTHER],
  rules: {
    [OWN.id]: RULES.own,
    [NIC_GROUP.id]: RULES.nic,
    [OTHER.id]: RULES.other,
  },
  prefixLists: { 'pl-1': ['10.0.0.0/8'], 'pl-2': [] },
} satisfies FakeWorld;
const ABOUT_HOST: DetailsOf = { kind: 'instance', id: HOST.id, regionId: REGION };
const ABOUT_NIC: DetailsOf = { kind: 'networkInterface', id: NIC.id, regionId: REGION };
const ABOUT_GROUP: DetailsOf = { kind: 'securityGroup', id: OWN.id, regionId: REGION };
const CONTEXT: RequestContext = { signal: NEVER, mayShare: true };

const fake = (world: FakeWorld = WORLD, options: Partial<FakeOptions> = {}) => new FakeEcs({ clock: new VirtualClock(), world, ...options });
const clock = { now: () => 4_711 };
const read = (ecs: FakeEcs, of: DetailsOf, context = CONTEXT) => readDetails(ecs, of, { context, clock });
const factsOf = (group: typeof OWN) => ({ id: group.id, group: success(group), rules: success(WORLD.rules[group.id]) });

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

async function target(ecs: FakeEcs, of: DetailsOf): Promise<TargetDetails> {
  const details = valueOf<Details | undefined>(await read(ecs, of));
  if (details?.about !== 'target') throw new Error('not a target');
  return details;
}

async function group(ecs: FakeEcs, of = ABOUT_GROUP): Promise<GroupDetails> {
  const details = valueOf<Details | undefined>(await read(ecs, of));
  if (details?.about !== 'group') throw new Error('not a group');
  return details;
}

describe('the details of an instance', () => {
  it('are itself, its interfaces, the groups of both with their rules, and the prefix lists that these name', async () => {
    expect(await read(fake(), ABOUT_HOST)).toEqual(success({
      about: 'target',
      resource: HOST,
      interfaces: success([PRIMARY, NIC]),
      host: success(undefined),
      groups: new Map([[OWN.id, factsOf(OWN)], [NIC_GROUP.id, factsOf(NIC_GROUP)]]),
      prefixLists: new Map([['pl-1', success(['10.0.0.0/8'])], ['pl-2', success([])]]),
      readAt: 4_711,
    }));
  });

  it('have groups to compare with, read from the first round trip on and no group twice', async () => {
    const ecs = fake();
    const { groups } = await target(ecs, { ...ABOUT_HOST, alsoGroups: [OTHER.id, OWN.id, OTHER.id] });
    expect([...groups.keys()].sort()).toEqual([NIC_GROUP.id, OTHER.id, OWN.id]);
    expect(ecs.inputs('readRules').map((input) => (input as { readonly securityGroupId: string }).securityGroupId)).toEqual([OTHER.id, OWN.id, NIC_GROUP.id]);
    expect(ecs.operations.slice(0, 3)).toEqual(['listInstances', 'listNetworkInterfaces', 'listSecurityGroups']);
  });

  it('go out with what the caller says of sharing and cancelling', async () => {
    const ecs = fake();
    await read(ecs, ABOUT_HOST);
    expect(new Set(ecs.calls.map((call) => call.context))).toEqual(new Set([CONTEXT]));
  });

  it('are none when it is not listed any more, and then nothing else is asked', async () => {
    const ecs = fake({ ...WORLD, instances: [] });
    expect([await read(ecs, ABOUT_HOST), ecs.operations]).toEqual([success(undefined), ['listInstances', 'listNetworkInterfaces']]);
  });

  it('fail when it cannot be read itself', async () => {
    expect(await read(fake().fail({ operation: 'listInstances', failure: offline() }), ABOUT_HOST)).toEqual({ ok: false, failure: offline() });
  });

  it('say so in the place of its interfaces when these cannot be read, with all the rest', async () => {
    const details = await target(fake().fail({ operation: 'listNetworkInterfaces', failure: refusal('Forbidden.RAM') }), ABOUT_HOST);
    expect(details).toMatchObject({ resource: HOST, interfaces: { ok: false, failure: refusal('Forbidden.RAM') }, host: success(undefined) });
    expect([...details.groups.keys()]).toEqual([OWN.id]);
  });

  it('say so of each group whose list or rules cannot be read', async () => {
    const ecs = fake().fail({ operation: 'listSecurityGroups', about: OWN.id, failure: refusal('Forbidden.RAM') }, { operation: 'readRules', about: NIC_GROUP.id, failure: offline() });
    const { groups, prefixLists } = await target(ecs, ABOUT_HOST);
    expect(groups).toEqual(new Map([
      [OWN.id, { ...factsOf(OWN), group: { ok: false, failure: refusal('Forbidden.RAM') } }],
      [NIC_GROUP.id, { ...factsOf(NIC_GROUP), rules: { ok: false, failure: offline() } }],
    ]));
    expect([...prefixLists.keys()]).toEqual(['pl-1']);
  });

  it('tell a group that is not listed from one that cannot be read', async () => {
    const { groups } = await target(fake({ ...WORLD, groups: [OWN], rules: { [OWN.id]: RULES.own } }), ABOUT_HOST);
    expect(groups.get(NIC_GROUP.id)).toEqual({ id: NIC_GROUP.id, group: success(undefined), rules: { ok: false, failure: refusal('InvalidSecurityGroupId.NotFound', 404) } });
  });

  it('say so of a prefix list that cannot be read or is not there', async () => {
    const ecs = fake({ ...WORLD, prefixLists: { 'pl-1': ['10.0.0.0/8'] } }).fail({ operation: 'readPrefixList', about: 'pl-1', failure: offline() });
    expect((await target(ecs, ABOUT_HOST)).prefixLists).toEqual(new Map([
      ['pl-1', { ok: false, failure: offline() }],
      ['pl-2', { ok: false, failure: refusal('InvalidPrefixListId.NotFound', 404, 'DescribePrefixListAttributes') }],
    ]));
  });

  it('have all interfaces, over as many pages as they come in', async () => {
    const many = Array.from({ length: 7 }, (_unused, index) => networkInterface({ id: `eni-${index}`, securityGroupIds: [OWN.id] }));
    const { interfaces } = await target(fake({ ...WORLD, interfaces: many }, { maxPage: 3 }), ABOUT_HOST);
    expect(interfaces).toEqual(success(many));
  });

  it('do not take a part of the interfaces for all of them', async () => {
    const many = Array.from({ length: 30 }, (_unused, index) => networkInterface({ id: `eni-${index}`, securityGroupIds: [OWN.id] }));
    expect((await target(fake({ ...WORLD, interfaces: many }, { maxPage: 1 }), ABOUT_HOST)).interfaces).toMatchObject({ ok: false, failure: { code: 'Client.OddAnswer', operation: 'DescribeNetworkInterfaces' } });
  });

  it('read a hundred groups and prefix lists, and say of more that they were not read', async () => {
    const ids = Array.from({ length: 103 }, (_unused, index) => `sg-${index}`);
    const groups = ids.map((id) => securityGroup({ id }));
    const rules = Object.fromEntries(ids.map((id, index) => [id, groupRules(naming('prefixList', `pl-${index}`), naming('prefixList', `pl-again-${index}`))]));
    const ecs = fake({ instances: [instance({ securityGroupIds: ids })], groups, rules });
    const details = await target(ecs, ABOUT_HOST);
    expect([details.groups.size, ecs.count('readRules'), ecs.count('listSecurityGroups'), ecs.count('readPrefixList'), details.prefixLists.size]).toEqual([103, 100, 1, 100, 100]);
    expect(details.groups.get('sg-102')).toMatchObject({ id: 'sg-102', group: { ok: false, failure: { code: 'Client.OddAnswer' } }, rules: { ok: false, failure: { code: 'Client.OddAnswer' } } });
  });

  it('need no request about prefix lists where no rule names one', async () => {
    const ecs = fake({ ...WORLD, interfaces: [], rules: { [OWN.id]: groupRules(rule()) } });
    expect([(await target(ecs, ABOUT_HOST)).prefixLists, ecs.count('readPrefixList')]).toEqual([new Map(), 0]);
  });

  it('ask for what is known to be wanted at once, whatever else is on its way', async () => {
    const ecs = fake();
    const interfaces = ecs.hold('listNetworkInterfaces');
    const rules = ecs.hold('readRules');
    const reading = read(ecs, ABOUT_HOST);
    await rules.arrived;
    expect([...ecs.operations].sort()).toEqual(['listInstances', 'listNetworkInterfaces', 'listSecurityGroups', 'readRules']);
    rules.release();
    interfaces.release();
    await reading;
    expect([...ecs.operations].slice(4).sort()).toEqual(['listSecurityGroups', 'readPrefixList', 'readPrefixList', 'readRules']);
  });
});

describe('the details of an interface', () => {
  it('are itself, the instance that it is attached to, and its groups', async () => {
    expect(await read(fake(), ABOUT_NIC)).toEqual(success({
      about: 'target',
      resource: NIC,
      interfaces: success([NIC]),
      host: success(HOST),
      groups: new Map([[NIC_GROUP.id, factsOf(NIC_GROUP)]]),
      prefixLists: new Map([['pl-2', success([])], ['pl-1', success(['10.0.0.0/8'])]]),
      readAt: 4_711,
    }));
  });

  it.each<[string, FakeWorld, TargetDetails['host']]>([
    ['of one that is attached to nothing', { ...WORLD, interfaces: [without(NIC, 'instanceId')] }, success(undefined)],
    ['where it is not listed', { ...WORLD, instances: [] }, success(undefined)],
  ])('have no instance %s', async (_where, world, host) => {
    expect((await target(fake(world), ABOUT_NIC)).host).toEqual(host);
  });

  it('say so where the instance cannot be read', async () => {
    expect((await target(fake().fail({ operation: 'listInstances', failure: offline() }), ABOUT_NIC)).host).toEqual({ ok: false, failure: offline() });
  });

  it('have no groups where the answer did not tell any', async () => {
    expect((await target(fake({ ...WORLD, interfaces: [without(NIC, 'securityGroupIds')] }), ABOUT_NIC)).groups).toEqual(new Map());
  });

  it('are none when it is not listed any more', async () => {
    expect(await read(fake({ ...WORLD, interfaces: [] }), ABOUT_NIC)).toEqual(success(undefined));
  });
});

describe('the details of a group', () => {
  const MEMBERS: FakeWorld = { ...WORLD, interfaces: [networkInterface({ id: 'eni-second', securityGroupIds: [OWN.id] })] };

  it('are its rules, its members by kind, who refers to it, and what is listed of the groups around it', async () => {
    expect(await read(fake(MEMBERS), ABOUT_GROUP)).toEqual(success({
      about: 'group',
      resource: OWN,
      rules: success(RULES.own),
      prefixLists: new Map([['pl-1', success(['10.0.0.0/8'])]]),
      instances: success({ items: [HOST], more: false }),
      interfaces: success({ items: MEMBERS.interfaces, more: false }),
      referredBy: success({ items: [OTHER.id], more: false }),
      related: new Map([[OTHER.id, OTHER]]),
      readAt: 4_711,
    }));
  });

  it('come in two round trips: all that goes by its id, then what that names', async () => {
    const ecs = fake();
    const gate = ecs.hold('listSecurityGroups');
    const reading = read(ecs, ABOUT_GROUP);
    await gate.arrived;
    expect([...ecs.operations].sort()).toEqual(['listInstances', 'listNetworkInterfaces', 'listSecurityGroups', 'readReferences', 'readRules']);
    gate.release();
    await reading;
    expect(ecs.operations.slice(5).sort()).toEqual(['listSecurityGroups', 'readPrefixList']);
  });

  it('have as many members of each kind as are shown, and say that there are more', async () => {
    const instances = Array.from({ length: 501 }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [OWN.id] }));
    const interfaces = Array.from({ length: 700 }, (_unused, index) => networkInterface({ id: `eni-${index}`, securityGroupIds: [OWN.id] }));
    const ecs = fake({ ...WORLD, instances, interfaces });
    const details = await group(ecs);
    expect([valueOf(details.instances), valueOf(details.interfaces)].map(({ items, more }) => [items.length, more])).toEqual([[500, true], [500, true]]);
    expect([ecs.count('listInstances'), ecs.count('listNetworkInterfaces')]).toEqual([5, 5]);
  });

  it('say of exactly as many members that they are all', async () => {
    const instances = Array.from({ length: 500 }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [OWN.id] }));
    expect(valueOf((await group(fake({ ...WORLD, instances }))).instances)).toEqual({ items: instances, more: false });
  });

  it('read 10,000 rules to their end, and none of a list that has no end', async () => {
    const rules = (count: number) => fake({ ...WORLD, rules: { [OWN.id]: groupRules(...Array.from({ length: count }, (_unused, index) => rule({ id: `sgr-${index}` }))) } }, { maxPage: 1_000 });
    expect(valueOf((await group(rules(10_000))).rules).rules.length).toBe(10_000);
    expect((await group(rules(20_001))).rules).toMatchObject({ ok: false, failure: { code: 'Client.OddAnswer', detail: 'The list of rules has no end.' } });
  });

  it('say that there may be more where the service stops telling who refers to it', async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_unused, index) => [`sg-${index}`, groupRules(naming('group', OWN.id))]));
    const referredBy = async (count: number) => valueOf((await group(fake({ ...WORLD, rules: { ...many(count), [OWN.id]: groupRules() } }))).referredBy);
    expect([await referredBy(99), await referredBy(100)].map(({ items, more }) => [items.length, more])).toEqual([[99, false], [100, true]]);
  });

  it('read a hundred groups around it, in one request', async () => {
    const rules = Array.from({ length: 120 }, (_unused, index) => naming('group', `sg-${index}`));
    const groups = [OWN, ...Array.from({ length: 120 }, (_unused, index) => securityGroup({ id: `sg-${index}` }))];
    const ecs = fake({ ...WORLD, groups, rules: { [OWN.id]: groupRules(...rules) } });
    expect([(await group(ecs)).related.size, ecs.count('listSecurityGroups')]).toEqual([100, 2]);
  });

  it('know the group itself where it names itself, without reading it again', async () => {
    const ecs = fake({ ...WORLD, rules: { [OWN.id]: groupRules(naming('group', OWN.id)) } });
    expect([(await group(ecs)).related, ecs.count('listSecurityGroups')]).toEqual([new Map([[OWN.id, OWN]]), 1]);
  });

  it.each<[string, Operation, keyof GroupDetails]>([
    ['rules', 'readRules', 'rules'],
    ['instances', 'listInstances', 'instances'],
    ['interfaces', 'listNetworkInterfaces', 'interfaces'],
    ['references', 'readReferences', 'referredBy'],
  ])('say so in the place of its %s when they cannot be read, with all the rest', async (_what, operation, place) => {
    const [whole, part] = [await group(fake(MEMBERS)), await group(fake(MEMBERS).fail({ operation, failure: offline() }))];
    const depending = place === 'rules' ? { prefixLists: new Map() } : {};
    expect(part).toEqual({ ...whole, ...depending, [place]: { ok: false, failure: offline() } });
  });

  it('say so of its prefix lists and call the groups around it by their ids when these cannot be read', async () => {
    const ecs = fake().fail({ operation: 'readPrefixList', failure: offline() }, { operation: 'listSecurityGroups', nth: 2, failure: offline() });
    expect(await group(ecs)).toMatchObject({ prefixLists: new Map([['pl-1', { ok: false, failure: offline() }]]), related: new Map() });
  });

  it('of an advanced one have nobody who refers to it, though nobody may ask', async () => {
    const ecs = fake({ ...WORLD, groups: [{ ...OWN, type: 'enterprise' }] }).fail({ operation: 'readReferences', failure: refusal('Forbidden.RAM') });
    expect((await group(ecs)).referredBy).toEqual(success({ items: [], more: false }));
  });

  it('do not take half of its members for all when a page of them fails', async () => {
    const instances = Array.from({ length: 150 }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [OWN.id] }));
    const ecs = fake({ ...WORLD, instances }).fail({ operation: 'listInstances', nth: 2, failure: offline() });
    expect((await group(ecs)).instances).toEqual({ ok: false, failure: offline() });
  });

  it('are none when it is not listed any more, and a failure when that cannot be told', async () => {
    expect(await read(fake({ ...WORLD, groups: [] }), ABOUT_GROUP)).toEqual(success(undefined));
    expect(await read(fake().fail({ operation: 'listSecurityGroups', failure: offline() }), ABOUT_GROUP)).toEqual({ ok: false, failure: offline() });
  });

  it('compare with nothing', async () => {
    const ecs = fake();
    await group(ecs, { ...ABOUT_GROUP, alsoGroups: [NIC_GROUP.id] });
    expect(ecs.calls.filter(({ input }) => JSON.stringify(input).includes(NIC_GROUP.id))).toEqual([]);
  });
});

describe('whoever has gone meanwhile', () => {
  it.each<[string, DetailsOf, Operation]>([
    ['an instance', ABOUT_HOST, 'readRules'],
    ['an interface', ABOUT_NIC, 'readRules'],
    ['a group', ABOUT_GROUP, 'readReferences'],
  ])('gets no details of %s', async (_what, of, operation) => {
    const source = createCancelSource();
    const ecs = fake();
    const gate = ecs.hold(operation);
    const reading = read(ecs, of, { signal: source.signal });
    await gate.arrived;
    source.cancel();
    gate.release();
    expect(await reading).toMatchObject({ ok: false, failure: { code: 'Client.Cancelled', reached: 'no' } });
  });
});
