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
  /** A row as it is while this is typed, such as with its tags. */
  readonly dressed?: (item: PickItem<T>, text: string) => PickItem<T>;
  /** What was chosen or typed before, when the person comes back to this step. */
  readonly before?: { readonly text: string } | undefined;
  readonly onText?: (text: string) => void;
  /** Closes the box when it is raised: what it offers is another account's by then. */
  readonly until?: CancelSignal;
}

/** Whether several rows may be chosen: never, when the person asks for it by a button, or always. */
export interface PickSeveral<T> extends PickStep<T> {
  readonly several: 'onDemand' | 'always';
  /** What tells a row from the others while its words may change. */
  readonly keyOf: (value: T) => string;
  /** Rows that are ticked as soon as they are there. */
  readonly ticked?: (value: T) => boolean;
  /** To choose none is a choice, too. */
  readonly mayBeEmpty?: boolean;
}

/** One step of a dialog: open at once and busy, filled as answers arrive, aborted when it is closed. */
export async function pickStep<T>(step: PickStep<T>): Promise<Picked<T>> {
  const picked = await new PickBox<T>(step).picked();
  if (picked.kind !== 'picked') return picked;
  const [value] = picked.value;
  return value === undefined ? { kind: 'closed' } : { kind: 'picked', value };
}

/** The same, for several rows at once. */
export function pickSeveral<T>(step: PickSeveral<T>): Promise<Picked<readonly T[]>> {
  return new PickBox<T>(step).picked();
}

class PickBox<T> {
  readonly #step: PickStep<T> & Partial<PickSeveral<T>>;
  readonly #box = vscode.window.createQuickPick<PickItem<T>>();
  readonly #source = createCancelSource();
  readonly #severalButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('checklist'), tooltip: vscode.l10n.t('Choose several') };
  /** Rows that were seen before, so that a tick that was taken away stays away. */
  readonly #seen = new Set<string>();
  #items: readonly PickItem<T>[] = [];

  constructor(step: PickStep<T> & Partial<PickSeveral<T>>) {
    this.#step = step;
    const box = this.#box;
    box.title = step.title;
    box.placeholder = step.placeholder;
    box.step = step.step?.at;
    box.totalSteps = step.step?.of;
    box.buttons = [...(step.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...(step.several === 'onDemand' ? [this.#severalButton] : [])];
    box.canSelectMany = step.several === 'always';
    box.matchOnDescription = true;
    box.matchOnDetail = true;
    box.ignoreFocusOut = true;
    box.value = step.before?.text ?? '';
    box.busy = true;
  }

  picked(): Promise<Picked<readonly T[]>> {
    const box = this.#box;
    return new Promise((resolve, reject) => {
      const { until } = this.#step;
      const end = () => { finish({ kind: 'closed' }); };
      const finish = (result: Picked<readonly T[]>) => {
        until?.removeEventListener('abort', end);
        this.#source.cancel();
        resolve(result);
        box.dispose();
      };
      until?.addEventListener('abort', end);
      box.onDidAccept(() => {
        const values = this.#chosen();
        if (values.length > 0 || this.#step.mayBeEmpty === true) finish({ kind: 'picked', value: values });
      });
      box.onDidTriggerButton((button) => {
        if (button === this.#severalButton) this.#toggleSeveral();
        else finish({ kind: 'back' });
      });
      box.onDidHide(end);
      box.onDidChangeValue((text) => {
        this.#step.onText?.(text);
        this.#render();
      });
      box.show();
      this.#render();
      void this.#fill((error) => {
        // A fault of ours: the box goes, and whoever registered the command says so.
        this.#source.cancel();
        box.dispose();
        reject(error);
      });
    });
  }

  async #fill(fail: (error: Error) => void): Promise<void> {
    try {
      await this.#step.fill((filled) => {
        if (this.#source.signal.aborted) return;
        this.#items = filled;
        this.#render();
      }, this.#source.signal);
      if (!this.#source.signal.aborted) this.#box.busy = false;
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #chosen(): readonly T[] {
    const box = this.#box;
    // Who is quick presses Enter before the row for what was typed is there.
    const rows = box.canSelectMany ? box.selectedItems : [box.selectedItems[0] ?? box.activeItems[0] ?? this.#step.typed?.(box.value.trim())];
    return rows.flatMap((row) => row?.value ?? []);
  }

  #toggleSeveral(): void {
    this.#box.canSelectMany = !this.#box.canSelectMany;
    this.#render();
  }

  #render(): void {
    const { typed, dressed } = this.#step;
    const box = this.#box;
    const text = box.value.trim();
    const row = typed?.(text);
    // What is typed and listed shows what is known of it: its name, and why it may not be.
    const listed = row === undefined ? undefined : this.#items.find((item) => item.value !== undefined && this.#keyOf(item) === this.#keyOf(row));
    const top = listed === undefined ? row : { ...listed, alwaysShow: true };
    const others = this.#items.filter((item) => item !== listed);
    const items = dressed === undefined ? others : others.map((item) => (item.kind === vscode.QuickPickItemKind.Separator ? item : dressed(item, text)));
    const kept = new Set(box.selectedItems.map((item) => this.#keyOf(item)));
    // Rows that arrive must not move the person's choice.
    box.keepScrollPosition = true;
    box.items = top === undefined ? items : [top, ...items];
    if (box.canSelectMany) this.#tick(kept);
  }

  /** New rows have made all ticks go: those of before come back, and rows that are to be ticked are, once. */
  #tick(kept: ReadonlySet<string>): void {
    const { ticked } = this.#step;
    const isNew = (item: PickItem<T>) => !this.#seen.has(this.#keyOf(item));
    this.#box.selectedItems = this.#box.items.filter((item) => kept.has(this.#keyOf(item)) || (item.value !== undefined && isNew(item) && ticked?.(item.value) === true));
    for (const item of this.#box.items) this.#seen.add(this.#keyOf(item));
  }

  #keyOf({ value, label }: PickItem<T>): string {
    return value === undefined ? label : (this.#step.keyOf?.(value) ?? label);
  }
}

/** A line that divides rows. */
export function separator<T>(label: string): PickItem<T> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
