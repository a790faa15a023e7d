import type { Locator, Page } from 'playwright-core';

/** What the extension says when a command comes from a row that VS Code is making again at this moment. */
const LOST = 'This row is being made again. Choose it once more.';

/** What was last chosen from a row in each window. */
const chosen = new WeakMap<Page, () => Promise<void>>();

/** Chooses something from a row, and keeps how. */
export async function choose(page: Page, how: () => Promise<void>): Promise<void> {
  chosen.set(page, how);
  await how();
}

/** Waits for what a choice from a row leads to; where the extension asks for it, the choice is made once more, as a person would. */
export async function comes(page: Page, wanted: Locator): Promise<void> {
  const lost = page.locator('.notifications-toasts .notification-list-item', { hasText: LOST }).filter({ visible: true });
  for (;;) {
    await wanted.or(lost).first().waitFor();
    const how = chosen.get(page);
    if ((await lost.count()) === 0 || how === undefined) break;
    await lost.first().hover();
    await lost.first().locator('.codicon-notifications-clear').click();
    await lost.first().waitFor({ state: 'detached' });
    await how();
  }
  await wanted.waitFor();
}
