import { NEVER } from '../../src/app/cancelSource.js';
import type { Explorer } from '../../src/app/explore.js';
import { find } from '../../src/app/find.js';
import { sweepOf } from '../../src/app/searchRequests.js';
import { NO_CODES } from '../../src/domain/regionCodes.js';
import { categoryNode, instanceRows, regionNode } from '../../src/present/explorerNode.js';
import { nodeText } from '../../src/present/nodeText.js';
import { cpuSince, figures } from './figures.js';
import { heapInUse } from './garbage.js';
import { CONCURRENT_READS, connected, explorerOf, REGION, regionIds, requestsOf, type Setting } from './productRooms.js';
import type { SandboxAddress } from './programs.js';

interface Cost {
  readonly cpuMs: number;
  readonly requests: number;
  readonly rows: number;
}

export interface Grown {
  readonly gestures: Readonly<Record<'firstPage' | 'loadAll' | 'repaintPage' | 'repaintAll' | 'find', Cost>>;
  /** What one region's list keeps in memory, and how many resources are in it. */
  readonly heapMb: number;
  readonly loaded: number;
}

const KEY = { list: 'instances', regionId: REGION } as const;
const CATEGORY = categoryNode(regionNode({ id: REGION, name: REGION }, 'bench'), 'instances');
const NOBODYS = 'i-qqq00000000000000000';
/** So many rows of work at least for one figure: less is all noise. */
const ROWS = 6_000;
const TRIES = 5;

/** A program: carries out the gestures of exploring on a sandbox, and prints what each costs this process. */
const [product = '', address = '{}'] = process.argv.slice(2);
await connected({ product }, JSON.parse(address) as SandboxAddress, {}, async (setting) => {
  process.stdout.write(`${JSON.stringify(await grown(setting))}\n`);
});
process.exit(0);

async function grown(setting: Setting): Promise<Grown> {
  const regions = await regionIds(setting);
  const explorer = explorerOf(setting);
  await all(explorerOf(setting));
  const before = heapInUse();
  const loaded = await all(explorer);
  const heapMb = heapInUse() - before;
  const page = explorerOf(setting);
  const shown = (await page.list(KEY).first()).items.length;
  const sweep = sweepOf({ by: 'id', kind: 'instance', id: NOBODYS }, regions, { codes: NO_CODES, inUse: new Set() });
  const gestures = {
    firstPage: await cost(setting, shown, async () => (await explorerOf(setting).list(KEY).first()).items.length),
    loadAll: await cost(setting, loaded, () => all(explorerOf(setting))),
    repaintPage: await cost(setting, shown, () => Promise.resolve(paint(page))),
    repaintAll: await cost(setting, loaded, () => Promise.resolve(paint(explorer))),
    find: await cost(setting, regions.length * 20, async () => (await find(sweep, { ecs: setting.connection.ecs, context: { signal: NEVER }, concurrency: CONCURRENT_READS })).sent),
  };
  return { gestures, heapMb, loaded };
}

async function all(explorer: Explorer): Promise<number> {
  const { items, failure } = await explorer.list(KEY).all(NEVER);
  if (failure !== undefined) throw new Error(failure.code);
  return items.length;
}

/** Makes the rows as the view does, with their texts. */
function paint(explorer: Explorer): number {
  return instanceRows(explorer.list(KEY).state, CATEGORY).filter((node) => nodeText(node, 'en').label !== '').length;
}

/** CPU of one time, as the median of some tries of many times each. */
async function cost({ sandbox }: Setting, rows: number, gesture: () => Promise<number>): Promise<Cost> {
  const times = Math.max(1, Math.ceil(ROWS / rows));
  const cpu: number[] = [];
  for (let tries = 0; tries <= TRIES; tries += 1) {
    const begin = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await gesture();
    if (tries > 0) cpu.push(cpuSince(begin) / times);
  }
  const sent = await requestsOf(sandbox, gesture);
  return { cpuMs: figures(cpu).median, requests: sent.length, rows };
}
