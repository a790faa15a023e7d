import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import type { Receipt } from '../../../src/app/ports/ecs.js';
import { isLost, writeOnce, type Look } from '../../../src/app/writeOnce.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import { conflict, connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';
import { VirtualClock } from '../support/virtualClock.js';

const RECEIPT: Receipt = { requestId: 'R', httpStatus: 200 };
const EXISTS = refusal('InvalidInstanceId.AlreadyExists');

interface Script {
  /** The answers to the sends, in order; the last one is repeated. */
  readonly answers: readonly (Failure | 'ok')[];
  /** What looking says, in order; the last one is repeated. */
  readonly looks?: readonly Look[];
  readonly signal?: CancelSignal;
  readonly onSleep?: () => void;
}

async function run({ answers, looks = ['absent'], signal = NEVER, onSleep }: Script) {
  const clock = new VirtualClock();
  const steps: string[] = [];
  let sent = 0;
  let looked = 0;
  const send = (): Promise<Result<Receipt>> => {
    steps.push('send');
    // A loop over promises alone would never let the test time out.
    if (sent > 50) throw new Error('It sends without end.');
    const answer = answers[Math.min(sent, answers.length - 1)] ?? 'ok';
    sent += 1;
    return Promise.resolve(answer === 'ok' ? success(RECEIPT) : failed(answer));
  };
  const result = await writeOnce(send, {
    clock,
    signal,
    look: () => {
      steps.push('look');
      const look = looks[Math.min(looked, looks.length - 1)] ?? 'absent';
      looked += 1;
      return Promise.resolve(look);
    },
    onWaiting: (ms, failure) => {
      steps.push(`wait ${ms} ${failure.code}`);
      onSleep?.();
    },
  });
  return { result, steps, sleeps: clock.sleeps };
}

describe('flow control of something in between', () => {
  const busy: Failure = { code: 'HTTP.429', operation: 'JoinSecurityGroup', reached: 'maybe', httpStatus: 429, retryAfterMs: 7000 };

  it('is looked behind first, then waited for as told, and the write sent once more', async () => {
    expect(await run({ answers: [busy, 'ok'] })).toEqual({ result: { kind: 'accepted', receipt: RECEIPT, attempts: 2 }, steps: ['send', 'look', 'wait 7000 HTTP.429', 'send'], sleeps: [7000] });
  });

  it('that stood behind the write needs no second one', async () => {
    expect(await run({ answers: [busy], looks: ['present'] })).toEqual({ result: { kind: 'alreadyDone', failure: busy, attempts: 1 }, steps: ['send', 'look'], sleeps: [] });
  });

  it('that lasts leaves the outcome unknown', async () => {
    expect((await run({ answers: [busy] })).result).toEqual({ kind: 'unknown', failure: busy, attempts: 2 });
  });

  it('that asks for an hour is not waited for', async () => {
    const long = { ...busy, retryAfterMs: 3_600_000 };
    expect(await run({ answers: [long] })).toEqual({ result: { kind: 'unknown', failure: long, attempts: 1 }, steps: ['send', 'look'], sleeps: [] });
  });

  it('is waited for no longer than the person wants, and nothing more is sent', async () => {
    const { signal, cancel } = createCancelSource();
    expect(await run({ answers: [busy], signal, onSleep: cancel })).toMatchObject({ result: { kind: 'unknown', attempts: 1 }, steps: ['send', 'look', 'wait 7000 HTTP.429'] });
  });
});

describe('a write', () => {
  it('that is taken at once is sent once', async () => {
    expect(await run({ answers: ['ok'] })).toEqual({ result: { kind: 'accepted', receipt: RECEIPT, attempts: 1 }, steps: ['send'], sleeps: [] });
  });

  it.each(['AclLimitExceed', 'IncorrectInstanceStatus', 'InvalidSecurityGroupId.NotFound', 'Forbidden.RAM', 'Some.NewCode', 'InvalidAccessKeyId.NotFound'])('that is refused with %s is sent once', async (code) => {
    const { result, steps } = await run({ answers: [refusal(code)] });
    expect([result, steps]).toEqual([{ kind: 'refused', failure: refusal(code), attempts: 1 }, ['send']]);
  });

  it('that is already as asked for is sent once', async () => {
    const { result, steps } = await run({ answers: [EXISTS] });
    expect([result, steps]).toEqual([{ kind: 'alreadyDone', failure: EXISTS, attempts: 1 }, ['send']]);
  });

  it.each([
    offline(),
    clientFailure('Client.Dns'),
    clientFailure('Client.ConnectionRefused'),
    clientFailure('Client.Tls'),
    clientFailure('Client.InvalidRegionId'),
    clientFailure('Client.Cancelled'),
  ])('that never left this machine is not sent, and not tried again: $code', async (failure) => {
    const { result, steps } = await run({ answers: [failure] });
    expect([result, steps]).toEqual([{ kind: 'notSent', failure, attempts: 1 }, ['send']]);
  });
});

