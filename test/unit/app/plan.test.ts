import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import { membershipIntent, needsConfirmation, newObstacles, planChanges, withoutSteps, type Intent, type Plan, type PlannedStep } from '../../../src/app/plan.js';
import type { Change } from '../../../src/domain/change.js';
import type { Exposure } from '../../../src/domain/exposure.js';
import type { Finding, Reason, Severity } from '../../../src/domain/finding.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup, without } from '../support/builders.js';
import { offline } from '../support/failures.js';
import { FakeEcs, type FakeWorld } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
const GROUP = securityGroup();
const INSTANCE: TargetRef = { kind: 'instance', id: instance().id };
const ENI: TargetRef = { kind: 'networkInterface', id: networkInterface().id };
const WORLD: FakeWorld = {
  instances: [instance()],
  interfaces: [networkInterface()],
  groups: [CURRENT, GROUP],
  rules: { [CURRENT.id]: groupRules(), [GROUP.id]: { rules: [rule()], innerAccessPolicy: 'Drop' } },
};

const JOIN: Change = { kind: 'join', securityGroupId: GROUP.id };
const NO_EFFECT: Exposure = { opens: [], closes: [], loses: [], releases: [], membersReachEachOther: false, membersApart: false, unknown: false };

const joining = (targets: readonly TargetRef[], ...groupIds: readonly string[]): Intent => membershipIntent('join', REGION, { securityGroupIds: groupIds.length === 0 ? [GROUP.id] : groupIds, targets });
const replacing = (before: readonly string[], after: readonly string[]): Intent => ({ kind: 'replace', regionId: REGION, steps: [{ ref: INSTANCE, change: { kind: 'replace', before, after } }] });

interface PlanParts {
  readonly world?: Partial<FakeWorld>;
  readonly targets?: readonly TargetRef[];
  readonly accountId?: string;
  readonly intent?: Intent;
  readonly route?: 'join' | 'replace';
}

