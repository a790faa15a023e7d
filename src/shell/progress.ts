import * as vscode from 'vscode';
import { createCancelSource, type CancelSource } from '../app/cancelSource.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import { clientFailure, failed, type Result } from '../domain/failure.js';
import { raised } from './platform.js';

/** What is over sooner needs no box that says that it is under way. */
const BLINK_MS = 400;

export interface Task<T> {
  readonly title: string;
  /** Raised when the person ends it; also by whoever else holds the source. */
  readonly source?: CancelSource;
  readonly run: (signal: CancelSignal, report: (message: string) => void) => Promise<T>;
}

/**
 * Runs something that the person can end; ending it ends the wait at once, not what was already sent (law 7). A box
 * is shown only when it takes longer than a blink.
 */
export async function withCancel<T>({ title, source = createCancelSource(), run }: Task<T>): Promise<Result<T>> {
  let report: (message: string) => void = () => undefined;
  let last: string | undefined;
  const work = run(source.signal, (message) => {
    last = message;
    report(message);
  });
  const done = work.then((value) => ({ ok: true, value }) as const);
  const ended = Promise.race([done, raised(source.signal)]);
  const quick = await Promise.race([ended, blink()]);
  const first = quick === 'late' ? await box() : quick;
  return first === 'cancelled' ? failed(clientFailure('Client.Cancelled')) : first;

  function box() {
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
      token.onCancellationRequested(() => { source.cancel(); });
      report = (message) => { progress.report({ message }); };
      if (last !== undefined) report(last);
      return ended;
    });
  }
}

function blink(): Promise<'late'> {
  return new Promise((resolve) => {
    setTimeout(() => { resolve('late'); }, BLINK_MS);
  });
}
