import fs from 'node:fs';
import path from 'node:path';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { control } from '../contract/support/sandboxControl.js';
import { send } from '../contract/support/signedRequest.js';
import type { Tree } from '../e2e/support/tree.js';
import { until } from '../e2e/support/until.js';
import type { Block } from './blocks.js';
import { figures, msText, wholeMs } from './figures.js';
import { gestureTime } from './gestureTime.js';
import { hostRows, type HostPlace, type HostWindow } from './hostWindow.js';
import { LATENCY_MS, REGION } from './productRooms.js';

const REGION_LABEL = 'China (Hangzhou)';
/** So many resources give the largest region a little less than 5,000 instances. */
const CHILDREN = 43_600;
const BLOCK_MS = 16;
const ROUNDS = 3;
const BARE_ROOT = 'Rows';

/** A gesture, as long as it took here and in a bare tree of the same size. */
interface Pair {
  readonly ours: number;
  readonly bare: number;
}

type Times = Readonly<Record<'expand' | 'refresh' | 'reveal', Pair>>;

/** What a large region does to a real VS Code: its extension host's thread, and how long a person waits for rows. */
export async function treeRows(place: Place): Promise<Row[]> {
  return hostRows(place, { what: 'tree in VS Code', world: { world: 'fleet' } }, async (there) => [...(await blockRows(there)), ...(await timeRows(there))]);
}

/** The longest block of the extension host while a region is unfolded and read to its end, and kept on the disk. */
async function blockRows({ window, host }: HostPlace): Promise<Row[]> {
  return window(async (open) => {
    const { tree, ask } = open;
    await tree.expand(REGION_LABEL);
    await ask({ do: 'watch' });
    await tree.expand('Instances');
    await tree.contextMenu('Instances', 'Load All');
    const count = await loaded(tree);
    await until('the list is on the disk', () => sizeOf(path.join(host.dataDir, 'data', 'User', 'globalStorage')) > count * 200, 60_000);
    const ours = (await ask({ do: 'watched' })) as Block;
    await ask({ do: 'fill', count });
    const rows = await open.workbench.openView('Bench', 'Bare Rows');
    await ask({ do: 'watch' });
    await rows.expand(BARE_ROOT);
    const bare = (await ask({ do: 'watched' })) as Block;
    const within = ours.cpuMs <= BLOCK_MS;
    const notes = [`computed by the thread; on the wall: ${ours.wallMs.toFixed(1)} ms; unfolding ${count} rows of a bare tree: ${bare.cpuMs.toFixed(1)} ms, on the wall ${bare.wallMs.toFixed(1)} ms`];
    return [{ what: `VS Code, ${count} instances at ${LATENCY_MS} ms: longest block of the extension host`, figure: `${ours.cpuMs.toFixed(1)} ms`, budget: `≤ ${BLOCK_MS} ms`, within, kind: 'time', notes, data: { ours, bare } }];
  });
}

async function timeRows({ window, sandbox, host }: HostPlace): Promise<Row[]> {
  await control(sandbox, 'reset', { resources: CHILDREN });
  await control(sandbox, 'latency', { ms: 0 });
  // What the disk has is another world's.
  host.set({ 'ecsExplorer.cache.persist': false });
  const all: (Times & { readonly count: number; readonly pagesMs: number })[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    all.push(await window(async (open) => {
      const { names, ms: pagesMs } = await bareLoop(open);
      return { ...(await timesIn(open, names)), count: names.length, pagesMs };
    }));
  }
  const count = all[0]?.count ?? 0;
  const pages = figures(all.map(({ pagesMs }) => pagesMs));
  const of = (name: keyof Times) => ({ ours: figures(all.map((times) => times[name].ours)), bare: figures(all.map((times) => times[name].bare)) });
  const row = (name: keyof Times, budgetMs: number, beside: { readonly ms: number; readonly words: string }): Row => {
    const { ours, bare } = of(name);
    const ratio = ours.median / (bare.median + beside.ms);
    const lost = all.filter((times) => times[name].ours === Number.POSITIVE_INFINITY).length;
    const notes = [...(lost === 0 ? [] : [`${lost} of ${all.length} times the row never came`]), `beside a bare tree of ${count} plain rows: ${wholeMs(bare)}${beside.words}, so ${ratio.toFixed(2)} ×`];
    return { what: `VS Code, ${count} instances: ${name}`, figure: wholeMs(ours), budget: `≤ ${budgetMs} ms`, within: lost === 0 && ours.median <= budgetMs, kind: 'time', notes, data: { ours, bare, ratio } };
  };
  const nothing = { ms: 0, words: '' };
  return [row('expand', 1000, nothing), row('refresh', 1000, { ms: pages.median, words: ` and a bare fetch loop of the pages: ${msText(pages)}` }), row('reveal', 200, nothing)];
}

