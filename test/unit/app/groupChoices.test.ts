import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { groupChoices, targetChoices, type ChoiceDeps, type Choices } from '../../../src/app/groupChoices.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import { success } from '../../../src/domain/failure.js';
import type { JoinTarget, SecurityGroup, TargetRef } from '../../../src/domain/resources.js';
import { instance, networkInterface, REGION, securityGroup } from '../support/builders.js';
import { refusal } from '../support/failures.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const REF: TargetRef = { kind: 'instance', id: instance().id };
const GROUPS: readonly SecurityGroup[] = [
  securityGroup(),
  securityGroup({ id: 'sg-other-vpc', vpcId: 'vpc-other' }),
  securityGroup({ id: 'sg-managed', serviceManaged: true }),
  securityGroup({ id: 'sg-advanced', type: 'enterprise' }),
  CURRENT,
];
const WORLD: FakeWorld = { instances: [instance()], interfaces: [networkInterface()], groups: GROUPS };

interface Told {
  readonly rows: readonly (readonly [string, string])[];
  readonly failure: string | undefined;
}

const told = <T extends { readonly id: string }>({ choices, failure }: Choices<T>): Told => ({ rows: choices.map(({ item, verdict }) => [item.id, verdict] as const), failure: failure?.code });
const fake = (world = WORLD, maxPage = 100) => new FakeEcs({ clock: new VirtualClock(), world, maxPage });
const deps = (ecs: FakeEcs): ChoiceDeps => ({ ecs, limits: { groupsPerInterface: 5 } });

async function groups(ecs: FakeEcs, target: JoinTarget = instance(), signal: CancelSignal = NEVER): Promise<readonly Told[]> {
  const seen: Told[] = [];
  await groupChoices({ regionId: REGION, refs: [REF], targets: [target] }, deps(ecs), { signal }, (choices) => { seen.push(told(choices)); });
  return seen;
}

async function targets(ecs: FakeEcs, group = securityGroup(), signal: CancelSignal = NEVER): Promise<readonly Told[]> {
  const seen: Told[] = [];
  await targetChoices({ group }, deps(ecs), { signal }, (choices) => { seen.push(told(choices)); });
  return seen;
}

const JUDGED = [[securityGroup().id, 'ready'], ['sg-other-vpc', 'blocked'], ['sg-managed', 'blocked'], ['sg-advanced', 'blocked'], [CURRENT.id, 'nothingToDo']];

describe('the groups for a target', () => {
  it('are judged by the rules that need no rules of groups', async () => {
    expect(await groups(fake())).toEqual([{ rows: JUDGED, failure: undefined }]);
  });

  it('are told anew with every page, and rightly from the first page on', async () => {
    const ecs = fake(WORLD, 2);
    // The target's own group is on the last page; it is asked for by id, so that the types are known at once.
    expect(await groups(ecs)).toEqual([2, 4, 5].map((count) => ({ rows: JUDGED.slice(0, count), failure: undefined })));
    expect(ecs.inputs('listSecurityGroups')[0]).toEqual({ regionId: REGION, ids: [CURRENT.id], pageSize: 1 });
  });

  it('are judged for a target that is not known yet after reading it', async () => {
    const ecs = fake();
    const seen: Told[] = [];
    await groupChoices({ regionId: REGION, refs: [REF], targets: [] }, deps(ecs), { signal: NEVER }, (choices) => { seen.push(told(choices)); });
    expect([seen, ecs.operations[0]]).toEqual([[{ rows: JUDGED, failure: undefined }], 'listInstances']);
  });

  it('warn where the target is not listed', async () => {
    const ecs = fake({ ...WORLD, instances: [] });
    const seen: Told[] = [];
    await groupChoices({ regionId: REGION, refs: [REF], targets: [] }, deps(ecs), { signal: NEVER }, (choices) => { seen.push(told(choices)); });
    expect(seen[0]?.rows[0]).toEqual([securityGroup().id, 'warn']);
  });

  it('warn where the target\'s own groups cannot be read', async () => {
    const ecs = fake({ ...WORLD, groups: [securityGroup()] });
    expect(await groups(ecs)).toEqual([{ rows: [[securityGroup().id, 'warn']], failure: undefined }]);
  });

  it('are judged anew once the target\'s own group, which could not be read by its id, is listed', async () => {
    const advanced = securityGroup({ id: 'sg-advanced', type: 'enterprise' });
    const ecs = fake({ ...WORLD, groups: [advanced, securityGroup(), CURRENT] }, 2).fail({ operation: 'listSecurityGroups', nth: 1, failure: refusal('Forbidden.RAM') });
    expect((await groups(ecs)).map(({ rows }) => rows)).toEqual([
      [['sg-advanced', 'warn'], [securityGroup().id, 'warn']],
      [['sg-advanced', 'blocked'], [securityGroup().id, 'ready'], [CURRENT.id, 'nothingToDo']],
    ]);
  });

  it('keep their judgement, as it was first told, while more pages arrive', async () => {
    const told: Choices<SecurityGroup>[] = [];
    await groupChoices({ regionId: REGION, refs: [REF], targets: [instance()] }, deps(fake(WORLD, 2)), { signal: NEVER }, (choices) => { told.push(choices); });
    const [first, , last] = told;
    expect(last?.choices.slice(0, 2).map((choice, at) => choice === first?.choices[at])).toEqual([true, true]);
  });

  it('stay when a later page fails, and the reason is told', async () => {
    const ecs = fake(WORLD, 2).fail({ operation: 'listSecurityGroups', nth: 3, failure: refusal('ServiceUnavailable', 503) });
    expect((await groups(ecs)).at(-1)).toEqual({ rows: JUDGED.slice(0, 2), failure: 'ServiceUnavailable' });
  });

  it('are each listed once, also when pages overlap', async () => {
    const ecs = fake(WORLD, 2);
    const doubled: typeof ecs.listSecurityGroups = async (query, context) => {
      const page = await FakeEcs.prototype.listSecurityGroups.call(ecs, query, context);
      return page.ok && query.nextToken !== undefined ? { ok: true, value: { ...page.value, items: [securityGroup(), ...page.value.items] } } : page;
    };
    ecs.listSecurityGroups = doubled;
    expect((await groups(ecs)).at(-1)?.rows).toEqual(JUDGED);
  });

  it('that come after the box was closed are dropped', async () => {
    const ecs = fake(WORLD, 2);
    const { signal, cancel } = createCancelSource();
    const gate = ecs.hold('listSecurityGroups', 3);
    const choosing = groups(ecs, instance(), signal);
    await gate.arrived;
    cancel();
    gate.release();
    expect([await choosing, ecs.count('listSecurityGroups')]).toEqual([[{ rows: JUDGED.slice(0, 2), failure: undefined }], 3]);
  });
});

