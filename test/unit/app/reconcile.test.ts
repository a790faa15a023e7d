import { describe, expect, it } from 'vitest';
import type { OperationHistory } from '../../../src/app/journaling.js';
import { leftOpen, reconciled } from '../../../src/app/reconcile.js';
import { instance, networkInterface } from '../support/builders.js';
import { offline, refusal } from '../support/failures.js';
import { FakeEcs, type FakeOptions } from '../support/fakeEcs.js';
import { came, end, history, join, leave, outcome, record, replace, stepOf } from '../support/histories.js';
import { EPOCH_MS, VirtualClock } from '../support/virtualClock.js';

const WEEK = 7 * 24 * 60 * 60_000;
const LONG_AGO = EPOCH_MS - 60_000;
const MEMBER = instance({ id: 'i-1', securityGroupIds: ['sg-own', 'sg-1'] });
const STRANGER = instance({ id: 'i-2', securityGroupIds: ['sg-own'] });

/** An operation that its window left open, with when each step may have been sent. */
function open(of: Parameters<typeof record>[0], sentAt: readonly (number | undefined)[]): OperationHistory {
  return { record: record(of), windowId: 'w1', window: 'dead', steps: sentAt.map((sendingAt) => (sendingAt === undefined ? {} : { sendingAt })) };
}

function fake(options: Partial<FakeOptions> = {}) {
  const clock = new VirtualClock();
  return { clock, ecs: new FakeEcs({ clock, world: { instances: [MEMBER, STRANGER], interfaces: [networkInterface({ id: 'eni-1', securityGroupIds: ['sg-1'] })] }, ...options }) };
}

const found = (...[of, overrides = {}]: Parameters<typeof outcome>) => outcome(of, { durationMs: 0, reconciled: true, ...overrides });

describe('operations that are open', () => {
  it('are those of dead windows that did not end, or of which an outcome is missing', () => {
    const [unended, ended, damaged] = [open({ id: 'a' }, [1]), history({ id: 'b' }, ['joined']), history({ id: 'c' }, [undefined])];
    const others = (['alive', 'mine'] as const).map((window) => ({ ...unended, window }));
    expect(leftOpen([unended, ended, damaged, ...others])).toEqual([unended, damaged]);
  });
});

