import type { Locator, Page } from 'playwright-core';
import { comes } from './chosenAgain.js';
import { allRows, reveal } from './list.js';
import { exactly, until } from './until.js';

export interface PickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The heading it stands under. */
  readonly section: string;
  /** Undefined where only one can be chosen. */
  readonly checked: boolean | undefined;
  readonly buttons: readonly string[];
}

/** The picker, or the input box: whatever VS Code shows at the top at the moment. */
export class QuickPick {
  readonly widget: Locator;
  readonly #input: Locator;
  readonly #list: Locator;

  constructor(readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.#input = this.widget.locator('.quick-input-box input');
    this.#list = this.widget.locator('.quick-input-list .monaco-list');
  }

  /** Waits until a picker is open, by title if one is given. */
  async opened(title?: string): Promise<this> {
    await comes(this.page, this.widget.filter({ visible: true }));
    if (title !== undefined) await this.widget.locator('.quick-input-title', { hasText: title }).waitFor();
    return this;
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async isOpen(): Promise<boolean> {
    return this.widget.isVisible();
  }

  async title(): Promise<string> {
    return this.widget.locator('.quick-input-title').innerText();
  }

  async placeholder(): Promise<string> {
    return (await this.#input.getAttribute('placeholder')) ?? '';
  }

  /** The line under the input: what an input box asks for, or why it refuses the value. */
  async message(): Promise<string> {
    return this.widget.locator('.quick-input-message').innerText();
  }

  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** Waits until nothing more is being loaded; seen several times running, since a picker opens before it says that it loads. */
  async ready(): Promise<void> {
    let seen = 0;
    await until('the picker has loaded', async () => {
      seen = (await this.widget.locator('.quick-input-progress.done').count()) > 0 ? seen + 1 : 0;
      return seen >= 4;
    });
  }

  /** All items in order, also those outside the visible part. Waits for the first. */
  async items(): Promise<PickItem[]> {
    await this.#list.locator('.monaco-list-row').first().waitFor();
    const items: PickItem[] = [];
    let section = '';
    for (const row of await allRows(this.#list)) {
      if (row.separator !== '') section = row.separator;
      // While filtering, a heading is a row of its own.
      if (row.label !== '') items.push({ label: row.label, description: row.description, detail: row.detail, section, checked: row.checked, buttons: row.actions });
    }
    return items;
  }

  async labels(): Promise<string[]> {
    return (await this.items()).map(({ label }) => label);
  }

  /** The headings in order. */
  async sections(): Promise<string[]> {
    return [...new Set((await this.items()).map(({ section }) => section))];
  }

  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Confirms what is typed, checked or focused. */
  async accept(): Promise<void> {
    await this.#input.press('Enter');
  }

  /** Clicks an item: chooses it, or checks it where several can be chosen. */
  async select(label: string): Promise<void> {
    const row = await this.item(label);
    // A hover of the row that the mouse rests on covers its neighbours for as long as it rests there.
    await this.#input.hover();
    await row.locator('.label-name').first().click();
  }

  /** Presses a button inside an item. */
  async itemButton(label: string, button: string): Promise<void> {
    const row = await this.item(label);
    await row.hover();
    await row.getByRole('button', { name: button }).click();
  }

  async back(): Promise<void> {
    await this.widget.locator('.quick-input-titlebar .codicon-quick-input-back').click();
  }

  /** Presses a button of the title bar or beside the input. */
  async button(name: string): Promise<void> {
    await this.widget.locator('.quick-input-titlebar, .quick-input-inline-action-bar, .quick-input-action').getByRole('button', { name }).first().click();
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.closed();
  }

  /** An item's row, scrolled into view. */
  async item(label: string): Promise<Locator> {
    const row = this.#list.locator('.monaco-list-rows > .monaco-list-row').filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
    return reveal(this.#list, row, `"${label}" in the picker`);
  }

  /** Waits until the items satisfy something, and gives them. */
  async itemsWhere(what: string, holds: (items: readonly PickItem[]) => boolean): Promise<PickItem[]> {
    return until(what, async () => {
      const items = await this.items();
      return holds(items) ? items : undefined;
    });
  }
}
