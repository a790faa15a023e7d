import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { Pacing, sleep } from '../../../src/cloud/pacing.js';
import { clientFailure, failed, success, type Failure, type Result } from '../../../src/domain/failure.js';
import { deferred, settled } from '../support/deferred.js';
import { connectionLost, offline, refusal, serverError, throttled, timedOut } from '../support/failures.js';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const about = (regionId = 'cn-x', operation = 'Describe') => ({ operation, regionId, signal: NEVER });

/** A read whose attempts fail as told and then succeed; how often it was tried and how long it waited. */
async function tried(failures: readonly Failure[], isPatient = true): Promise<{ readonly result: Result<string>; readonly tries: number; readonly waits: readonly number[] }> {
  const waits: number[] = [];
  const pacing = new Pacing<string>({ concurrentReads: 1, onWaiting: (_operation, ms) => waits.push(ms) });
  let tries = 0;
  const reading = pacing.read({ ...about(), isPatient }, () => {
    const failure = failures[tries];
    tries += 1;
    return Promise.resolve(failure === undefined ? success('read') : failed(failure));
  });
  await vi.runAllTimersAsync();
  return { result: await reading, tries, waits };
}

describe('a read', () => {
  it('that succeeds is tried once', async () => {
    expect(await tried([])).toEqual({ result: success('read'), tries: 1, waits: [] });
  });

  it.each<[string, Failure]>([
    ['throttling', throttled(10)],
    ['a conflict', refusal('OperationConflict', 409)],
    ['an error of the service', serverError()],
    ['a service that is away', refusal('ServiceUnavailable', 503)],
    ['an unknown error of the service', refusal('Some.NewCode', 500)],
    ['a broken connection', connectionLost()],
    ['a connection that was cut before it was secure', clientFailure('Client.TunnelCut')],
    ['a page of a gateway that is down', clientFailure('Client.HtmlAnswer', { reached: 'maybe', httpStatus: 502 })],
    ['a text of a gateway that throttles', clientFailure('Client.NotJson', { reached: 'maybe', httpStatus: 429 })],
  ])('is tried again after %s', async (_what, failure) => {
    expect(await tried([failure])).toMatchObject({ result: success('read'), tries: 2 });
  });

  it.each<[string, Failure]>([
    ['a refusal', refusal('Forbidden.RAM')],
    ['an unknown refusal', refusal('Some.NewCode', 400)],
    ['a state that will pass', refusal('IncorrectInstanceStatus')],
    ['a time-out, which has taken long enough', timedOut()],
    ['being offline', offline()],
    ['a host that is not there', clientFailure('Client.Dns')],
    ['a proxy that refuses', clientFailure('Client.ProxyRefused')],
    ['a certificate of nobody', clientFailure('Client.TlsUntrusted')],
    ['a cancel', clientFailure('Client.Cancelled', { reached: 'maybe' })],
    ['a page in the place of an answer', clientFailure('Client.HtmlAnswer', { reached: 'maybe', httpStatus: 200 })],
    ['a redirect', clientFailure('Client.Redirected', { reached: 'maybe', httpStatus: 302 })],
    ['an endpoint that is none', clientFailure('Client.InvalidRegionId')],
  ])('is not tried again after %s', async (_what, failure) => {
    expect(await tried([failure])).toEqual({ result: failed(failure), tries: 1, waits: [] });
  });

  it('is tried four times and no more', async () => {
    const failure = throttled(10);
    expect(await tried([failure, failure, failure, failure, failure])).toEqual({ result: failed(failure), tries: 4, waits: [10, 10, 10] });
  });

  it('waits longer each time where nobody tells how long, with a grain of chance', async () => {
    const { waits } = await tried([connectionLost(), connectionLost(), connectionLost()]);
    for (const [index, ms] of waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(150 * 2 ** index);
      expect(ms).toBeLessThanOrEqual(300 * 2 ** index);
    }
    expect(waits.length).toBe(3);
  });

  it('waits up to a minute, and fails at once where it would have to wait longer', async () => {
    expect(await tried([throttled(60_000)])).toMatchObject({ result: success('read'), tries: 2, waits: [60_000] });
    expect(await tried([throttled(60_001)])).toEqual({ result: failed(throttled(60_001)), tries: 1, waits: [] });
  });

  it('that is throttled and not told for how long is tried until another minute has surely begun', async () => {
    const failures = Array.from({ length: 8 }, () => throttled());
    const { result, tries, waits } = await tried(failures);
    expect([result, tries, waits.length]).toEqual([failed(throttled()), 7, 6]);
    for (const [index, ms] of waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(1_000 * 2 ** index);
      expect(ms).toBeLessThanOrEqual(2_000 * 2 ** index + 1);
    }
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(60_000);
  });

  it('of the facts of a change waits no longer than twenty seconds, and gives up soon where nobody tells how long', async () => {
    expect(await tried([throttled(20_000)], false)).toMatchObject({ result: success('read'), tries: 2, waits: [20_000] });
    expect(await tried([throttled(20_001)], false)).toEqual({ result: failed(throttled(20_001)), tries: 1, waits: [] });
    const { result, tries, waits } = await tried(Array.from({ length: 8 }, () => throttled()), false);
    expect([result, tries]).toEqual([failed(throttled()), 4]);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2_200);
  });

  it('that is cancelled while it waits ends at once, without another try', async () => {
    const { signal, cancel } = createCancelSource();
    let tries = 0;
    const reading = new Pacing<string>({ concurrentReads: 1 }).read({ ...about(), signal }, () => {
      tries += 1;
      return Promise.resolve(failed(throttled(10_000)));
    });
    await settled();
    cancel();
    expect([await reading, tries, vi.getTimerCount()]).toEqual([failed(clientFailure('Client.Cancelled', { operation: 'Describe' })), 1, 0]);
  });

  it('that is cancelled before it begins is not tried', async () => {
    const { signal, cancel } = createCancelSource();
    cancel();
    let tries = 0;
    const result = await new Pacing<string>({ concurrentReads: 1 }).read({ ...about(), signal }, () => {
      tries += 1;
      return Promise.resolve(success('read'));
    });
    expect([result, tries]).toEqual([failed(clientFailure('Client.Cancelled', { operation: 'Describe' })), 0]);
  });

  it('that throws throws', async () => {
    await expect(new Pacing<string>({ concurrentReads: 1 }).read(about(), () => Promise.reject(new Error('a mistake of ours')))).rejects.toThrow('a mistake of ours');
  });
});

