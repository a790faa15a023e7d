import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { Pacing, type PacedRead } from '../../../src/cloud/pacing.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import { settled } from '../support/deferred.js';
import { connectionLost, throttled } from '../support/failures.js';
import { ScriptedService } from './scriptedService.js';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const CANCELLED = failed(clientFailure('Client.Cancelled', { operation: 'Describe' }));
const CANCELLED_MEANWHILE = failed(clientFailure('Client.Cancelled', { operation: 'Describe', reached: 'maybe' }));

describe('reads that ask the same', () => {
  it('share one request and its answer', async () => {
    const service = new ScriptedService();
    const reads = [service.read(), service.read(), service.read()];
    await service.answer(0, success('read'));
    expect([await Promise.all(reads), service.requests.length]).toEqual([[success('read'), success('read'), success('read')], 1]);
  });

  it('share a failure as well', async () => {
    const service = new ScriptedService();
    const reads = [service.read(), service.read()];
    const refusal = failed(clientFailure('Client.OddAnswer'));
    await service.answer(0, refusal);
    expect([await Promise.all(reads), service.requests.length]).toEqual([[refusal, refusal], 1]);
  });

  it('share what is thrown', async () => {
    const pacing = new Pacing<string>({ concurrentReads: 1 });
    const read = () => pacing.read({ operation: 'Describe', regionId: 'cn-x', signal: NEVER, shareKey: 'all' }, () => Promise.reject(new Error('a mistake of ours')));
    expect((await Promise.allSettled([read(), read()])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it.each<[string, Partial<PacedRead>]>([
    ['another key', { shareKey: 'one' }],
    ['another region', { regionId: 'cn-y' }],
    ['another operation', { operation: 'List' }],
    ['no leave to share', { shareKey: undefined }],
  ])('are not those with %s', async (_what, more) => {
    const service = new ScriptedService();
    const reads = [service.read(), service.read(more)];
    await service.answer(0, success('first'));
    await service.answer(1, success('second'));
    expect(await Promise.all(reads)).toEqual([success('first'), success('second')]);
  });

  it('are not joined by one whose answer has to be new, nor does anybody join that one', async () => {
    const service = new ScriptedService();
    const reads = [service.read({ shareKey: undefined }), service.read(), service.read({ shareKey: undefined })];
    for (const [index, text] of ['fresh', 'shared', 'fresh too'].entries()) await service.answer(index, success(text));
    expect(await Promise.all(reads)).toEqual([success('fresh'), success('shared'), success('fresh too')]);
  });

  it('ask anew once the answer is there', async () => {
    const service = new ScriptedService();
    const first = service.read().then(async (result) => [result, await service.read()]);
    await service.answer(0, success('old'));
    await service.answer(1, success('new'));
    expect(await first).toEqual([success('old'), success('new')]);
  });
});

describe('one of several who share a read', () => {
  it('leaves at once when he is cancelled, and the others get their answer', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    const [leaving, staying] = [service.read({ signal }), service.read()];
    await settled();
    cancel();
    expect([await leaving, service.aborted()]).toEqual([CANCELLED_MEANWHILE, [false]]);
    await service.answer(0, success('read'));
    expect(await staying).toEqual(success('read'));
  });

  it('who began it can leave it to the others as well', async () => {
    const service = new ScriptedService();
    const first = createCancelSource();
    const reads = [service.read({ signal: first.signal }), service.read()];
    first.cancel();
    await service.answer(0, success('read'));
    expect([await Promise.all(reads), service.requests.length]).toEqual([[CANCELLED, success('read')], 1]);
  });

  it('ends the request with him when he is the last', async () => {
    const service = new ScriptedService();
    const sources = [createCancelSource(), createCancelSource()];
    const reads = sources.map(({ signal }) => service.read({ signal }));
    await settled();
    for (const { cancel } of sources) cancel();
    expect([await Promise.all(reads), service.aborted()]).toEqual([[CANCELLED_MEANWHILE, CANCELLED_MEANWHILE], [true]]);
  });

  it('does not join a read that everybody has left', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    const left = service.read({ signal });
    await settled();
    cancel();
    const next = service.read();
    await service.answer(1, success('read'));
    expect([await left, await next, service.aborted()]).toEqual([CANCELLED_MEANWHILE, success('read'), [true, false]]);
  });

  it('who is cancelled before he asks asks nothing', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    cancel();
    expect([await service.read({ signal }), service.requests]).toEqual([CANCELLED, []]);
  });
});

describe('everybody who shares a read', () => {
  it('is told of its pauses and when it goes on, and the log is told once', async () => {
    const service = new ScriptedService();
    const told: [string, number][] = [];
    const reads = ['a', 'b'].map((name) => service.read({ onWaiting: (ms) => told.push([name, ms]) }));
    await service.answer(0, failed(throttled(5_000)));
    await vi.advanceTimersByTimeAsync(2_000);
    const late = service.read({ onWaiting: (ms) => told.push(['late', ms]) });
    await vi.advanceTimersByTimeAsync(3_000);
    await service.answer(1, success('read'));
    expect(await Promise.all([...reads, late])).toEqual([success('read'), success('read'), success('read')]);
    expect([told, service.told, service.requests.length]).toEqual([[['a', 5_000], ['b', 5_000], ['late', 3_000], ['a', 0], ['b', 0], ['late', 0]], [5_000], 2]);
  });

  it('is told nothing where nothing waits, and nothing more once he has left', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    const told: number[] = [];
    const read = service.read({ signal, onWaiting: (ms) => told.push(ms) });
    const other = service.read();
    await settled();
    expect(told).toEqual([]);
    await service.answer(0, failed(throttled(5_000)));
    cancel();
    await vi.advanceTimersByTimeAsync(5_000);
    await service.answer(1, success('read'));
    expect([await read, await other, told]).toEqual([CANCELLED, success('read'), [5_000]]);
  });

  it('leaves no timer behind when all leave during a pause', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    const reads = [service.read({ signal }), service.read({ signal })];
    await service.answer(0, failed(throttled(20_000)));
    cancel();
    expect([await Promise.all(reads), vi.getTimerCount(), service.requests.length]).toEqual([[CANCELLED, CANCELLED], 0, 1]);
  });
});

