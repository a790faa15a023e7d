import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import type { HostHandle } from '../../../tools/host.mjs';
import { SCREENSHOTS } from '../../../tools/paths.mjs';
import { Modal, Toasts } from './messages.js';
import { QuickPick } from './quickPick.js';
import { Tree } from './tree.js';
import { exactly, until } from './until.js';

/** One window of VS Code. */
export class Workbench {
  readonly quickPick: QuickPick;
  readonly toasts: Toasts;
  readonly modal: Modal;

  constructor(
    readonly page: Page,
    readonly host: HostHandle,
  ) {
    this.quickPick = new QuickPick(page);
    this.toasts = new Toasts(page);
    this.modal = new Modal(page);
  }

  /** Waits until the window can be used. */
  async ready(): Promise<this> {
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
    return this;
  }

  /** Loads the window anew, as a restart would: the same profile, a new extension host. */
  async reload(): Promise<this> {
    await this.page.reload({ waitUntil: 'commit' });
    return this.ready();
  }

  /** The same as a person does it: VS Code keeps first what it gives back afterwards, such as the open editors. */
  async restart(): Promise<this> {
    const loaded = this.page.waitForEvent('domcontentloaded', { timeout: 60_000 });
    await this.runCommand('Developer: Reload Window');
    await loaded;
    return this.ready();
  }

  /**
   * Runs a command by the title that the palette shows, category included: `ECS: Refresh`. The
   * palette does not follow commands that arrive while it is open, so it is opened again until the
   * command is there.
   */
  async runCommand(title: string): Promise<void> {
    const row = this.quickPick.widget.locator('.monaco-list-row').filter({ has: this.page.locator('.label-name', { hasText: exactly(title) }) });
    let isOffered = false;
    const attempt = async () => {
      await this.#openPalette(title);
      await row.first().waitFor({ timeout: 3_000 });
      isOffered = true;
      await row.first().click({ timeout: 3_000 });
      return true;
    };
    // A click may be done and not come back, as when a terminal takes the focus: a dialog is open then, and no palette opens above it.
    await until(`the palette offers "${title}"`, () => attempt().catch(async () => isOffered && (await this.modal.isOpen())), 60_000);
  }

  /** The titles that the palette offers for a search. */
  async findCommands(search: string): Promise<string[]> {
    const attempt = async () => {
      await this.#openPalette(search);
      await this.quickPick.widget.locator('.monaco-list-row').first().waitFor({ timeout: 3_000 });
      return this.quickPick.labels();
    };
    const labels = await until(`the palette offers something for "${search}"`, () => attempt().catch(() => undefined), 60_000);
    await this.quickPick.escape();
    return labels;
  }

  async #openPalette(search: string): Promise<void> {
    const input = this.quickPick.widget.locator('input[placeholder^="Type the name of a command"]');
    await this.page.keyboard.press('F1');
    await input.fill(`>${search}`, { timeout: 3_000 });
  }

  /** Opens a container of the activity bar, and gives one of its views. */
  async openView(container: string, view: string): Promise<Tree> {
    const tab = this.page.locator('.part.activitybar').getByRole('tab', { name: container });
    await tab.waitFor();
    const pane = this.page.locator('.part.sidebar .pane').filter({ has: this.page.locator('.pane-header h3.title', { hasText: exactly(view) }) });
    // A restored window selects its container some time after it can be used; a click then would close it.
    await until(`"${view}" is shown`, async () => {
      if (await pane.isVisible()) return true;
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.locator('a').first().click();
      return pane.waitFor({ timeout: 3_000 }).then(() => true, () => false);
    }, 60_000);
    if ((await pane.locator('.pane-header').getAttribute('aria-expanded')) === 'false') await pane.locator('.pane-header').click();
    return new Tree(pane);
  }

  /** The text of an output channel, from the disk; of this window if it was opened last. */
  output(channel = 'ECS Explorer'): string {
    return this.host.logs(channel);
  }

  /** Waits until the output channel holds something, and gives the whole text. */
  async outputWith(text: string | RegExp, channel = 'ECS Explorer'): Promise<string> {
    return until(`the output channel "${channel}" holds ${String(text)}`, () => {
      const all = this.output(channel);
      return (typeof text === 'string' ? all.includes(text) : text.test(all)) ? all : undefined;
    });
  }

  /** The texts of the status bar, from left to right. */
  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator('.part.statusbar .statusbar-item:visible').allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Clicks a status bar item by a part of its text. */
  async clickStatusBar(text: string | RegExp): Promise<void> {
    await this.page.locator('.part.statusbar .statusbar-item a', { hasText: text }).first().click();
  }

  /** The titles of the open editors. */
  async editors(): Promise<string[]> {
    return this.page.locator('.part.editor .tabs-container .tab .label-name').allInnerTexts();
  }

  /** The content of the webview that is open. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** A picture in `dist/screenshots/`; gives the file. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}