describe('reads at once', () => {
  it('are bounded for each region and operation', async () => {
    const pacing = new Pacing<string>({ concurrentReads: 2 });
    const running: string[] = [];
    const gate = deferred();
    const read = (name: string, place = about()) => pacing.read(place, async () => {
      running.push(name);
      await gate.promise;
      return success(name);
    });
    const all = [read('a'), read('b'), read('c'), read('elsewhere', about('cn-y')), read('other', about('cn-x', 'List'))];
    await settled();
    expect(running).toEqual(['a', 'b', 'elsewhere', 'other']);
    gate.resolve();
    expect((await Promise.all(all)).map((result) => result.ok && result.value)).toEqual(['a', 'b', 'c', 'elsewhere', 'other']);
    expect(running).toEqual(['a', 'b', 'elsewhere', 'other', 'c']);
  });

  it('let one leave the queue at once when it is cancelled, and the others come to their turn', async () => {
    const pacing = new Pacing<string>({ concurrentReads: 1 });
    const { signal, cancel } = createCancelSource();
    const gate = deferred();
    const running: string[] = [];
    const read = (name: string, more: { readonly signal?: typeof NEVER } = {}) => pacing.read({ ...about(), ...more }, async () => {
      running.push(name);
      await gate.promise;
      return success(name);
    });
    const [first, second, third] = [read('first'), read('second', { signal }), read('third')];
    await settled();
    cancel();
    expect(await second).toEqual(failed(clientFailure('Client.Cancelled', { operation: 'Describe' })));
    gate.resolve();
    expect([await first, await third, running]).toEqual([success('first'), success('third'), ['first', 'third']]);
  });
});

describe('sleeping', () => {
  it('takes its time', async () => {
    let awake = false;
    const sleeping = sleep(1000, NEVER).then(() => { awake = true; });
    await vi.advanceTimersByTimeAsync(999);
    expect(awake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(awake).toBe(true);
  });

  it('ends at once when cancelled, before or meanwhile, and leaves no timer', async () => {
    const { signal, cancel } = createCancelSource();
    const sleeping = sleep(1000, signal);
    cancel();
    await sleeping;
    await sleep(1000, signal);
    expect(vi.getTimerCount()).toBe(0);
  });
});
