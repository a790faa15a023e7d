import { chromium, type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Page } from '../../../src/present/page/page.js';
import { browserOptions } from '../../../tools/browser.mjs';
import { Served, type Look, type Opened } from './servedPage.js';

/** A browser for a file of tests; gives what opens a page in it. What a test opens is closed after it. */
export function withBrowser(): (page: Page, look?: Look) => Promise<Opened> {
  let browser: Browser | undefined;
  let served: Served | undefined;
  const open: Opened[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(browserOptions());
    served = await Served.start();
  });
  afterEach(async () => {
    for (const opened of open.splice(0)) await opened.close();
  });
  afterAll(async () => {
    served?.stop();
    await browser?.close();
  });
  return async (page, look) => {
    if (browser === undefined || served === undefined) throw new Error('The browser has not started.');
    const opened = await served.open(browser, page, look);
    open.push(opened);
    return opened;
  };
}
