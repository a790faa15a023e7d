import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import { needsConfirmation, newObstacles, planJoin, type JoinPlan, type PlannedTarget } from '../../../src/app/planJoin.js';
import type { Finding, Reason, Severity } from '../../../src/domain/finding.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, networkInterface, REGION, rule, securityGroup } from '../support/builders.js';
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

interface PlanParts {
  readonly world?: Partial<FakeWorld>;
  readonly targets?: readonly TargetRef[];
  readonly accountId?: string;
}

async function plan({ world = {}, targets = [INSTANCE], accountId }: PlanParts = {}): Promise<JoinPlan> {
  const clock = new VirtualClock();
  clock.advance(5000);
  const ecs = new FakeEcs({ clock, world: { ...WORLD, ...world } });
  const intent = { regionId: REGION, securityGroupId: GROUP.id, targets };
  const result = await planJoin(intent, { ecs, clock, limits: { groupsPerInterface: 5 }, accountId }, { signal: NEVER });
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

const short = (planned: readonly PlannedTarget[]) => planned.map(({ ref, verdict, findings }) => [ref.id, verdict, ...findings.map((one) => `${one.rule} ${one.severity}`)]);

describe('a plan', () => {
  it('has the targets as they were asked for, with what was read, from when the reading began', async () => {
    const made = await plan();
    const exposure = { opens: [], closes: [], membersReachEachOther: false, unknown: false };
    expect(made).toEqual({
      regionId: REGION,
      securityGroupId: GROUP.id,
      targets: [INSTANCE],
      group: GROUP,
      planned: [{ ref: INSTANCE, target: instance(), verdict: 'ready', findings: [], exposure }],
      readAt: 5000,
    });
  });

  it('is as old as its oldest answer', async () => {
    const clock = new VirtualClock();
    const ecs = new FakeEcs({ clock, world: WORLD }).fail({ operation: 'readRules', nth: 1, failure: offline(), takesMs: 9000 });
    const made = await planJoin({ regionId: REGION, securityGroupId: GROUP.id, targets: [INSTANCE] }, { ecs, clock, limits: { groupsPerInterface: 5 } }, { signal: NEVER });
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
    expect([made.group, short(made.planned)]).toEqual([undefined, [[INSTANCE.id, 'warn', 'V5 warn']]]);
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
    expect(made.planned[0]?.exposure).toEqual({ opens: [open], closes: [drop], membersReachEachOther: true, unknown: false });
    const unread = await plan({ world: { rules: {} } });
    expect(unread.planned[0]?.exposure).toEqual({ opens: [], closes: [], membersReachEachOther: false, unknown: true });
  });

  it('fails when the facts cannot be read', async () => {
    const clock = new VirtualClock();
    const ecs = new FakeEcs({ clock, world: WORLD }).fail({ operation: 'listInstances', failure: offline() });
    expect(await planJoin({ regionId: REGION, securityGroupId: GROUP.id, targets: [INSTANCE] }, { ecs, clock, limits: { groupsPerInterface: 5 } }, { signal: NEVER })).toEqual({ ok: false, failure: offline() });
  });
});

describe('whether a plan is to be confirmed', () => {
  const levels = (made: JoinPlan) => (['always', 'risky', 'never'] as const).map((level) => needsConfirmation(made, level));

  it('is the level\'s word for one harmless target', async () => {
    expect(levels(await plan())).toEqual([true, false, false]);
  });

  it.each<[string, PlanParts]>([
    ['several targets', { targets: [INSTANCE, ENI] }],
    ['a warning', { targets: [{ kind: 'instance', id: 'i-unlisted' }] }],
    ['an opening to the world', { world: { rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules(rule({ peer: '::/0' })) } } }],
    ['rules that could not be read', { world: { rules: { [CURRENT.id]: groupRules() } } }],
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
  const planned = (...findings: Finding[]): PlannedTarget => ({ ref: INSTANCE, target: instance(), verdict: 'ready', findings, exposure: { opens: [], closes: [], membersReachEachOther: false, unknown: false } });
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
