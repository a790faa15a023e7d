import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { failed, success, type Result } from '../../../src/domain/failure.js';
import { settled } from '../support/deferred.js';
import { connectionLost, throttled } from '../support/failures.js';
import { ScriptedService } from './scriptedService.js';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** What can happen to readers and requests, in any order. */
type Step =
  | { readonly what: 'read'; readonly key: string | undefined }
  | { readonly what: 'cancel' | 'answer' | 'throttle' | 'break'; readonly which: number }
  | { readonly what: 'wait'; readonly ms: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant('read' as const), key: fc.constantFrom('a', 'b', undefined) }),
    fc.record({ what: fc.constantFrom('cancel' as const, 'answer' as const, 'throttle' as const, 'break' as const), which: fc.nat(9) }),
    fc.record({ what: fc.constant('wait' as const), ms: fc.constantFrom(1, 100, 1_000, 70_000) }),
  ),
  { maxLength: 30 },
);

it('whatever happens in whatever order, each reader gets one end, no request outlives its readers, and no timer is left', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const service = new ScriptedService();
      const readers: { readonly cancel: () => void; cancelled: boolean; readonly ends: Result<string>[] }[] = [];
      for (const step of story) {
        if (step.what === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
        else if (step.what === 'read') {
          const { signal, cancel } = createCancelSource();
          const ends: Result<string>[] = [];
          readers.push({ cancel, cancelled: false, ends });
          void service.read({ signal, shareKey: step.key }).then((end) => ends.push(end));
        } else if (step.what === 'cancel') {
          const reader = readers[step.which];
          if (reader === undefined) continue;
          reader.cancel();
          reader.cancelled = true;
          await settled();
          expect(reader.ends.length).toBe(1);
        } else {
          const results = { answer: success('read'), throttle: failed(throttled(500)), break: failed(connectionLost()) };
          await service.answer(step.which, results[step.what]);
        }
      }
      for (const reader of readers) reader.cancel();
      await settled();
      expect(readers.map(({ ends }) => ends.length)).toEqual(readers.map(() => 1));
      expect(vi.getTimerCount()).toBe(0);
      const sent = service.requests.length;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(service.requests.length).toBe(sent);
    }),
  );
});