describe('what is found out about an open operation', () => {
  it('is that what had not left was not sent, without a look', async () => {
    const { clock, ecs } = fake();
    const at = clock.now();
    expect(await reconciled(open({}, [undefined]), { ecs }, clock)).toEqual([came(0, at, found('notSent')), end(at)]);
    expect(ecs.calls).toEqual([]);
  });

  it.each([
    ['joined', stepOf('i-1', join('sg-1')), 'join'],
    ['left', stepOf('i-2', leave('sg-1')), 'leave'],
    ['replaced', stepOf('eni-1', replace(['sg-own'], ['sg-1'])), 'replace'],
    ['joined', stepOf('i-1', replace(['sg-own'], ['sg-own', 'sg-1'])), 'join'],
  ] as const)('is that it is %s when the change shows', async (of, step, kind) => {
    const { clock, ecs } = fake();
    expect(await reconciled(open({ steps: [step], kind }, [LONG_AGO]), { ecs }, clock)).toEqual([came(0, clock.now(), found(of)), end(clock.now())]);
  });

  it('is unknown when the change is not there: it may still come, or have been undone', async () => {
    const { clock, ecs } = fake();
    const operation = open({ steps: [stepOf('i-2', join('sg-1'))] }, [LONG_AGO]);
    expect(await reconciled(operation, { ecs }, clock)).toEqual([came(0, clock.now(), found('unknown', { code: 'Client.WindowClosed' })), end(clock.now())]);
    expect(ecs.calls.length).toBe(1);
  });

  it('is looked for until half a minute after it left', async () => {
    const { clock, ecs } = fake({ visibilityMs: 20_000 });
    await ecs.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-2' }, { signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined } });
    const [entry] = await reconciled(open({ steps: [stepOf('i-2', join('sg-1'))] }, [EPOCH_MS]), { ecs }, clock);
    expect([entry?.type === 'outcome' && entry.outcome, clock.monotonic() >= 20_000 && clock.monotonic() < 30_000]).toEqual(['joined', true]);
  });

  it('takes no longer than that although the clock was set back by a day', async () => {
    const { clock, ecs } = fake();
    await reconciled(open({ steps: [stepOf('i-2', join('sg-1'))] }, [EPOCH_MS + 86_400_000]), { ecs }, clock);
    expect(clock.monotonic()).toBeLessThanOrEqual(30_000);
  });

  it('is unknown for good when the target is not listed, or when somebody wrote another list', async () => {
    const { clock, ecs } = fake();
    const steps = [stepOf('i-9', join('sg-1')), stepOf('i-1', replace(['sg-8'], ['sg-9']))];
    expect(await reconciled(open({ steps }, [LONG_AGO, LONG_AGO]), { ecs }, clock)).toEqual([came(0, clock.now(), found('unknown')), came(1, clock.now(), found('unknown')), end(clock.now())]);
  });

  it('is unknown for good when nobody can ask, as of a sandbox that died with its window', async () => {
    const { clock } = fake();
    expect(await reconciled(open({}, [LONG_AGO]), undefined, clock)).toEqual([came(0, clock.now(), found('unknown')), end(clock.now())]);
  });

  it('is asked for by lists, and only where an outcome is missing', async () => {
    const steps = Array.from({ length: 250 }, (_unused, index) => stepOf(`i-${index}`, join('sg-1')));
    const instances = steps.map(({ ref }) => instance({ id: ref.id, securityGroupIds: ['sg-1'] }));
    const { clock, ecs } = fake({ world: { instances } });
    const operation = open({ steps }, steps.map(() => LONG_AGO));
    const known = { ...operation, steps: operation.steps.map((step, index) => (index < 50 ? { ...step, outcome: outcome('refused') } : step)) };
    const entries = await reconciled(known, { ecs }, clock);
    expect([entries.length, ecs.calls.length]).toEqual([201, 2]);
  });

  it('is looked for too where a damaged journal tells of the end but not of the outcome', async () => {
    const { clock, ecs } = fake();
    const damaged = history({ steps: [stepOf('i-1', join('sg-1')), stepOf('i-2', join('sg-1'))] }, [undefined, undefined], { endedAt: LONG_AGO });
    expect(await reconciled(damaged, { ecs }, clock)).toEqual([came(0, clock.now(), found('joined')), came(1, clock.now(), found('unknown', { code: 'Client.WindowClosed' })), end(clock.now())]);
  });
});

describe('when nothing can be read', () => {
  const operation = open({ steps: [stepOf('i-1', join('sg-1')), stepOf('eni-1', join('sg-1')), stepOf('i-2', join('sg-1'))] }, [LONG_AGO, LONG_AGO, undefined]);

  it('it is unknown for now, with the reason, and stays open for the next start', async () => {
    const { clock, ecs } = fake();
    ecs.fail({ operation: 'listInstances', failure: offline() });
    const at = clock.now();
    const unread = found('unknown', { code: 'Client.Offline' });
    expect(await reconciled(operation, { ecs }, clock)).toEqual([came(0, at, unread), came(1, at, unread), came(2, at, found('notSent'))]);
  });

  it('the next start looks again, at that only', async () => {
    const { clock, ecs } = fake();
    const unread = found('unknown', { code: 'Client.Offline' });
    const before = { ...operation, steps: [{ sendingAt: LONG_AGO, outcome: unread }, { sendingAt: LONG_AGO, outcome: found('joined') }, { outcome: found('notSent') }] };
    expect([leftOpen([before]), await reconciled(before, { ecs }, clock)]).toEqual([[before], [came(0, clock.now(), found('joined')), end(clock.now())]]);
  });

  it('a week later it stays unknown', async () => {
    const { clock, ecs } = fake();
    ecs.fail({ operation: 'listInstances', failure: refusal('Forbidden.RAM') });
    const entries = await reconciled(open({}, [EPOCH_MS - WEEK]), { ecs }, clock);
    expect(entries).toEqual([came(0, clock.now(), found('unknown', { code: 'Forbidden.RAM' })), end(clock.now())]);
  });

  it('an outcome that the dying window itself did not know is not asked for again', async () => {
    const { clock, ecs } = fake();
    const known = { ...open({}, [LONG_AGO]), steps: [{ sendingAt: LONG_AGO, outcome: outcome('unknown') }] };
    expect([await reconciled(known, { ecs }, clock), ecs.calls]).toEqual([[end(clock.now())], []]);
  });
});