describe('a write that is refused over its keys', () => {
  const expired = refusal('InvalidSecurityToken.Expired');
  const renewed: Failure = { ...expired, keysRenewed: true };

  it('is sent once more where others have been read since', async () => {
    expect(await run({ answers: [renewed, 'ok'] })).toMatchObject({ result: { kind: 'accepted', attempts: 2 }, steps: ['send', 'send'] });
  });

  it('is refused when those are refused, too: there is no third time', async () => {
    expect(await run({ answers: [renewed] })).toMatchObject({ result: { kind: 'refused', failure: renewed, attempts: 2 }, steps: ['send', 'send'] });
  });

  it('is refused at once where there are no others', async () => {
    expect(await run({ answers: [expired] })).toMatchObject({ result: { kind: 'refused', failure: expired }, steps: ['send'] });
  });

  it('is not sent once more after a cancel', async () => {
    const source = createCancelSource();
    source.cancel();
    expect(await run({ answers: [renewed, 'ok'], signal: source.signal })).toMatchObject({ result: { kind: 'refused' }, steps: ['send'] });
  });
});

describe('a throttled write', () => {
  it('waits as long as the service tells', async () => {
    const { result, steps, sleeps } = await run({ answers: [throttled(2500), 'ok'] });
    expect([result, steps, sleeps]).toEqual([{ kind: 'accepted', receipt: RECEIPT, attempts: 2 }, ['send', 'wait 2500 Throttling.User', 'send'], [2500]]);
  });

  it.each([['nothing', throttled()], ['zero', throttled(0)]])('waits for the next full minute when the service tells %s', async (_what, failure) => {
    expect((await run({ answers: [failure, 'ok'] })).sleeps).toEqual([40_000]);
  });

  it('waits as long as it is told, up to ten minutes, and gives back what asks for more', async () => {
    expect((await run({ answers: [throttled(90_000), 'ok'] })).sleeps).toEqual([90_000]);
    expect((await run({ answers: [throttled(3_600_000), 'ok'] })).sleeps).toEqual([]);
  });

  it.each([400, 429, 503])('was not executed whatever its HTTP status: %i', async (status) => {
    const { steps } = await run({ answers: [throttled(1000, status), 'ok'] });
    expect(steps).toEqual(['send', 'wait 1000 Throttling.User', 'send']);
  });

  it.each(['Throttling', 'Throttling.Api', 'Rejected.Throttling', 'Throttling.Brand.New', 'Api.Throttling'])('is known by its code: %s', async (code) => {
    expect((await run({ answers: [{ ...refusal(code, 400), retryAfterMs: 10 }, 'ok'] })).sleeps).toEqual([10]);
  });

  it('is refused in the end when it stays throttled', async () => {
    const { result, sleeps } = await run({ answers: [throttled(1000)] });
    expect([result, sleeps]).toEqual([{ kind: 'refused', failure: throttled(1000), attempts: 6 }, [1000, 1000, 1000, 1000, 1000]]);
  });

  it('is not sent any more when the wait is cancelled', async () => {
    const { signal, cancel } = createCancelSource();
    const { result, steps } = await run({ answers: [throttled(1000), 'ok'], signal, onSleep: cancel });
    expect([result, steps]).toEqual([{ kind: 'notSent', failure: throttled(1000), attempts: 1 }, ['send', 'wait 1000 Throttling.User']]);
  });

  it('ends its wait at once when it is cancelled', async () => {
    const clock = new VirtualClock('manual');
    const { signal, cancel } = createCancelSource();
    const asleep = clock.asleep();
    const writing = writeOnce(() => Promise.resolve(failed(throttled(30_000))), { clock, signal, look: () => Promise.resolve('absent') });
    expect(await asleep).toBe(30_000);
    cancel();
    expect([(await writing).kind, clock.monotonic(), clock.sleepers]).toEqual(['notSent', 0, 0]);
  });
});

describe('a write in conflict with another', () => {
  it('is sent again after pauses that double', async () => {
    const { result, sleeps } = await run({ answers: [conflict(), conflict(), conflict(), 'ok'] });
    expect([result.kind, result.attempts, sleeps]).toEqual(['accepted', 4, [1000, 2000, 4000]]);
  });

  it('is refused when the conflict stays', async () => {
    const { result, sleeps } = await run({ answers: [conflict()] });
    expect([result, sleeps]).toEqual([{ kind: 'refused', failure: conflict(), attempts: 4 }, [1000, 2000, 4000]]);
  });

  it('shares its patience with throttling', async () => {
    const { result, sleeps } = await run({ answers: [throttled(10), conflict(), throttled(10), conflict(), throttled(10), conflict()] });
    expect([result.kind, result.attempts, sleeps]).toEqual(['refused', 4, [10, 2000, 10]]);
  });
});

