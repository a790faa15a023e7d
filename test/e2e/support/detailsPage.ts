import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { exactly } from './until.js';
import type { Workbench } from './workbench.js';

/** The page of details that is in sight. */
export class DetailsPage {
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.frame = workbench.webview();
  }

  /** Waits until the page of that title is shown and has read what it tells. */
  async read(title: string): Promise<void> {
    await this.titled(title);
    await this.frame.locator('.age time').waitFor();
  }

  /** Waits until the page of that title is shown, whatever it tells. */
  async titled(title: string): Promise<void> {
    await this.frame.locator('h1', { hasText: exactly(title) }).waitFor();
  }

  /** A section by its id. */
  section(id: string): Locator {
    return this.frame.locator(`section[data-section="${id}"]`);
  }

  /** The ids of the sections, in their order. */
  async sections(): Promise<string[]> {
    // The tests are compiled without the DOM's types: what is evaluated runs in the page.
    return this.frame.locator('section').evaluateAll((all) => all.map((section) => (section as unknown as { readonly dataset: Readonly<Record<string, string>> }).dataset['section'] ?? ''));
  }

  /** Presses a button of the page, or of a part of it. */
  async press(name: string, within: Locator | FrameLocator = this.frame): Promise<void> {
    await within.locator('vscode-button', { hasText: exactly(name) }).first().click();
  }

  /** Follows a link by its words; of several the first. */
  async follow(words: string, within: Locator | FrameLocator = this.frame): Promise<void> {
    await within.locator('button.link', { hasText: exactly(words) }).first().click();
  }

  /** A note above the sections, by words in it. */
  note(words: string | RegExp): Locator {
    return this.frame.locator('.notes > *', { hasText: words });
  }

  /** The frame of the page as it is now: another one after it was hidden and shown again. */
  async inside(): Promise<Frame> {
    const frame = await (await this.frame.locator('body').elementHandle()).ownerFrame();
    if (frame === null) throw new Error('The page has no frame.');
    return frame;
  }
}