async function timesIn(open: HostWindow, names: readonly string[]): Promise<Times> {
  const [ours, bare] = [await oursIn(open, names), await bareIn(open, names.length)];
  return { expand: { ours: ours.expand, bare: bare.expand }, refresh: { ours: ours.refresh, bare: bare.refresh }, reveal: { ours: ours.reveal, bare: bare.reveal } };
}

type Waits = Readonly<Record<keyof Times, number>>;

/** The list is loaded before its row is unfolded for the first time: so all its rows come at once. */
async function oursIn({ page, tree, ask, workbench, sandbox }: HostWindow, names: readonly string[]): Promise<Waits> {
  await tree.expand(REGION_LABEL);
  await tree.contextMenu('Instances', 'Load All');
  await loaded(tree);
  const twistie = (await tree.row('Instances')).locator('.monaco-tl-twistie');
  const expand = await gestureTime(page, { level: 3, siblings: names.length }, () => twistie.click());
  const mark = `  ${Date.now()}`.trim();
  const { Instances } = (await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, InstanceName: names[0] ?? '' } })).body as unknown as Listed;
  // The first of its name in the order of characters, so that it stays in sight.
  await control(sandbox, 'touch', { resource: Instances.Instance[0]?.InstanceId ?? '', name: mark });
  const refresh = await gestureTime(page, { level: 3, label: mark }, () => tree.contextMenu('Instances', 'Refresh'));
  await control(sandbox, 'touch', { resource: Instances.Instance[0]?.InstanceId ?? '', name: names[0] ?? '' });
  // A row that is revealed while VS Code still takes in others may be lost (microsoft/vscode#192055): that is not what is measured.
  await until('the view has come to rest', async () => (await page.locator('.part.sidebar .monaco-progress-container.active').count()) === 0);
  const last = names.at(-1) ?? '';
  await ask({ do: 'run', command: 'ecsExplorer.find', args: [last] });
  await workbench.quickPick.opened('Find Resource');
  await workbench.quickPick.item(last);
  const reveal = await gestureTime(page, { level: 3, label: last, selected: true }, () => workbench.quickPick.select(last));
  return { expand, refresh, reveal };
}

async function bareIn({ page, ask, workbench }: HostWindow, count: number): Promise<Waits> {
  const tree = await workbench.openView('Bench', 'Bare Rows');
  await ask({ do: 'fill', count });
  const twistie = (await tree.row(BARE_ROOT)).locator('.monaco-tl-twistie');
  const expand = await gestureTime(page, { level: 2, siblings: count }, () => twistie.click());
  // The gesture is any key: what is measured begins there, and the rows are made again at once.
  const refresh = await gestureTime(page, { level: 2, label: 'marked' }, async () => {
    await page.keyboard.press('Shift');
    await ask({ do: 'mark', mark: 'marked' });
  });
  const last = `row-${String(count - 1).padStart(5, '0')}`;
  await ask({ do: 'pick', id: last });
  await workbench.quickPick.opened();
  const reveal = await gestureTime(page, { level: 2, label: last, selected: true }, () => workbench.quickPick.select(last));
  return { expand, refresh, reveal };
}

interface Listed {
  readonly Instances: { readonly Instance: readonly { readonly InstanceId: string; readonly InstanceName: string }[] };
}

/** The region's names in the order of the tree, and how long their pages take anybody. */
async function bareLoop({ sandbox }: HostWindow): Promise<{ readonly names: readonly string[]; readonly ms: number }> {
  const names: string[] = [];
  const begin = performance.now();
  let token = '';
  do {
    const { body } = await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, MaxResults: '100', ...(token !== '' && { NextToken: token }) } });
    names.push(...(body as unknown as Listed).Instances.Instance.map(({ InstanceName }) => InstanceName));
    token = typeof body['NextToken'] === 'string' ? body['NextToken'] : '';
  } while (token !== '');
  const ms = performance.now() - begin;
  return { names: names.sort((a, b) => (a < b ? -1 : 1)), ms };
}

/** Waits until the row of the instances tells a number that is whole, and gives it. */
async function loaded(tree: Tree): Promise<number> {
  return until('all instances are loaded', async () => {
    const description = await (await tree.row('Instances')).locator('.label-description').innerText();
    return /^\d+$/.test(description) ? Number(description) : undefined;
  }, 60_000);
}

function sizeOf(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + fs.statSync(path.join(parentPath, name)).size, 0);
}
