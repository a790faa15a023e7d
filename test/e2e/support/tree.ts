import type { Locator } from 'playwright-core';
import { choose } from './chosenAgain.js';
import { allRows, reveal, visibleRows } from './list.js';
import { chooseEntry, menuEntries } from './menu.js';
import { exactly, until } from './until.js';

/** A row as a person reads it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the roots. */
  readonly level: number;
  /** Undefined for a row that cannot be opened. */
  readonly expanded: boolean | undefined;
}

/** A tree as nested arrays: a leaf is its text, an open node its text and its children. */
export type TreeShape = string | readonly [string, readonly TreeShape[]];

/** The text that VS Code shows beside the mouse. */
export const HOVER = '.monaco-hover:visible, .workbench-hover:visible';

/** One view of the side bar that shows a tree. */
export class Tree {
  readonly #list: Locator;

  constructor(readonly pane: Locator) {
    this.#list = pane.locator('.monaco-list').first();
  }

  /** All rows that are open, also those outside the visible part. Waits for the first. */
  async rows(): Promise<TreeRow[]> {
    await this.#list.locator('.monaco-list-row').first().waitFor();
    return (await allRows(this.#list)).map(({ label, description, level, expanded }) => ({ label, description, level, expanded }));
  }

  async labels(): Promise<string[]> {
    return (await this.rows()).map(({ label }) => label);
  }

  /** The open part of the tree as nested arrays of `label` or, if wanted, `label · description`. */
  async shape({ descriptions = false } = {}): Promise<TreeShape[]> {
    const rows = await this.rows();
    const under = (from: number, level: number): TreeShape[] => {
      const shapes: TreeShape[] = [];
      for (let at = from; at < rows.length; at += 1) {
        const row = rows[at];
        if (row === undefined || row.level < level) break;
        if (row.level > level) continue;
        const text = descriptions && row.description !== '' ? `${row.label} · ${row.description}` : row.label;
        shapes.push(row.expanded === true ? [text, under(at + 1, level + 1)] : text);
      }
      return shapes;
    };
    return under(0, 1);
  }

  /** A row by its label; scrolled into view. */
  async row(label: string): Promise<Locator> {
    const { page } = this;
    const row = this.#list.locator('.monaco-list-rows > .monaco-list-row').filter({ has: page.locator('.label-name', { hasText: exactly(label) }) });
    return reveal(this.#list, row, `"${label}"`);
  }

  /** Opens rows one below the other: `expand('China (Hangzhou)', 'Instances')`. Waits for each one's children. */
  async expand(...labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      const row = await this.row(label);
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click();
      await this.#settled(label, 'true');
    }
  }

  async collapse(label: string): Promise<void> {
    const row = await this.row(label);
    if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
    await this.#settled(label, 'false');
  }

  /** Clicks a row, which also runs the row's own command; several are chosen together with Control held. */
  async select(...labels: readonly string[]): Promise<void> {
    for (const [at, label] of labels.entries()) {
      await pressed((await this.row(label)).locator('.label-name'), at === 0 ? {} : { modifiers: ['Control'] });
    }
    await until(`selected: ${labels.join(', ')}`, async () => {
      const selected = await this.selection();
      return labels.every((label) => selected.includes(label));
    });
  }

  /** The labels of the selected rows, as far as they are in sight. */
  async selection(): Promise<string[]> {
    return (await visibleRows(this.#list)).filter((row) => row.selected).map((row) => row.label);
  }

  /** Opens a row and does not wait for what is below it. */
  async beginToExpand(label: string): Promise<void> {
    await (await this.row(label)).locator('.monaco-tl-twistie').click();
  }

  /** What a right click on a row offers. */
  async menu(label: string): Promise<string[]> {
    await (await this.row(label)).click({ button: 'right' });
    const entries = await menuEntries(this.page);
    await this.page.keyboard.press('Escape');
    await this.page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
    return entries;
  }

  /** Right click on a row, then an entry (several names for a submenu). Keeps a selection that holds the row. */
  async contextMenu(label: string, ...entry: readonly string[]): Promise<void> {
    await choose(this.page, async () => {
      await pressed(await this.row(label), { button: 'right' });
      await chooseEntry(this.page, ...entry);
    });
  }

  /** Presses a button that a row shows when the mouse is over it. */
  async action(label: string, action: string): Promise<void> {
    await choose(this.page, async () => {
      const button = await until(`"${label}" shows ${action}`, async () => {
        const row = await this.row(label);
        // A row that is drawn anew under the mouse is not one that the mouse is over: then once more.
        await row.hover();
        const shown = row.getByRole('button', { name: action }).first();
        return shown.waitFor({ timeout: 3_000 }).then(() => shown, () => undefined);
      });
      await button.click();
    });
  }

  async drag(label: string, onto: string): Promise<void> {
    await (await this.row(label)).dragTo(await this.row(onto));
  }

  /** Whether the view has no row at all. */
  async isBare(): Promise<boolean> {
    return (await visibleRows(this.#list)).length === 0;
  }

  /** The hover's text over a row, which is more than the row's label. */
  async tooltip(label: string): Promise<string> {
    const hover = this.page.locator(HOVER).last();
    return until(`a hover over "${label}"`, async () => {
      // From outside each time: one row's hover gives way to no other, and none comes where a row was drawn anew under the mouse.
      await this.leave();
      await (await this.row(label)).locator('.label-name').hover();
      // Until the text is made, the label stands in its place.
      return hover.filter({ hasNotText: exactly(label) }).waitFor({ timeout: 5_000 }).then(() => hover.innerText(), () => undefined);
    });
  }

  /** Takes the mouse off the tree: a row's hover lies over its neighbours, and no other comes while it is there. */
  async leave(): Promise<void> {
    await this.page.mouse.move(900, 600);
    await this.page.locator(HOVER).first().waitFor({ state: 'hidden' });
  }

  /** The text shown instead of a tree: a message above it or the welcome view. */
  async message(): Promise<string> {
    // What VS Code says itself while the extension is being loaded is not meant.
    const text = this.pane.locator('.welcome-view-content:visible, .message:visible').filter({ hasNotText: 'There is no data provider registered' }).first();
    await text.waitFor();
    return text.innerText();
  }

  /** Presses a button of the welcome view. */
  async welcome(button: string): Promise<void> {
    await this.pane.locator('.welcome-view-content').getByRole('button', { name: button, exact: true }).click();
  }

  /** Presses an icon of the view's title bar. */
  async titleAction(name: string): Promise<void> {
    await this.pane.locator('.pane-header').hover();
    await this.pane.locator('.pane-header').getByRole('button', { name }).first().click();
  }

  async #settled(label: string, expanded: 'true' | 'false'): Promise<void> {
    await until(`"${label}" is ${expanded === 'true' ? 'open' : 'closed'}`, async () => {
      const row = await this.row(label);
      const busy = await row.locator('.codicon-tree-item-loading').count();
      return (await row.getAttribute('aria-expanded')) === expanded && busy === 0 && (expanded === 'false' || (await this.#isFilled(label)));
    });
  }

  /** Whether something stands below an open row, if only the word that there is nothing. */
  async #isFilled(label: string): Promise<boolean> {
    const rows = await visibleRows(this.#list);
    const at = rows.findIndex((row) => row.label === label && row.expanded === true);
    const [row, next] = [rows[at], rows[at + 1]];
    return row !== undefined && (next === undefined ? !row.last : next.level > row.level);
  }

  private get page() {
    return this.pane.page();
  }
}

/** Clicks, with the mouse there first: the hover of a row over which it was left would cover others for as long as it stays. */
async function pressed(target: Locator, options: Parameters<Locator['click']>[0]): Promise<void> {
  await target.hover({ force: true });
  await target.click(options);
}