describe.each<[string, Failure]>([
  ['a time-out', timedOut()],
  ['a broken connection', connectionLost()],
  ['an answer of 500', serverError()],
  ['an answer of 503', refusal('ServiceUnavailable', 503)],
  ['a gateway\'s time-out', refusal('RequestTimeout', 504)],
  ['an unknown code of 500', refusal('Some.NewCode', 500)],
  ['a page in the place of an answer', clientFailure('Client.HtmlAnswer', { reached: 'maybe', httpStatus: 200 })],
  ['what is no JSON', clientFailure('Client.NotJson', { reached: 'maybe', httpStatus: 502 })],
  ['JSON that is no receipt', clientFailure('Client.OddAnswer', { reached: 'maybe', httpStatus: 200 })],
  ['a redirect', clientFailure('Client.Redirected', { reached: 'maybe', httpStatus: 302 })],
])('after %s', (_what, lost) => {
  it('it looks first, and what is there is done', async () => {
    expect(await run({ answers: [lost], looks: ['present'] })).toEqual({ result: { kind: 'alreadyDone', failure: lost, attempts: 1 }, steps: ['send', 'look'], sleeps: [] });
  });

  it('it sends once more what is absent', async () => {
    const { result, steps } = await run({ answers: [lost, 'ok'] });
    expect([result, steps]).toEqual([{ kind: 'accepted', receipt: RECEIPT, attempts: 2 }, ['send', 'look', 'send']]);
  });

  it('it does not know when it cannot look', async () => {
    const { result, steps } = await run({ answers: [lost], looks: ['unreadable'] });
    expect([result, steps]).toEqual([{ kind: 'unknown', failure: lost, attempts: 1 }, ['send', 'look']]);
  });
});

describe('after a lost answer', () => {
  it('"already exists" on the second send is our own doing', async () => {
    const { result, steps } = await run({ answers: [timedOut(), EXISTS] });
    expect([result, steps]).toEqual([{ kind: 'alreadyDone', failure: timedOut(), attempts: 2 }, ['send', 'look', 'send']]);
  });

  it('a second lost answer ends it: looked at, not sent a third time', async () => {
    const { result, steps } = await run({ answers: [timedOut(), serverError()] });
    expect([result, steps]).toEqual([{ kind: 'unknown', failure: serverError(), attempts: 2 }, ['send', 'look', 'send', 'look']]);
  });

  it('a second lost answer may turn out to be done', async () => {
    const { result } = await run({ answers: [timedOut(), serverError()], looks: ['absent', 'present'] });
    expect(result).toEqual({ kind: 'alreadyDone', failure: serverError(), attempts: 2 });
  });

  it('being offline says nothing about the first send', async () => {
    const { result, steps } = await run({ answers: [timedOut(), offline()] });
    expect([result, steps]).toEqual([{ kind: 'unknown', failure: timedOut(), attempts: 2 }, ['send', 'look', 'send']]);
  });

  it('throttling is waited for as always', async () => {
    const { result, steps } = await run({ answers: [timedOut(), throttled(500), 'ok'] });
    expect([result.kind, steps]).toEqual(['accepted', ['send', 'look', 'send', 'wait 500 Throttling.User', 'send']]);
  });

  it('a cancelled wait leaves the first send unknown', async () => {
    const { signal, cancel } = createCancelSource();
    const { result } = await run({ answers: [timedOut(), throttled(500)], signal, onSleep: cancel });
    expect(result).toEqual({ kind: 'unknown', failure: timedOut(), attempts: 2 });
  });

  it('a cancel leaves it unknown without another send', async () => {
    const { signal, cancel } = createCancelSource();
    cancel();
    const { result, steps } = await run({ answers: [timedOut(), 'ok'], signal });
    expect([result, steps]).toEqual([{ kind: 'unknown', failure: timedOut(), attempts: 1 }, ['send', 'look']]);
  });

  it('a refusal of the second send says nothing about the first: it looks again, and else does not know', async () => {
    const [gone, there] = [await run({ answers: [timedOut(), refusal('IncorrectInstanceStatus')] }), await run({ answers: [timedOut(), refusal('IncorrectInstanceStatus')], looks: ['absent', 'present'] })];
    expect([gone.result, gone.steps]).toEqual([{ kind: 'unknown', failure: timedOut(), attempts: 2 }, ['send', 'look', 'send', 'look']]);
    expect(there.result).toEqual({ kind: 'alreadyDone', failure: timedOut(), attempts: 2 });
  });

  it('throttling without end says nothing about the first send', async () => {
    const { result } = await run({ answers: [timedOut(), throttled(1)] });
    expect(result).toEqual({ kind: 'unknown', failure: timedOut(), attempts: 7 });
  });
});

describe('an answer is lost', () => {
  it.each<[string, Failure, boolean]>([
    ['when the request may have arrived', timedOut(), true],
    ['under 5xx', serverError(), true],
    ['when the catalogue says to read first', refusal('SignatureNonceUsed', 400), true],
    ['not when nothing was sent', offline(), false],
    ['not when nothing was sent, whatever the status', clientFailure('Client.Cancelled', { httpStatus: 500 }), false],
    ['not when it was refused', refusal('AclLimitExceed'), false],
    ['not when it was throttled', throttled(), false],
    ['not when it was throttled by a gateway under 503', throttled(undefined, 503), false],
  ])('%s', (_when, failure, lost) => {
    expect(isLost(failure)).toBe(lost);
  });
});