async function plan({ world = {}, targets = [INSTANCE], accountId, intent = joining(targets), route = 'join' }: PlanParts = {}): Promise<Plan> {
  const clock = new VirtualClock();
  clock.advance(5000);
  const ecs = new FakeEcs({ clock, world: { ...WORLD, ...world } });
  const result = await planChanges(intent, { ecs, clock, limits: { groupsPerInterface: 5 }, accountId }, { signal: NEVER }, { route });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const short = (planned: readonly PlannedStep[]) => planned.map(({ ref, verdict, findings }) => [ref.id, verdict, ...findings.map((one) => `${one.rule} ${one.severity}`)]);

describe('a plan', () => {
  it('has the targets as they were asked for, with what was read, from when the reading began', async () => {
    const made = await plan();
    expect(made).toEqual({
      kind: 'join',
      regionId: REGION,
      steps: [{ ref: INSTANCE, change: JOIN }],
      groups: new Map([[GROUP.id, GROUP], [CURRENT.id, CURRENT]]),
      rules: new Map(Object.entries(WORLD.rules ?? {})),
      planned: [{ ref: INSTANCE, change: JOIN, target: instance(), verdict: 'ready', findings: [], exposure: NO_EFFECT }],
      readAt: 5000,
    });
  });

  it('is as old as its oldest answer', async () => {
    const clock = new VirtualClock();
    const ecs = new FakeEcs({ clock, world: WORLD }).fail({ operation: 'readRules', nth: 1, failure: offline(), takesMs: 9000 });
    const made = await planChanges(joining([INSTANCE]), { ecs, clock, limits: { groupsPerInterface: 5 } }, { signal: NEVER });
    expect([made.ok && made.value.readAt, clock.monotonic()]).toEqual([0, 9000]);
  });

  it('gives each target its own verdict', async () => {
    const made = await plan({
      world: {
        instances: [instance(), instance({ id: 'i-2', securityGroupIds: [CURRENT.id, GROUP.id] }), instance({ id: 'i-3', status: 'Starting' }), instance({ id: 'i-4', tags: [{ key: 'ack.aliyun.com', value: 'c1' }] })],
      },
      targets: [INSTANCE, { kind: 'instance', id: 'i-2' }, { kind: 'instance', id: 'i-3' }, { kind: 'instance', id: 'i-4' }, { kind: 'instance', id: 'i-5' }, ENI],
    });
    expect(short(made.planned)).toEqual([
      [INSTANCE.id, 'ready'],
      ['i-2', 'nothingToDo', 'V13 nothingToDo'],
      ['i-3', 'blocked', 'V6 block'],
      ['i-4', 'warn', 'V22 warn'],
      ['i-5', 'warn', 'V4 warn'],
      [ENI.id, 'ready'],
    ]);
  });

  it('warns of a group that is not listed', async () => {
    const made = await plan({ world: { groups: [CURRENT], rules: {} } });
    expect([made.groups.get(GROUP.id), short(made.planned)]).toEqual([undefined, [[INSTANCE.id, 'warn', 'V5 warn']]]);
  });

  it('judges a target by its own groups only', async () => {
    const advanced = securityGroup({ id: 'sg-advanced', type: 'enterprise' });
    const made = await plan({
      world: { instances: [instance(), instance({ id: 'i-2', securityGroupIds: ['sg-advanced'] })], groups: [CURRENT, GROUP, advanced] },
      targets: [INSTANCE, { kind: 'instance', id: 'i-2' }],
    });
    expect(made.planned.map(({ verdict }) => verdict)).toEqual(['ready', 'blocked']);
  });

  it('warns of the owner of an interface where both accounts are known', async () => {
    const world = { interfaces: [networkInterface({ ownerId: '1' })] };
    const [other, same] = [await plan({ world, targets: [ENI], accountId: '2' }), await plan({ world, targets: [ENI], accountId: '1' })];
    expect([short(other.planned), short(same.planned)]).toEqual([[[ENI.id, 'warn', 'V19 warn']], [[ENI.id, 'ready']]]);
  });

  it('tells what the join opens, closes and leaves unknown', async () => {
    const open = rule({ peer: '0.0.0.0/0' });
    const drop = rule({ policy: 'Drop' });
    const made = await plan({ world: { rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules(open, drop) } } });
    expect(made.planned[0]?.exposure).toEqual({ ...NO_EFFECT, opens: [open], closes: [drop], membersReachEachOther: true });
    const unread = await plan({ world: { rules: {} } });
    expect(unread.planned[0]?.exposure).toEqual({ ...NO_EFFECT, unknown: true });
  });

  it('fails when the facts cannot be read', async () => {
    const clock = new VirtualClock();
    const ecs = new FakeEcs({ clock, world: WORLD }).fail({ operation: 'listInstances', failure: offline() });
    expect(await planChanges(joining([INSTANCE]), { ecs, clock, limits: { groupsPerInterface: 5 } }, { signal: NEVER })).toEqual({ ok: false, failure: offline() });
  });
});

describe('what is wanted of several targets and groups', () => {
  it('is every pair once, target by target, whatever is named twice', () => {
    const made = membershipIntent('leave', REGION, { securityGroupIds: ['sg-a', 'sg-b', 'sg-a'], targets: [INSTANCE, ENI, INSTANCE] });
    const leave = (securityGroupId: string): Change => ({ kind: 'leave', securityGroupId });
    expect(made).toEqual({
      kind: 'leave',
      regionId: REGION,
      steps: [{ ref: INSTANCE, change: leave('sg-a') }, { ref: INSTANCE, change: leave('sg-b') }, { ref: ENI, change: leave('sg-a') }, { ref: ENI, change: leave('sg-b') }],
    });
  });
});

