import * as vscode from 'vscode';
import type { CancelSignal } from '../app/ports/cancel.js';
import { createCancelSource } from '../app/cancelSource.js';

/** A row of a quick pick that carries what it stands for. */
export interface PickItem<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** What the person did: chose, went back, or closed the box. */
export type Picked<T> = { readonly kind: 'picked'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'closed' };

export interface PickStep<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: { readonly at: number; readonly of: number } | undefined;
  readonly canGoBack: boolean;
  /** Fills the box while it is already open; told to stop when it closes. */
  readonly fill: (show: (items: readonly PickItem<T>[]) => void, signal: CancelSignal) => Promise<void>;
  /** Rows made from what is typed, such as an id that is not listed. */
  readonly typed?: (text: string) => PickItem<T> | undefined;
  /** What was chosen or typed before, when the person comes back to this step. */
  readonly before?: { readonly text: string } | undefined;
  readonly onText?: (text: string) => void;
}

/** One step of a dialog: open at once and busy, filled as answers arrive, aborted when it is closed. */
export function pickStep<T>(step: PickStep<T>): Promise<Picked<T>> {
  const source = createCancelSource();
  const box = vscode.window.createQuickPick<PickItem<T>>();
  box.title = step.title;
  box.placeholder = step.placeholder;
  box.step = step.step?.at;
  box.totalSteps = step.step?.of;
  box.buttons = step.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.ignoreFocusOut = true;
  box.value = step.before?.text ?? '';
  box.busy = true;

  let items: readonly PickItem<T>[] = [];
  const render = () => {
    const typed = step.typed?.(box.value.trim());
    // Rows that arrive must not move the person's choice.
    box.keepScrollPosition = true;
    box.items = typed === undefined ? items : [typed, ...items];
  };

  return new Promise((resolve, reject) => {
    const finish = (result: Picked<T>) => {
      source.cancel();
      resolve(result);
      box.dispose();
    };
    box.onDidAccept(() => {
      const chosen = box.selectedItems[0] ?? box.activeItems[0];
      if (chosen?.value !== undefined) finish({ kind: 'picked', value: chosen.value });
    });
    box.onDidTriggerButton(() => { finish({ kind: 'back' }); });
    box.onDidHide(() => { finish({ kind: 'closed' }); });
    box.onDidChangeValue((text) => {
      step.onText?.(text);
      render();
    });
    box.show();
    render();
    void step
      .fill((filled) => {
        if (source.signal.aborted) return;
        items = filled;
        render();
      }, source.signal)
      .then(() => {
        if (!source.signal.aborted) box.busy = false;
      })
      .catch((error: unknown) => {
        // A fault of ours: the box goes, and whoever registered the command says so.
        source.cancel();
        box.dispose();
        reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

/** A line that divides rows. */
export function separator<T>(label: string): PickItem<T> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
