import * as vscode from 'vscode';

/** A notification as the extension asked for it. */
export interface Shown {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly string[];
}

type Show = (message: string, ...rest: readonly unknown[]) => Promise<string | undefined>;

const SHOW = { showInformationMessage: 'info', showWarningMessage: 'warning', showErrorMessage: 'error' } as const;

/**
 * Dialogs can't be shown while a suite runs, and toasts are suppressed: the window's own functions are replaced
 * by ones that remember what was shown and answer the dialogs.
 */
export class Messages {
  readonly shown: Shown[] = [];
  /** Message and detail of each dialog. */
  readonly asked: string[] = [];
  answer: 'yes' | 'no' = 'yes';
  #originals: Readonly<Record<string, unknown>> = {};

  install(): void {
    const replace = (severity: Shown['severity']): Show => (message, ...rest) => {
      const [options, ...items] = rest;
      // Plain notifications pass their buttons where a dialog passes its options.
      if (typeof options === 'object' && options !== null) {
        this.asked.push(`${message}\n${String((options as { readonly detail?: string }).detail)}`);
        return Promise.resolve(this.answer === 'yes' ? String(items[0]) : undefined);
      }
      this.shown.push({ severity, message, buttons: rest.map(String) });
      return Promise.resolve(undefined);
    };
    this.#originals = Object.fromEntries(Object.keys(SHOW).map((name) => [name, Reflect.get(vscode.window, name) as unknown]));
    for (const [name, severity] of Object.entries(SHOW)) Object.assign(vscode.window, { [name]: replace(severity) });
  }

  clear(): void {
    this.shown.length = 0;
    this.asked.length = 0;
    this.answer = 'yes';
  }

  restore(): void {
    Object.assign(vscode.window, this.#originals);
  }
}
