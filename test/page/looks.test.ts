import { describe, expect, it } from 'vitest';
import { wrongForAxe } from './support/axe.js';
import { withBrowser } from './support/browser.js';
import { samplePage } from './support/samplePage.js';
import { THEMES } from './support/servedPage.js';

const open = withBrowser();

/** Rows of the table, which axe-core goes through one by one. */
const FEW = 6;

/** The toolkit writes a style attribute; the policy forbids it, and nothing is lost by that. */
const KNOWN = ['style-src-attr inline'];

describe.each(THEMES)('a page in the theme %s', (theme) => {
  it('has nothing that axe-core finds wrong, in any of its states, and breaks its policy once, in the known way', async () => {
    const opened = await open(samplePage(FEW), { theme });
    const { tab } = opened;
    expect(await wrongForAxe(tab)).toEqual([]);
    await tab.locator('summary').click();
    await tab.getByRole('button', { name: 'Priority' }).click();
    await tab.locator('input').fill('nothing holds this');
    await tab.getByText('No row fits').waitFor();
    await tab.getByRole('button', { name: 'Refresh' }).click();
    await opened.answer('The region does not answer.');
    await tab.getByText('The region does not answer.').waitFor();
    expect(await wrongForAxe(tab)).toEqual([]);
    await tab.getByRole('combobox', { name: 'Protocol' }).click();
    await tab.getByRole('option', { name: 'TCP' }).waitFor();
    expect(await wrongForAxe(tab)).toEqual([]);
    expect(await opened.violations()).toEqual(KNOWN);
  });

  it('reads without scripts', async () => {
    const { tab } = await open(samplePage(FEW), { theme, lifeless: true });
    expect(await wrongForAxe(tab)).toEqual([]);
    await tab.getByText('Scripts did not run').waitFor();
  });
});

describe.each([['a window 300 pixels wide', { width: 300 }], ['200 % zoom', { width: 600, zoom: 2 }]])('a page at %s', (_what, look) => {
  it('scrolls to the side only in boxes that the keyboard reaches, and cuts nothing off', async () => {
    const { tab } = await open(samplePage(FEW), { theme: 'light', ...look });
    const wide = await tab.evaluate(() => ({
      page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      // Whatever lies outside the window and in no box that scrolls.
      outside: [...document.querySelectorAll('main *')].filter((one) => one.closest('.scroll') === null && one.getBoundingClientRect().right > innerWidth + 1).map(({ tagName }) => tagName),
      boxes: [...document.querySelectorAll<HTMLElement>('.scroll')].map(({ scrollWidth, clientWidth, tabIndex }) => [scrollWidth > clientWidth, tabIndex]),
    }));
    expect(wide).toEqual({ page: 0, outside: [], boxes: [[true, 0], [true, 0]] });
  });
});

describe('a page whose scripts are blocked', () => {
  it('says all that it says with them, and that they did not run', async () => {
    const [alive, lifeless] = [await open(samplePage()), await open(samplePage(), { lifeless: true })];
    const texts = (opened: typeof alive) => opened.tab.evaluate(() => [...document.querySelectorAll('h1, h2, h3, dt, dd, li, td, caption, .note p, svg text')].map(({ textContent }) => textContent));
    const [with_, without] = [await texts(alive), await texts(lifeless)];
    // The first piece of the table is there at once, the rest of it comes later.
    expect(without).toEqual(expect.arrayContaining(with_));
    expect(await lifeless.tab.locator('tbody tr').count()).toBe(60);
    await lifeless.tab.getByText('Scripts did not run: the page can be read, but its buttons do nothing.').waitFor();
    expect(await alive.tab.getByText('Scripts did not run').count()).toBe(0);
    // What only scripts can do is not offered.
    expect(await lifeless.tab.locator('vscode-text-field, vscode-dropdown').evaluateAll((fields) => fields.map((field) => getComputedStyle(field).visibility))).toEqual(['hidden', 'hidden', 'hidden', 'hidden']);
  });

  it('says when its facts were read, which stays true', async () => {
    const { tab } = await open(samplePage(), { lifeless: true });
    expect(await tab.locator('.age').textContent()).toBe('Read at 2026-11-26 12:00:00 UTC');
  });
});
