import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { chunks, readFacts, readTargets } from '../../../src/app/facts.js';
import type { RequestContext } from '../../../src/app/ports/ecs.js';
import { success } from '../../../src/domain/failure.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
import { offline, refusal } from '../support/failures.js';
import { FakeEcs, type FakeOptions, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const JOINED = securityGroup();
const WORLD: FakeWorld = {
  instances: [instance()],
  interfaces: [networkInterface()],
  groups: [CURRENT, JOINED],
  rules: { [CURRENT.id]: groupRules(), [JOINED.id]: groupRules(rule()) },
};
const BOTH: readonly TargetRef[] = [{ kind: 'instance', id: instance().id }, { kind: 'networkInterface', id: networkInterface().id }];
const context: RequestContext = { signal: NEVER, operationId: 'op-1' };
const fake = (world: FakeWorld = WORLD, options: Partial<FakeOptions> = {}) => new FakeEcs({ clock: new VirtualClock(), world, ...options });
const facts = (ecs: FakeEcs, targets = BOTH) => readFacts(ecs, { regionId: REGION, targets, groupIds: [JOINED.id] }, { context, readAt: 42 });

describe('the facts of a join', () => {
  it('are targets, groups, rules and the instances of interfaces, as old as the reading began', async () => {
    expect(await facts(fake())).toEqual(success({
      targets: new Map<string, unknown>([[instance().id, instance()], [networkInterface().id, networkInterface()]]),
      groups: new Map([[JOINED.id, JOINED], [CURRENT.id, CURRENT]]),
      hosts: new Map([[instance().id, instance()]]),
      rules: new Map([[JOINED.id, groupRules(rule())], [CURRENT.id, groupRules()]]),
      readAt: 42,
    }));
  });

  it('are read in two round trips: targets and the joined group, then the groups that the targets are in', async () => {
    const ecs = fake();
    const gate = ecs.hold('listInstances');
    const reading = facts(ecs);
    await gate.arrived;
    expect([...ecs.operations].sort()).toEqual(['listInstances', 'listNetworkInterfaces', 'listSecurityGroups', 'readRules']);
    gate.release();
    await reading;
    expect(ecs.inputs('listSecurityGroups')).toEqual([
      { regionId: REGION, ids: [JOINED.id], countPlaces: true, pageSize: 100 },
      { regionId: REGION, ids: [CURRENT.id], countPlaces: false, pageSize: 100 },
    ]);
    expect(ecs.calls.length).toBe(6);
    expect(new Set(ecs.calls.map((call) => call.context))).toEqual(new Set([context]));
  });

  it('include the instance of an interface, asked for in the second round trip unless it is a target itself', async () => {
    const [alone, both] = [fake(), fake()];
    const read = await facts(alone, BOTH.slice(1));
    await facts(both);
    expect(read.ok && [...read.value.hosts.keys()]).toEqual([instance().id]);
    expect([alone.inputs('listInstances'), both.inputs('listInstances').length]).toEqual([[{ regionId: REGION, ids: [instance().id], pageSize: 100 }], 1]);
  });

  it('leave out the instance of an interface when it cannot be read', async () => {
    const ecs = fake().fail({ operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    const read = await facts(ecs, BOTH.slice(1));
    expect(read.ok && [[...read.value.targets.keys()], [...read.value.hosts.keys()]]).toEqual([[networkInterface().id], []]);
  });

  it('need no second round trip when the targets are in no other group', async () => {
    const ecs = fake({ ...WORLD, instances: [instance({ securityGroupIds: [JOINED.id] })], interfaces: [] });
    await facts(ecs, BOTH.slice(0, 1));
    expect(ecs.operations).toEqual(['listInstances', 'listSecurityGroups', 'readRules']);
  });

  it('leave out a target and a group that the service does not list', async () => {
    const read = await facts(fake({ ...WORLD, instances: [], groups: [CURRENT] }));
    expect(read.ok && [[...read.value.targets.keys()], [...read.value.groups.keys()]]).toEqual([[networkInterface().id], [CURRENT.id]]);
  });

  it('leave out rules that cannot be read', async () => {
    const ecs = fake().fail({ operation: 'readRules', about: CURRENT.id, failure: refusal('Forbidden.RAM') });
    const read = await facts(ecs);
    expect(read.ok && [[...read.value.rules.keys()], [...read.value.groups.keys()]]).toEqual([[JOINED.id], [JOINED.id, CURRENT.id]]);
  });

  it('leave out the groups of the targets when they cannot be read', async () => {
    const ecs = fake().fail({ operation: 'listSecurityGroups', nth: 2, failure: refusal('Forbidden.RAM') });
    const read = await facts(ecs);
    expect(read.ok && [...read.value.groups.keys()]).toEqual([JOINED.id]);
  });

  it.each([
    ['instances', 'listInstances', undefined],
    ['interfaces', 'listNetworkInterfaces', undefined],
    ['the group to join', 'listSecurityGroups', JOINED.id],
  ] as const)('fail as a whole when %s cannot be read', async (_what, operation, about) => {
    const ecs = fake().fail({ operation, failure: offline(), ...(about === undefined ? {} : { about }) });
    expect(await facts(ecs)).toEqual({ ok: false, failure: offline() });
  });

  it('are cancelled when whoever asked has gone meanwhile', async () => {
    const source = createCancelSource();
    const ecs = fake();
    const gate = ecs.hold('listSecurityGroups', 2);
    const reading = readFacts(ecs, { regionId: REGION, targets: BOTH, groupIds: [JOINED.id] }, { context: { signal: source.signal }, readAt: 0 });
    await gate.arrived;
    source.cancel();
    gate.release();
    expect(await reading).toMatchObject({ ok: false, failure: { code: 'Client.Cancelled', reached: 'no' } });
  });
});

describe('rules in pages', () => {
  const many = Array.from({ length: 5 }, (_unused, index) => rule({ id: `sgr-${index}` }));

  it('are read to their end, with the policy among members', async () => {
    const ecs = fake({ ...WORLD, rules: { [JOINED.id]: { rules: many, innerAccessPolicy: 'Drop' } } }, { maxPage: 2 });
    const read = await facts(ecs);
    expect(read.ok && read.value.rules.get(JOINED.id)).toEqual({ rules: many, innerAccessPolicy: 'Drop' });
  });

  it('count as unreadable when their end never comes', async () => {
    const ecs = fake({ ...WORLD, rules: { [JOINED.id]: groupRules(...Array.from({ length: 30 }, () => rule())) } }, { maxPage: 1 });
    const read = await facts(ecs);
    expect(read.ok && [...read.value.rules.keys()]).toEqual([]);
    expect(ecs.inputs('readRules').filter((input) => JSON.stringify(input).includes(JOINED.id)).length).toBe(20);
  });

  it('count as unreadable when a later page fails', async () => {
    const ecs = fake({ ...WORLD, instances: [], interfaces: [], rules: { [JOINED.id]: groupRules(...many) } }, { maxPage: 2 });
    ecs.fail({ operation: 'readRules', nth: 2, failure: refusal('ServiceUnavailable', 503) });
    const read = await facts(ecs);
    expect(read.ok && read.value.rules.size).toBe(0);
  });
});

describe('lists of ids', () => {
  it('go out in requests of 100', async () => {
    const ids = Array.from({ length: 250 }, (_unused, index) => `i-${index}`);
    const ecs = fake({ instances: ids.map((id) => instance({ id })) });
    const read = await readTargets(ecs, { regionId: REGION, targets: ids.map((id) => ({ kind: 'instance', id })) }, context);
    expect(read.ok && [...read.value.keys()]).toEqual(ids);
    expect(ecs.inputs('listInstances')).toEqual([[0, 100], [100, 200], [200, 250]].map(([from, to]) => ({ regionId: REGION, ids: ids.slice(from, to), pageSize: 100 })));
  });

  it('name each target once and ask nothing for a kind that is not there', async () => {
    const ecs = fake();
    const twice: readonly TargetRef[] = [{ kind: 'instance', id: 'i-1' }, { kind: 'instance', id: 'i-1' }];
    await readTargets(ecs, { regionId: REGION, targets: twice }, context);
    expect(ecs.calls.map(({ operation, input }) => [operation, input])).toEqual([['listInstances', { regionId: REGION, ids: ['i-1'], pageSize: 100 }]]);
  });

  it('of the groups of many targets, too, without a group twice', async () => {
    const groups = Array.from({ length: 150 }, (_unused, index) => `sg-${index}`);
    const instances = groups.map((id, index) => instance({ id: `i-${index}`, securityGroupIds: [id, 'sg-0'] }));
    const ecs = fake({ ...WORLD, instances });
    await facts(ecs, instances.map(({ id }) => ({ kind: 'instance', id })));
    expect(ecs.inputs('listSecurityGroups').map((input) => (input as { ids: string[] }).ids.length)).toEqual([1, 100, 50]);
  });

  it('are cut into pieces without loss', () => {
    expect([chunks([]), chunks([1, 2, 3], 2), chunks([1, 2], 2)]).toEqual([[], [[1, 2], [3]], [[1, 2]]]);
  });
});
