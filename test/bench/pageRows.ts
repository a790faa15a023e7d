import { chromium, type Browser, type Page as Tab } from 'playwright-core';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { browserMissing, browserOptions } from '../../tools/browser.mjs';
import { rowsPage } from '../page/support/samplePage.js';
import { Served, type Opened } from '../page/support/servedPage.js';
import { using } from './programs.js';

const ROWS = 1_000;
/** A longer task makes a page stutter (web.dev: "long tasks"). */
const LONGEST_MS = 50;

/** What the page itself does, or makes the browser do. Tasks without any of it are of those who watch: a trace takes its time to begin. */
const OWN = new Set(['FireAnimationFrame', 'FireIdleCallback', 'EventDispatch', 'TimerFire', 'HandlePostMessage', 'Layout', 'UpdateLayoutTree', 'Paint']);

/** What of Chromium's trace is read. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** When it began, and how long it took by the clock, in microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** CPU time of the thread, in microseconds: other programs on the machine have no part in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: unknown };
}

/** The longest task of the page's main thread while something is done, in milliseconds of CPU. */
async function longestTask(browser: Browser, tab: Tab, act: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(tab, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const main = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const events = traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && main.has(`${pid} ${tid}`));
  const own = events.filter(({ name }) => OWN.has(name));
  const tasks = events.filter(({ name, pid, ts, dur = 0 }) => name.endsWith('RunTask') && own.some((one) => one.pid === pid && one.ts >= ts && one.ts <= ts + dur));
  if (tasks.length === 0) throw new Error('the trace tells of no task of the page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

const counted = (tab: Tab, text: string) => tab.locator('.count').getByText(text).waitFor();
const drawn = (tab: Tab) => tab.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, ROWS);

/** From the top to the end of the box, in steps of a turn of the wheel. */
function scroll(tab: Tab): Promise<void> {
  return tab.evaluate(async () => {
    const box = document.querySelector('.scroll');
    for (let top = 0; box !== null && top < box.scrollHeight; top += 400) {
      box.scrollTop = top;
      await new Promise(requestAnimationFrame);
    }
  });
}

const GESTURES: readonly (readonly [what: string, act: (tab: Tab) => Promise<unknown>])[] = [
  ['drawing to the end', drawn],
  ['scrolling', scroll],
  ['searching, letter by letter', async (tab) => { await tab.locator('input').pressSequentially('10.3.249'); await counted(tab, '1 of 1,000 rows'); }],
  ['giving up the search', async (tab) => { await tab.locator('input').fill(''); await drawn(tab); }],
  ['sorting', async (tab) => { await tab.locator('[data-sort="source"]').click(); await tab.locator('[aria-sort="ascending"]').waitFor(); await drawn(tab); }],
];

async function rowsOf(browser: Browser, { tab }: Opened): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, act] of GESTURES) {
    const ms = await longestTask(browser, tab, () => act(tab));
    rows.push({ what: `page of 1,000 rules, ${what}: longest task`, figure: `${ms.toFixed(1)} ms CPU`, budget: `≤ ${LONGEST_MS} ms`, within: ms <= LONGEST_MS, kind: 'time', data: { ms } });
  }
  return rows;
}

/** How long a page of 1,000 rules is busy at a stretch while a person uses it, in a browser alone. */
export async function pageRowRows({ product }: Place): Promise<Row[]> {
  const why = browserMissing();
  if (why !== undefined) return [{ what: 'page of 1,000 rules', figure: '', budget: `≤ ${LONGEST_MS} ms`, kind: 'time', skipped: why }];
  return using(await chromium.launch(browserOptions()), (browser) => browser.close(), async (browser) =>
    using(await Served.start(product), (served) => { served.stop(); return Promise.resolve(); }, async (served) => rowsOf(browser, await served.open(browser, rowsPage(ROWS)))),
  );
}