describe('the targets for a group', () => {
  it('are instances and interfaces, each judged', async () => {
    const member = instance({ id: 'i-member', securityGroupIds: [securityGroup().id] });
    const locked = instance({ id: 'i-locked', locks: [{ reason: 'security' }] });
    const primary = networkInterface({ id: 'eni-primary', type: 'Primary' });
    const seen = await targets(fake({ ...WORLD, instances: [instance(), member, locked], interfaces: [networkInterface(), primary] }));
    expect(seen.at(-1)).toEqual({
      rows: [[REF.id, 'ready'], ['i-member', 'nothingToDo'], ['i-locked', 'blocked'], [networkInterface().id, 'ready'], ['eni-primary', 'warn']],
      failure: undefined,
    });
  });

  it('are judged when all groups are known, whose types decide', async () => {
    const ecs = fake({ ...WORLD, groups: [...GROUPS, securityGroup({ id: 'sg-late', type: 'enterprise' })], instances: [instance({ securityGroupIds: ['sg-late'] })], interfaces: [] }, 2);
    expect((await targets(ecs)).map(({ rows }) => rows)).toEqual([[[REF.id, 'blocked']], [[REF.id, 'blocked']], [[REF.id, 'blocked']]]);
  });

  it('of one kind stay when the other kind cannot be read, and the reason is told', async () => {
    const ecs = fake().fail({ operation: 'listNetworkInterfaces', failure: refusal('Forbidden.RAM') });
    expect((await targets(ecs)).at(-1)).toEqual({ rows: [[REF.id, 'ready']], failure: 'Forbidden.RAM' });
  });

  it('warn where the groups cannot be read', async () => {
    const ecs = fake().fail({ operation: 'listSecurityGroups', failure: refusal('Forbidden.RAM') });
    expect((await targets(ecs)).at(-1)?.rows).toEqual([[REF.id, 'warn'], [networkInterface().id, 'warn']]);
  });

  it('that come after the box was closed are dropped', async () => {
    const ecs = fake();
    const { signal, cancel } = createCancelSource();
    const gate = ecs.hold('listInstances');
    const choosing = targets(ecs, securityGroup(), signal);
    await gate.arrived;
    cancel();
    gate.release();
    expect((await choosing).flatMap(({ rows }) => rows).filter(([id]) => id === REF.id)).toEqual([]);
  });
});

describe('a list without end', () => {
  /** Groups one by one, with the tokens that are given; the last one is repeated. */
  const endless = (tokens: readonly string[]) => {
    let pages = 0;
    const ecs = fake();
    const listed = ecs.listSecurityGroups.bind(ecs);
    ecs.listSecurityGroups = async (query, context) => {
      if (query.ids !== undefined) return listed(query, context);
      const item = securityGroup({ id: `sg-${String(pages)}` });
      const nextToken = tokens[Math.min(pages, tokens.length - 1)] ?? '';
      pages += 1;
      return Promise.resolve(success({ items: [item], nextToken }));
    };
    return { ecs, pages: () => pages };
  };

  it.each<[string, readonly string[], number]>([
    ['whose token is repeated', ['T1'], 2],
    ['whose tokens go round', ['T1', 'T2', 'T3', 'T1'], 4],
    ['with ever new tokens', Array.from({ length: 300 }, (_unused, at) => `T${String(at)}`), 200],
  ])('%s is left, and its failure says that it is not whole', async (_what, tokens, pages) => {
    const { ecs, pages: read } = endless(tokens);
    const last = (await groups(ecs)).at(-1);
    expect([last?.rows.length, last?.failure, read()]).toEqual([pages, 'Client.OddAnswer', pages]);
  });
});
