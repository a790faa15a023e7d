import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { planJoin } from '../../../src/app/planJoin.js';
import { runJoin, type JoinReport } from '../../../src/app/runJoin.js';
import type { Failure } from '../../../src/domain/failure.js';
import { groupRules, instance, REGION, rule, securityGroup } from '../support/builders.js';
import { conflict, connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';
import { FakeEcs, type Effect, type Fault, type Operation } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

/** A schedule of everything that may go wrong with one join. */
interface Schedule {
  /** What happens to each send, in order; nothing to those after the last. */
  readonly sends: readonly (Omit<Fault, 'operation' | 'nth'> | undefined)[];
  /** What happens to each read of the target. */
  readonly reads: readonly (Omit<Fault, 'operation' | 'nth'> | undefined)[];
  readonly visibilityMs: number;
  readonly visibilityReads: number;
  readonly verifySeconds: number;
  /** How long the confirmation stays open. */
  readonly confirmMs: number;
  /** The person cancels when this many waits have begun. */
  readonly cancelAtWait: number | undefined;
  /** The person cancels when this send or read comes. */
  readonly cancelAtCall: readonly [Operation, number] | undefined;
}

const effect: fc.Arbitrary<Effect> = fc.oneof(fc.constant<Effect>('none'), fc.constant<Effect>('applied'), fc.record({ lateMs: fc.integer({ min: 0, max: 60_000 }) }));
const lost = fc.tuple(fc.constantFrom(timedOut(), connectionLost(), serverError(), refusal('ServiceUnavailable', 503)), effect, fc.integer({ min: 0, max: 15_000 }));
const turnedAway: fc.Arbitrary<Failure> = fc.oneof(
  fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }).map((ms) => throttled(ms)),
  fc.constantFrom(throttled(100, 503), conflict(), offline(), refusal('IncorrectInstanceStatus'), refusal('Some.NewCode', 409)),
);
const send = fc.option(fc.oneof(turnedAway.map((failure) => ({ failure })), lost.map(([failure, how, takesMs]) => ({ failure, effect: how, takesMs }))), { nil: undefined, freq: 4 });
const read = fc.option(fc.record({ failure: fc.constantFrom(timedOut(), offline(), refusal('Forbidden.RAM'), throttled()), takesMs: fc.integer({ min: 0, max: 15_000 }) }), { nil: undefined, freq: 2 });

const schedules: fc.Arbitrary<Schedule> = fc.record({
  sends: fc.array(send, { maxLength: 8 }),
  reads: fc.array(read, { maxLength: 6 }),
  visibilityMs: fc.integer({ min: 0, max: 40_000 }),
  visibilityReads: fc.integer({ min: 0, max: 4 }),
  verifySeconds: fc.integer({ min: 0, max: 15 }),
  confirmMs: fc.integer({ min: 0, max: 20_000 }),
  cancelAtWait: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  cancelAtCall: fc.option(fc.tuple(fc.constantFrom<Operation>('joinSecurityGroup', 'listInstances'), fc.integer({ min: 1, max: 4 })), { nil: undefined }),
});

const GROUP = securityGroup();
const CURRENT = securityGroup({ id: 'sg-bp1000000000000000001' });
const TARGET = instance();
const MINUTES_20 = 20 * 60_000;

async function carryOut(schedule: Schedule): Promise<{ readonly report: JoinReport; readonly ecs: FakeEcs; readonly clock: VirtualClock }> {
  const clock = new VirtualClock();
  const world = { instances: [TARGET], groups: [CURRENT, GROUP], rules: { [CURRENT.id]: groupRules(), [GROUP.id]: groupRules(rule()) } };
  const ecs = new FakeEcs({ clock, world, visibilityMs: schedule.visibilityMs, visibilityReads: schedule.visibilityReads });
  const deps = { ecs, clock, limits: { groupsPerInterface: 5 } };
  const plan = await planJoin({ regionId: REGION, securityGroupId: GROUP.id, targets: [{ kind: 'instance', id: TARGET.id }] }, deps, { signal: NEVER });
  if (!plan.ok) throw new Error('The plan needs no luck.');
  ecs.calls.length = 0;
  ecs.fail(...numbered('joinSecurityGroup', schedule.sends), ...numbered('listInstances', schedule.reads));
  clock.advance(schedule.confirmMs);
  const source = createCancelSource();
  const { cancelAtCall } = schedule;
  if (cancelAtCall !== undefined) {
    const gate = ecs.hold(...cancelAtCall);
    void gate.arrived.then(() => { source.cancel(); gate.release(); });
  }
  let waits = 0;
  const onWaiting = () => {
    waits += 1;
    if (waits === schedule.cancelAtWait) source.cancel();
  };
  const report = await runJoin(plan.value, 'op', { ...deps, verifySeconds: schedule.verifySeconds, signal: source.signal, onWaiting });
  return { report, ecs, clock };
}

function numbered(operation: Operation, faults: Schedule['sends']): readonly Fault[] {
  return faults.flatMap((fault, index) => (fault === undefined ? [] : [{ ...fault, operation, nth: index + 1 }]));
}

/** Sends that may have been carried out: all but those that were told otherwise. */
function risky(schedule: Schedule, sent: number): number {
  const turned = schedule.sends.slice(0, sent).filter((fault) => ['Throttling.User', 'InvalidOperation.Conflict'].includes(fault?.failure.code ?? ''));
  return sent - turned.length;
}

describe('whatever goes wrong with a join', () => {
  it('its outcome is the truth or says that it is not known, and nothing is done or risked more often than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const { report, ecs, clock } = await carryOut(schedule);
        const [target] = report.targets;
        const sent = ecs.count('joinSecurityGroup');
        const isMember = ecs.truth(TARGET.id).includes(GROUP.id);
        const mayBe = { joined: [true], alreadyMember: [true], accepted: [true], refused: [false], notSent: [false], unknown: [true, false] }[report.outcome as string];
        expect(mayBe).toContain(isMember);
        expect(ecs.applied.get(`${TARGET.id}+${GROUP.id}`) ?? 0).toBeLessThanOrEqual(1);
        expect(risky(schedule, sent)).toBeLessThanOrEqual(2);
        expect(target?.attempts).toBe(sent);
        if (target?.sent === false) expect(isMember).toBe(false);
        expect(clock.monotonic()).toBeLessThan(MINUTES_20);
      }),
      { numRuns: 1000 },
    );
  });
});
