import * as vscode from 'vscode';
import type { CancelSignal } from '../app/ports/cancel.js';
import type { Clock } from '../app/ports/clock.js';
import { createCancelSource, type CancelSource } from '../app/cancelSource.js';
import type { Language } from '../domain/text.js';

/** The language of our texts: Simplified Chinese where VS Code shows it, else English. */
export function displayLanguage(): Language {
  return ['zh', 'zh-cn', 'zh-hans', 'zh-sg'].includes(vscode.env.language.toLowerCase()) ? 'zh' : 'en';
}

/** Whether a version of VS Code, as it says it itself (`1.139.1`, `1.140.0-insider`), is this one or a later one. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [mine = 0, its = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return mine > major || (mine === major && its >= minor);
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    }),
};

/** A cancel source that VS Code's token raises. */
export function fromToken(token: vscode.CancellationToken): CancelSource {
  const source = createCancelSource();
  if (token.isCancellationRequested) source.cancel();
  else token.onCancellationRequested(() => { source.cancel(); });
  return source;
}

/** Resolves when the signal is raised. */
export function raised(signal: CancelSignal): Promise<'cancelled'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('cancelled');
    else signal.addEventListener('abort', () => { resolve('cancelled'); });
  });
}
