import { describe, expect, it } from 'vitest';
import { withBrowser } from './support/browser.js';
import { rowsPage, rulesTable, samplePage } from './support/samplePage.js';
import type { Page } from '../../src/present/page/page.js';

const open = withBrowser();

/** The priorities of the rows that are drawn, from the top. */
const FIRST_CELLS = (cells: readonly Element[]) => cells.map(({ textContent }) => textContent);

describe('a page', () => {
  it('is used by keyboard alone, and keeps the focus where it is', async () => {
    const opened = await open(samplePage(6));
    const { tab } = opened;
    const focused = () => tab.evaluate(() => document.activeElement?.textContent.trim());
    await tab.keyboard.press('Tab');
    expect(await focused()).toBe('Join Security Group…');
    await tab.keyboard.press('Enter');
    await expect.poll(() => opened.asked()).toContainEqual({ say: 'follow', link: 'join' });
    await opened.answer();
    await tab.getByRole('button', { name: 'vpc-bp1production' }).focus();
    await tab.keyboard.press('Space');
    await expect.poll(() => opened.asked()).toContainEqual({ say: 'follow', link: 'vpc' });
    await tab.getByRole('button', { name: 'Priority' }).focus();
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Enter');
    await expect.poll(() => tab.locator('th').first().getAttribute('aria-sort')).toBe('descending');
    await opened.show({ ...samplePage(6), title: 'web-1, read again' });
    expect(await focused()).toBe('Priority');
    expect(await tab.locator('tbody td:first-child').evaluateAll(FIRST_CELLS)).toEqual(['6', '5', '4', '3', '2', '1']);
  });

  it('gives the focus to the heading of its section when what had it is gone', async () => {
    const opened = await open(samplePage(6));
    await opened.tab.getByRole('button', { name: 'Priority' }).focus();
    await opened.show({ ...samplePage(6), sections: samplePage(6).sections.map((section) => (section.id === 'rules' ? { ...section, blocks: [] } : section)) });
    expect(await opened.tab.evaluate(() => document.activeElement?.textContent)).toBe('Effective rules');
  });

  it('finds by search, filter and order, tells how many are left, and sends what is left with an export', async () => {
    const opened = await open(rowsPage(100));
    const { tab } = opened;
    await tab.locator('input').pressSequentially('udp');
    await tab.locator('[role=status]').getByText('25 of 100 rows').waitFor();
    await tab.getByRole('combobox', { name: 'Policy' }).focus();
    for (const key of ['ArrowDown', 'ArrowDown']) await tab.keyboard.press(key);
    await tab.keyboard.press('Enter');
    await tab.locator('[role=status]').getByText('3 of 100 rows').waitFor();
    await tab.getByRole('button', { name: 'Export as CSV' }).click();
    await expect.poll(async () => (await opened.asked()).at(-1)).toMatchObject({ say: 'follow', link: 'csv', table: { id: 'rules', rows: [17, 45, 73] } });
    await tab.locator('input').fill('nothing holds this');
    await tab.getByRole('button', { name: 'Clear search and filters' }).click();
    await tab.locator('[role=status]').getByText('100 rows', { exact: true }).waitFor();
    expect(await tab.locator('input').inputValue()).toBe('');
    // The tests are compiled without the DOM's types: what is evaluated runs in the page.
    expect(await tab.getByRole('combobox', { name: 'Policy' }).evaluate((field) => (field as unknown as { readonly value: string }).value)).toBe('');
  });

  it('says what went wrong with a link, until the next one is chosen', async () => {
    const opened = await open(samplePage(1));
    const { tab } = opened;
    await tab.getByRole('button', { name: 'Refresh' }).click();
    await opened.answer('No such region: cn-nowhere');
    await tab.getByText('No such region: cn-nowhere').waitFor();
    await tab.getByRole('button', { name: 'Refresh' }).click();
    await tab.getByText('No such region: cn-nowhere').waitFor({ state: 'detached' });
  });

  it('keeps how it is looked at, and the token of the shell, for another time', async () => {
    const first = await open(rowsPage(20));
    await first.tab.getByRole('button', { name: 'Ports' }).click();
    await first.tab.locator('input').fill('udp');
    await first.tab.locator('[role=status]').getByText('5 of 20 rows').waitFor();
    const kept = await first.kept();
    expect(kept).toEqual({ restore: 'a token', view: { open: [], tables: [{ id: 'rules', search: 'udp', filters: [], sort: { column: 'ports', descending: false } }] } });
    const second = await open(rowsPage(20), { kept });
    await second.tab.locator('[role=status]').getByText('5 of 20 rows').waitFor();
    expect(await second.tab.locator('input').inputValue()).toBe('udp');
    expect(await second.tab.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.children[3]?.textContent))).toEqual(['22', '443', '3306', '8000-9000', '1-65535'].sort((one, other) => Number.parseInt(one) - Number.parseInt(other)));
    await second.show(rowsPage(20), 'another token');
    expect(await second.kept()).toMatchObject({ restore: 'another token' });
  });

  it.each([['nothing', undefined], ['a text', 'garbage'], ['a list', [1]], ['the state of another page', { view: { tables: 'none', open: [{}] } }]])('is looked at as it is where the editor has kept %s', async (_what, kept) => {
    const { tab } = await open(rowsPage(3), { kept });
    await tab.locator('[role=status]').getByText('3 rows').waitFor();
  });

  it('shows nothing of a message that is not the shell’s', async () => {
    const opened = await open(rowsPage(1));
    await opened.tab.evaluate(() => {
      for (const body of [{ say: 'show', page: { title: 'forged' } }, { say: 'run', command: 'quit' }, 7]) window.postMessage({ is: 'request', peer: 'x', id: 9, body }, window.origin);
      window.postMessage('forged', window.origin);
      // As from another frame.
      window.dispatchEvent(new MessageEvent('message', { origin: 'https://elsewhere.example', data: { is: 'request', peer: 'x', id: 9, body: { say: 'show', restore: '', page: { language: 'en', title: 'forged', kind: '', notes: [], actions: [], sections: [] } } } }));
    });
    // Messages come one after the other: when this one is there, those before it have been.
    await opened.show({ ...rowsPage(1), title: 'the page itself' });
    expect(await opened.tab.locator('h1').textContent()).toBe('the page itself');
    expect((await opened.posted()).filter(({ peer }) => peer === 'x')).toEqual([]);
  });

  it('grows old by itself', async () => {
    const opened = await open(rowsPage(1));
    await opened.tab.clock.install();
    await opened.tab.reload();
    const now = await opened.tab.evaluate(() => Date.now());
    await opened.show({ ...rowsPage(1), readAt: now });
    expect(await opened.tab.locator('.age').textContent()).toBe('Read just now');
    await opened.tab.clock.fastForward(180_000);
    await expect.poll(async () => { await opened.tab.clock.runFor(5_000); return opened.tab.locator('.age').textContent(); }).toBe('Read 3 min ago');
  });

  it('shows hostile names as they are written', async () => {
    const evil = '<img src=x onerror=alert(1)> $(zap) [a](command:b) "\'&amp;</script><script>window.hit=1</script>';
    const page: Page = {
      ...samplePage(0), title: evil, kind: evil,
      notes: [{ tone: 'danger', text: evil, lines: [evil], actions: [{ text: evil, link: evil }] }],
      sections: [{ id: evil, title: evil, blocks: [{ block: 'facts', facts: [{ name: evil, values: [{ text: evil, link: evil, badge: true }] }] }, { ...rulesTable(0), rows: [{ index: 0, cells: Array.from({ length: 7 }, () => ({ words: [{ text: evil }] })) }], id: evil, caption: evil }] }],
    };
    for (const lifeless of [true, false]) {
      const { tab } = await open(page, { lifeless });
      expect(await tab.locator('h1').textContent()).toBe(evil);
      expect(await tab.locator('img').count()).toBe(0);
      expect(await tab.evaluate(() => 'hit' in window)).toBe(false);
    }
  });
});

describe('a table', () => {
  it('of 1,000 rows is drawn to its end by and by', async () => {
    const { tab } = await open(rowsPage(1_000));
    await expect.poll(() => tab.locator('tbody tr').count()).toBe(1_000);
    expect(await tab.locator('tbody tr').last().getAttribute('aria-rowindex')).toBe('1001');
  });

  it('of 2,100 rows is searched in all of them, and says where it stops drawing', async () => {
    const { tab } = await open(rowsPage(2_100));
    await tab.locator('input').fill('rule 2099 ');
    await tab.locator('[role=status]').getByText('1 of 2,100 rows').waitFor();
    await tab.locator('input').fill('');
    await tab.getByText('These are the first 2,000 of 2,100 rows.').waitFor();
    expect(await tab.locator('tbody tr').count()).toBe(2_000);
  });
});