describe('while the service turns reads away', () => {
  it('the others of the same region and operation wait too, say so, and then go', async () => {
    const service = new ScriptedService();
    const told: number[] = [];
    const first = service.read({ shareKey: '1' });
    await service.answer(0, failed(throttled(5_000)));
    const second = service.read({ shareKey: '2', onWaiting: (ms) => told.push(ms) });
    await vi.advanceTimersByTimeAsync(1_000);
    const third = service.read({ shareKey: undefined, onWaiting: (ms) => told.push(ms) });
    await vi.advanceTimersByTimeAsync(3_999);
    expect([service.requests.length, told]).toEqual([1, [5_000, 4_000]]);
    await vi.advanceTimersByTimeAsync(1);
    for (const index of [1, 2, 3]) await service.answer(index, success('read'));
    expect([await Promise.all([first, second, third]), told, service.requests.length]).toEqual([[success('read'), success('read'), success('read')], [5_000, 4_000, 0, 0], 4]);
  });

  it('those wait that stand in the queue, and not one of them tries the wall', async () => {
    const service = new ScriptedService();
    const reads = Array.from({ length: 20 }, (_, index) => service.read({ shareKey: String(index) }));
    await settled();
    expect(service.requests.length).toBe(8);
    await service.answer(0, failed(throttled(5_000)));
    for (const index of [1, 2, 3, 4, 5, 6, 7]) await service.answer(index, success('read'));
    expect([service.requests.length, service.told]).toEqual([8, Array.from({ length: 13 }, () => 5_000)]);
    await vi.advanceTimersByTimeAsync(5_000);
    for (let index = 8; index < 21; index += 1) await service.answer(index, success('read'));
    expect([(await Promise.all(reads)).filter(({ ok }) => ok).length, service.requests.length]).toEqual([20, 21]);
  });

  it('the longest of the pauses counts', async () => {
    const service = new ScriptedService();
    const reads = ['1', '2'].map((shareKey) => service.read({ shareKey }));
    await service.answer(0, failed(throttled(5_000)));
    await service.answer(1, failed(throttled(9_000)));
    await vi.advanceTimersByTimeAsync(8_999);
    expect(service.requests.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    for (const index of [2, 3]) await service.answer(index, success('read'));
    expect(await Promise.all(reads)).toEqual([success('read'), success('read')]);
  });

  it('reads of another region or operation go on', async () => {
    const service = new ScriptedService();
    const { signal, cancel } = createCancelSource();
    const held = service.read({ signal });
    await service.answer(0, failed(throttled(20_000)));
    const others = [service.read({ regionId: 'cn-y' }), service.read({ operation: 'List' })];
    for (const index of [1, 2]) await service.answer(index, success('read'));
    expect(await Promise.all(others)).toEqual([success('read'), success('read')]);
    cancel();
    expect(await held).toEqual(CANCELLED);
  });

  it('a broken connection holds up nobody else', async () => {
    const service = new ScriptedService();
    const first = service.read({ shareKey: '1' });
    await service.answer(0, failed(connectionLost()));
    const second = service.read({ shareKey: '2' });
    await service.answer(1, success('second'));
    expect(await second).toEqual(success('second'));
    await vi.runAllTimersAsync();
    await service.answer(2, success('first'));
    expect(await first).toEqual(success('first'));
  });

  it('one that waits for the others leaves at once when he is cancelled, and asks nothing', async () => {
    const service = new ScriptedService();
    const sources = [createCancelSource(), createCancelSource()];
    const [first, second] = sources.map(({ signal }, index) => service.read({ signal, shareKey: String(index) }));
    await service.answer(0, failed(throttled(20_000)));
    await service.answer(1, failed(throttled(20_000)));
    const third = createCancelSource();
    const waiting = service.read({ signal: third.signal, shareKey: '3' });
    for (const { cancel } of [...sources, third]) cancel();
    expect([await first, await second, await waiting, vi.getTimerCount(), service.requests.length]).toEqual([CANCELLED, CANCELLED, CANCELLED, 0, 2]);
  });
});