describe('several steps of one target', () => {
  const extra = (id: string) => securityGroup({ id });
  const groupIds = ['sg-a', 'sg-b', 'sg-c', 'sg-d', 'sg-e'];
  const world = { groups: [CURRENT, GROUP, ...groupIds.map(extra)] };

  it('are judged one after the other, so that five groups at once are counted as five', async () => {
    const made = await plan({ world, intent: joining([INSTANCE], ...groupIds) });
    expect(made.planned.map(({ findings }) => findings.filter(({ rule: id }) => id === 'V15').map(({ because }) => because))).toEqual([[], [], [], [], [{ reason: 'groupLimit', current: 5, limit: 5 }]]);
  });

  it('leave the last group alone', async () => {
    const world2 = { instances: [instance({ securityGroupIds: [CURRENT.id, GROUP.id] })] };
    const made = await plan({ world: world2, intent: membershipIntent('leave', REGION, { securityGroupIds: [CURRENT.id, GROUP.id], targets: [INSTANCE] }) });
    expect(made.planned.map(({ verdict }) => verdict)).toEqual(['ready', 'blocked']);
  });

  it('build on nothing that is not sent', async () => {
    const advanced = { ...extra('sg-a'), type: 'enterprise' };
    const made = await plan({ world: { groups: [CURRENT, GROUP, advanced] }, intent: joining([INSTANCE], 'sg-a', GROUP.id) });
    expect(made.planned.map(({ verdict }) => verdict)).toEqual(['blocked', 'ready']);
  });
});

describe('a replacement', () => {
  it('of the list that is there is planned with what it opens and takes away', async () => {
    const open = rule({ peer: '0.0.0.0/0' });
    const made = await plan({ world: { rules: { [CURRENT.id]: { rules: [rule()], innerAccessPolicy: 'Drop' }, [GROUP.id]: { rules: [open], innerAccessPolicy: 'Drop' } } }, intent: replacing([CURRENT.id], [GROUP.id]) });
    expect(made.planned.map(({ verdict, exposure }) => [verdict, exposure])).toEqual([['ready', { ...NO_EFFECT, opens: [open], loses: [rule()] }]]);
  });

  it('of another list than the one that was seen is blocked', async () => {
    const made = await plan({ intent: replacing(['sg-old'], [GROUP.id]) });
    expect(made.planned[0]?.findings).toContainEqual({ rule: 'V24', severity: 'block', codes: [], evidence: 'documented', because: { reason: 'listChanged', groups: [CURRENT.id] } });
  });

  it('names each group once, since the service refuses a list that repeats', async () => {
    const made = await plan({ intent: replacing([CURRENT.id], [GROUP.id, CURRENT.id, GROUP.id]) });
    const change = { kind: 'replace', before: [CURRENT.id], after: [GROUP.id, CURRENT.id] };
    expect([made.steps, made.planned.map((step) => step.change)]).toEqual([[{ ref: INSTANCE, change }], [change]]);
  });
});

describe('a join by replacing', () => {
  it('is one list for each target, with the groups that it is in now', async () => {
    const other = securityGroup({ id: 'sg-other' });
    const made = await plan({ world: { groups: [CURRENT, GROUP, other] }, intent: joining([INSTANCE, ENI], GROUP.id, other.id), route: 'replace' });
    const change = { kind: 'replace', before: [CURRENT.id], after: [CURRENT.id, GROUP.id, other.id] };
    expect([made.kind, made.steps]).toEqual(['join', [{ ref: INSTANCE, change }, { ref: ENI, change }]]);
  });

  it('of a member has nothing to do', async () => {
    const made = await plan({ world: { instances: [instance({ securityGroupIds: [CURRENT.id, GROUP.id] })] }, route: 'replace' });
    expect(short(made.planned)).toEqual([[INSTANCE.id, 'nothingToDo', 'V13 nothingToDo']]);
  });

  it('of a target whose groups are hidden is blocked, since nobody knows which to keep', async () => {
    const made = await plan({ world: { instances: [without(instance(), 'securityGroupIds')] }, route: 'replace' });
    expect([made.planned[0]?.verdict, made.planned[0]?.findings.some(({ rule: id, severity }) => id === 'V24' && severity === 'block')]).toEqual(['blocked', true]);
  });
});

