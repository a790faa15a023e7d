import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { FRESH_MS, FreshSteps } from '../../../src/app/freshSteps.js';
import { membershipIntent, planChanges, type Intent, type Plan } from '../../../src/app/plan.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { groupRules, instance, REGION, rule, securityGroup } from '../support/builders.js';
import { offline } from '../support/failures.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const OWN = securityGroup({ id: 'sg-own' });
const [A, B] = [securityGroup({ id: 'sg-a' }), securityGroup({ id: 'sg-b' })];
const open = rule({ peer: '0.0.0.0/0' });
const RULES = { [OWN.id]: groupRules(), [A.id]: groupRules(open), [B.id]: groupRules(open) };
const refOf = (index: number): TargetRef => ({ kind: 'instance', id: `i-${index}` });

async function scene(count: number, groupIds: readonly string[] = [A.id], signal = NEVER) {
  const clock = new VirtualClock();
  const instances = Array.from({ length: count }, (_unused, index) => instance({ id: `i-${index}`, securityGroupIds: [OWN.id] }));
  const ecs = new FakeEcs({ clock, world: { instances, groups: [OWN, A, B], rules: RULES } });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const intent: Intent = membershipIntent('join', REGION, { securityGroupIds: groupIds, targets: instances.map((_one, index) => refOf(index)) });
  const made = await planChanges(intent, deps, { signal: NEVER });
  if (!made.ok) throw new Error(made.failure.code);
  ecs.calls.length = 0;
  const plan: Plan = made.value;
  const fresh = new FreshSteps(plan, { ...deps, context: { signal } });
  const get = (position: number) => {
    const step = plan.planned[position];
    if (step === undefined) throw new Error('The plan has no such step.');
    return fresh.get(position, step);
  };
  return { clock, ecs, plan, fresh, get };
}

const idsRead = (ecs: FakeEcs) => ecs.inputs('listInstances').map((query) => (query as { readonly ids: readonly string[] }).ids);

describe('a step whose turn has come', () => {
  it('goes as it was planned on facts of ten seconds', async () => {
    const { clock, ecs, plan, get } = await scene(1);
    clock.advance(FRESH_MS);
    expect([await get(0), ecs.calls]).toEqual([{ kind: 'go', step: plan.planned[0] }, []]);
  });

  it('goes on facts that are read again, as they are now', async () => {
    const { clock, ecs, get } = await scene(1);
    const renamed = instance({ id: 'i-0', securityGroupIds: [OWN.id], name: 'renamed' });
    ecs.touch(renamed);
    clock.advance(FRESH_MS + 1);
    expect(await get(0)).toMatchObject({ kind: 'go', step: { verdict: 'ready', target: renamed } });
  });

  it('is changed by an obstacle that nobody has seen', async () => {
    const { clock, ecs, get } = await scene(1);
    ecs.touch(instance({ id: 'i-0', securityGroupIds: [OWN.id], status: 'Stopping' }));
    clock.advance(FRESH_MS + 1);
    expect(await get(0)).toMatchObject({ kind: 'changed', step: { findings: [{ rule: 'V20', severity: 'block', because: { reason: 'changedSincePlan' } }, { rule: 'V6' }, { rule: 'V21' }, { rule: 'V21' }] } });
  });

  it('has nothing to do when somebody did it, which is no obstacle', async () => {
    const { clock, ecs, get } = await scene(1);
    ecs.touch(instance({ id: 'i-0', securityGroupIds: [OWN.id, A.id], status: 'Stopping' }));
    clock.advance(FRESH_MS + 1);
    expect(await get(0)).toMatchObject({ kind: 'go', step: { verdict: 'nothingToDo' } });
  });

  it('is unreadable with the reason, and is read again ten seconds later', async () => {
    const { clock, ecs, get } = await scene(1);
    ecs.fail({ operation: 'listInstances', nth: 1, failure: offline() });
    clock.advance(FRESH_MS + 1);
    expect([await get(0), await get(0)]).toEqual(Array.from({ length: 2 }, () => ({ kind: 'unreadable', failure: offline() })));
    clock.advance(FRESH_MS + 1);
    expect((await get(0)).kind).toBe('go');
  });

  it('reads nothing once the person has cancelled', async () => {
    const { signal, cancel } = createCancelSource();
    const { clock, ecs, plan, get } = await scene(1, [A.id], signal);
    clock.advance(FRESH_MS + 1);
    cancel();
    expect([await get(0), ecs.calls]).toEqual([{ kind: 'go', step: plan.planned[0] }, []]);
  });
});

describe('a long batch', () => {
  it('reads the next hundred targets together, however many ask at once', async () => {
    const { clock, ecs, get } = await scene(250);
    clock.advance(FRESH_MS + 1);
    await Promise.all([0, 1, 2, 99].map(get));
    expect(idsRead(ecs).map((ids) => [ids.length, ids[0], ids.at(-1)])).toEqual([[100, 'i-0', 'i-99']]);
    await Promise.all([100, 101].map(get));
    expect(idsRead(ecs).map((ids) => [ids.length, ids[0], ids.at(-1)])).toEqual([[100, 'i-0', 'i-99'], [100, 'i-100', 'i-199']]);
  });

  it('reads nothing of what is finished', async () => {
    const { clock, ecs, fresh, get } = await scene(5);
    for (const position of [0, 1, 2]) fresh.finish(position, position !== 1);
    clock.advance(FRESH_MS + 1);
    await get(3);
    expect(idsRead(ecs)).toEqual([['i-3', 'i-4']]);
  });
});

describe('a later step of a target', () => {
  it('counts the earlier one that was made, although reads do not show it yet', async () => {
    const { clock, fresh, get } = await scene(1, [A.id, B.id]);
    fresh.finish(0, true);
    clock.advance(FRESH_MS + 1);
    // B opens what A opens already: seen by whoever confirmed the plan, so nothing new.
    expect(await get(1)).toMatchObject({ kind: 'go', step: { verdict: 'ready', exposure: { opens: [] } } });
  });

  it('does not count the earlier one that was not made: what it opens by itself nobody has seen', async () => {
    const { clock, fresh, get } = await scene(1, [A.id, B.id]);
    fresh.finish(0, false);
    clock.advance(FRESH_MS + 1);
    expect(await get(1)).toMatchObject({ kind: 'changed', step: { exposure: { opens: [open] } } });
  });
});
