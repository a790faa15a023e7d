import type { Page } from 'playwright-core';
import { exactly } from './until.js';

/** The open context menu's entries, in order; separators left out. */
export async function menuEntries(page: Page): Promise<string[]> {
  await page.locator('.monaco-menu .action-label:not(.separator)').first().waitFor();
  return (await page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)').allTextContents()).map((text) => text.trim());
}

/**
 * Chooses an entry of the open context menu; several names lead into submenus. By keyboard: a menu
 * ignores the mouse button for a moment after it has opened.
 */
export async function chooseEntry(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const label = page.locator('.action-label', { hasText: exactly(name) });
    const item = page.locator('.monaco-menu .action-item').filter({ has: label }).last();
    await item.hover();
    await page.locator('.monaco-menu .action-item.focused').filter({ has: label }).last().waitFor();
    await page.keyboard.press('Enter');
  }
  await page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
}
