import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CachedListKey } from '../../src/app/ports/listCache.js';
import type { ListOf } from '../../src/store/cacheLines.js';
import { ListCacheFile } from '../../src/store/cacheFile.js';
import type { Place, Row } from '../../tools/benchTable.mjs';
import { send } from '../contract/support/signedRequest.js';
import { longestBlock, type Block } from './blocks.js';
import { figures, msText, wholeMs, type Figures } from './figures.js';
import { explorerOf, LATENCY_MS, onFleet, REGION, requestsOf, type Setting } from './productRooms.js';
import { sdkInstances } from './sdkLoops.js';

const ROUNDS = 5;
const MOST_TIMES = 1.1;
const BLOCK_MS = 16;

/** When the pages came, in milliseconds since the beginning. */
type Pages = readonly number[];

interface Opening {
  readonly pages: Pages;
  /** Until also the disk had what it gets. */
  readonly block: Block;
}

const WAYS = ['ours', 'kept', 'bare', 'sdk'] as const;
type Way = (typeof WAYS)[number];

/** Opening a region's instances through the app, cloud and store rooms, beside the same pages by a bare fetch and by the SDK; in turns. */
export async function regionRows(place: Place): Promise<Row[]> {
  return onFleet(place, async (setting) => {
    const requests = await requestsOf(setting.sandbox, () => explorerOf(setting).look({ list: 'instances', regionId: REGION }));
    const opened: Record<Way, Opening[]> = { ours: [], kept: [], bare: [], sdk: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [ours, kept] = await withFolder((folder) => openBoth(setting, folder));
      const all = { ours, kept, bare: await openBare(setting), sdk: await openBySdk(setting) };
      // The first of each pays for connections and for code that runs for the first time.
      if (round > 0) for (const way of WAYS) opened[way].push(all[way]);
    }
    return rows(requests.length, opened);
  });
}

function rows(requests: number, opened: Readonly<Record<Way, readonly Opening[]>>): Row[] {
  const of = (pick: (opening: Opening) => number) => Object.fromEntries(WAYS.map((way) => [way, figures(opened[way].map(pick))])) as Record<Way, Figures>;
  const [first, all, blocks] = [of(({ pages }) => pages[0] ?? Number.NaN), of(({ pages }) => pages.at(-1) ?? Number.NaN), of(({ block }) => block.cpuMs)];
  const wall = of(({ block }) => block.wallMs);
  const pages = opened.bare[0]?.pages.length ?? 0;
  const times = all.ours.median / all.bare.median;
  const title = `region of ${pages} pages at ${LATENCY_MS} ms`;
  const beside = ({ bare, sdk }: Record<Way, Figures>, text: (figure: Figures) => string) => `a bare fetch loop: ${text(bare)}; the SDK's typed client: ${text(sdk)}`;
  const blocked = (way: 'ours' | 'kept', what: string): Row => ({ what: `${title}: longest block, ${what}`, figure: msText(blocks[way]), budget: `≤ ${BLOCK_MS} ms`, within: blocks[way].median <= BLOCK_MS, kind: 'time', notes: [`computed by the thread; on the wall: ${msText(wall[way])}; ${beside(blocks, msText)}`], data: { computed: blocks, wall } });
  return [
    { what: `${title}: requests to the first rows`, figure: String(requests), budget: '1', within: requests === 1, kind: 'exact' },
    { what: `${title}: time to the first rows`, figure: msText(first.ours), kind: 'time', notes: [`the ideal: ${LATENCY_MS} ms; ${beside(first, msText)}`], data: first },
    { what: `${title}: all pages, beside a bare fetch loop`, figure: `${times.toFixed(2)} ×`, budget: `≤ ${MOST_TIMES} ×`, within: times <= MOST_TIMES, kind: 'time', notes: [`${wholeMs(all.ours)}; the ideal: ${pages * LATENCY_MS} ms; ${beside(all, wholeMs)}`], data: all },
    blocked('ours', 'read and kept'),
    { what: `${title}: time to all rows, kept from another time`, figure: msText(first.kept), kind: 'time', notes: ['from the disk, before any answer of the service'], data: first.kept },
    blocked('kept', 'shown as kept and read again behind'),
  ];
}

async function withFolder<R>(use: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ecs-explorer-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A cache on the disk that tells when it has written its first list. */
class TellingCache extends ListCacheFile {
  #tell: () => void = () => undefined;
  readonly written = new Promise<void>((resolve) => { this.#tell = resolve; });

  override async write<K extends CachedListKey>(identityKey: string, key: K, list: ListOf<K>): Promise<void> {
    await super.write(identityKey, key, list);
    this.#tell();
  }
}

/** The list as the tree makes it when the category is opened for the first time, and in the next window. */
async function openBoth(setting: Setting, folder: string): Promise<readonly [Opening, Opening]> {
  return [await open(setting, new TellingCache({ folder })), await open(setting, new TellingCache({ folder }))];
}

async function open(setting: Setting, cache: TellingCache): Promise<Opening> {
  const explorer = explorerOf(setting, cache);
  const key = { list: 'instances', regionId: REGION } as const;
  const list = explorer.list(key);
  return opening(async (onPage) => {
    let state = await explorer.look(key);
    onPage();
    // One that was kept is being read again.
    if (list.isReading) state = await list.refresh();
    while (state.more && state.failure === undefined) {
      state = await list.next();
      onPage();
    }
    if (state.failure !== undefined || state.items.length === 0) throw new Error(state.failure?.code ?? 'the region is empty');
    return cache.written;
  });
}

async function opening(run: (onPage: () => void) => Promise<unknown>): Promise<Opening> {
  const pages: number[] = [];
  const block = await longestBlock(async () => {
    const begin = performance.now();
    await run(() => pages.push(performance.now() - begin));
  });
  return { pages, block };
}

function openBySdk({ sandbox }: Setting): Promise<Opening> {
  return opening((onPage) => sdkInstances(sandbox, REGION, onPage));
}

function openBare({ sandbox }: Setting): Promise<Opening> {
  return opening(async (onPage) => {
    let token = '';
    do {
      const answer = await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, MaxResults: '100', ...(token === '' ? {} : { NextToken: token }) } });
      if (answer.status !== 200) throw new Error(`DescribeInstances: ${answer.status}`);
      onPage();
      const { NextToken } = answer.body;
      token = typeof NextToken === 'string' ? NextToken : '';
    } while (token !== '');
  });
}