describe('a plan without some steps', () => {
  it('keeps the others, judged as they were', async () => {
    const made = await plan({ targets: [INSTANCE, ENI] });
    expect(withoutSteps(made, new Set([0]))).toEqual({ ...made, steps: made.steps.slice(1), planned: made.planned.slice(1) });
  });
});

describe('whether a plan is to be confirmed', () => {
  const levels = (made: Plan) => (['always', 'risky', 'never'] as const).map((level) => needsConfirmation(made, level));

  it('is the level\'s word for one harmless target', async () => {
    expect(levels(await plan())).toEqual([true, false, false]);
  });

  it.each<[string, PlanParts]>([
    ['several targets', { targets: [INSTANCE, ENI] }],
    ['a warning', { targets: [{ kind: 'instance', id: 'i-unlisted' }] }],
    ['an opening to the world', { world: { rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules(rule({ peer: '::/0' })) } } }],
    ['rules that could not be read', { world: { rules: { [CURRENT.id]: groupRules() } } }],
    ['a leave that takes an accept away', { intent: membershipIntent('leave', REGION, { securityGroupIds: [GROUP.id], targets: [INSTANCE] }), world: { instances: [instance({ securityGroupIds: [CURRENT.id, GROUP.id] })] } }],
    ['a replacement, which nothing protects from a concurrent edit', { intent: replacing([CURRENT.id], [CURRENT.id, GROUP.id]), world: { rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules() } } }],
    ['something closed', { world: { rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules(rule({ policy: 'Drop' })) } } }],
  ])('is asked under "risky" because of %s', async (_what, parts) => {
    expect(levels(await plan(parts))).toEqual([true, true, false]);
  });

  it('does not depend on targets that nothing is sent for', async () => {
    const member = instance({ id: 'i-2', securityGroupIds: [GROUP.id] });
    const locked = instance({ id: 'i-3', locks: [{ reason: 'security' }] });
    const made = await plan({ world: { instances: [instance(), member, locked] }, targets: [INSTANCE, { kind: 'instance', id: 'i-2' }, { kind: 'instance', id: 'i-3' }] });
    expect([made.planned.map(({ verdict }) => verdict), levels(made)]).toEqual([['ready', 'nothingToDo', 'blocked'], [true, false, false]]);
  });
});

describe('what nobody has seen yet', () => {
  const finding = (because: Reason, severity: Severity = 'warn'): Finding => ({ rule: 'V6', severity, codes: [], evidence: 'documented', because });
  const planned = (...findings: Finding[]) => ({ findings });
  const locked = finding({ reason: 'securityLock' }, 'block');
  const limit = (current: number) => finding({ reason: 'groupLimit', current, limit: 5 });

  it('is an obstacle that was not in the plan, or has other values now', () => {
    expect(newObstacles(planned(limit(5)), planned(limit(5), locked))).toEqual([locked]);
    expect(newObstacles(planned(limit(5)), planned(limit(6)))).toEqual([limit(6)]);
  });

  it('is neither what was seen, nor what has gone, nor mere information', () => {
    expect(newObstacles(planned(locked, limit(5)), planned(limit(5)))).toEqual([]);
    expect(newObstacles(planned(), planned(finding({ reason: 'membersReachEachOther' }, 'inform')))).toEqual([]);
  });

  it('is an opening to the world that has come since', () => {
    const opens = finding({ reason: 'opensToWorld', openings: ['TCP 22/22 ← 0.0.0.0/0'] }, 'inform');
    expect(newObstacles(planned(), planned(opens))).toEqual([opens]);
  });
});
