import { NEVER } from '../../../src/app/cancelSource.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import { Pacing, type PacedRead } from '../../../src/cloud/pacing.js';
import { clientFailure, failed, type Result } from '../../../src/domain/failure.js';
import { deferred, settled, type Deferred } from '../support/deferred.js';

/** A service whose answers the test gives, one for each request that it got. */
export class ScriptedService {
  readonly requests: { readonly signal: CancelSignal; readonly answer: Deferred<Result<string>> }[] = [];
  readonly told: number[] = [];
  readonly pacing = new Pacing<string>({ concurrentReads: 8, onWaiting: (_operation, ms) => this.told.push(ms) });

  read(more: Partial<PacedRead> = {}): Promise<Result<string>> {
    return this.pacing.read({ operation: 'Describe', regionId: 'cn-x', signal: NEVER, shareKey: 'all', ...more }, (signal) => {
      const answer = deferred<Result<string>>();
      this.requests.push({ signal, answer });
      signal.addEventListener('abort', () => { answer.resolve(failed(clientFailure('Client.Cancelled', { reached: 'maybe' }))); });
      return answer.promise;
    });
  }

  async answer(index: number, result: Result<string>): Promise<void> {
    await settled();
    this.requests[index]?.answer.resolve(result);
    await settled();
  }

  aborted(): readonly boolean[] {
    return this.requests.map(({ signal }) => signal.aborted);
  }
}
