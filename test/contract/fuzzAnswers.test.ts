import v8 from 'node:v8';
import vm from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { adapter, bodiesOf } from './fuzz/bodies.js';
import { mutate } from './fuzz/mutate.js';
import { Chance } from './fuzz/random.js';
import { lookAtTree } from './fuzz/treeOf.js';
import { KEYS } from './support/cloudConnection.js';

/** Another number tries other answers; a failure names the one that it was found with. */
const SEED = Number(process.env['ECS_FUZZ_SEED'] ?? '20140526');
const ANSWERS = 20_000;
/** More requests than this for one tree: somebody asks over and over. */
const MOST_REQUESTS = 400;
/** What may be held at the end and was not after the first tenth: caches of the engine, and no answers. */
const MOST_GROWTH = 16 * 1024 * 1024;

const GROUPINGS = [{ by: 'none' }, { by: 'none' }, { by: 'vpc' }, { by: 'zone' }, { by: 'tag', key: 'env' }] as const;

/** Bytes that are held after everything that nobody needs has been thrown away. */
function held(): number {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

afterEach(() => { vi.unstubAllGlobals(); });

describe('answers that nobody would send', () => {
  it(`never make the tree throw, ask on and on, show one row twice or anything unseen, nor keep memory: ${ANSWERS} of them`, { timeout: 240_000 }, async () => {
    const bodies = await bodiesOf();
    let answers = 0;
    let asked = 0;
    let chance = new Chance(SEED);
    let last = new Uint8Array();
    vi.stubGlobal('fetch', (_url: string, init: { readonly headers: Readonly<Record<string, string>> }) => {
      answers += 1;
      asked += 1;
      if (asked > MOST_REQUESTS) return Promise.reject(new Error('asked on and on'));
      const known = bodies.get(init.headers['x-acs-action'] ?? '') ?? bodies.get('DescribeRegions');
      if (known === undefined) throw new Error('no body');
      // Half of the regions are as they should be: else hardly anybody would get further.
      const isWhole = init.headers['x-acs-action'] === 'DescribeRegions' ? chance.happens(0.7) : chance.happens(0.05);
      const body = chance.one(known);
      const { bytes, status } = isWhole ? { bytes: new Uint8Array(Buffer.from(body)), status: 200 } : mutate(body, chance);
      last = bytes;
      return Promise.resolve(new Response(bytes, { status, headers: { 'x-acs-request-id': '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E' } }));
    });
    let rows = 0;
    let before: number | undefined;
    for (let tree = 0; answers < ANSWERS; tree += 1) {
      const where = `seed ${SEED}, tree ${tree}`;
      chance = new Chance(SEED + tree);
      asked = 0;
      const look = await lookAtTree(adapter(KEYS), { language: tree % 2 === 0 ? 'en' : 'zh', grouping: chance.one(GROUPINGS) }).catch((error: unknown) => ({ rows: 0, faults: [`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${Buffer.from(last).toString('utf8').slice(0, 2000)}`] }));
      expect([where, look.faults.slice(0, 3)]).toEqual([where, []]);
      expect(asked, where).toBeLessThanOrEqual(MOST_REQUESTS);
      rows += look.rows;
      if (before === undefined && answers > ANSWERS / 10) before = held();
    }
    // They were not all refused: most trees had rows to look at.
    expect(rows).toBeGreaterThan(ANSWERS);
    expect(held() - (before ?? 0), `growth in bytes, seed ${SEED}`).toBeLessThan(MOST_GROWTH);
  });
});
