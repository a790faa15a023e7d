import v8 from 'node:v8';
import vm from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NEVER } from '../../src/app/cancelSource.js';
import type { CancelSignal } from '../../src/app/ports/cancel.js';
import { success, type Result } from '../../src/domain/failure.js';
import { EcsAdapter } from '../../src/cloud/adapter.js';
import type { EcsAnswer } from '../../src/cloud/answer.js';
import type { Keys } from '../../src/cloud/client.js';
import type { Endpoint } from '../../src/cloud/endpoints.js';
import { Pacing, type PacedRead } from '../../src/cloud/pacing.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { samples } from '../unit/cloud/samples.js';
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

const OPERATIONS = ['DescribeRegions', 'DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSecurityGroupAttribute'] as const;
const GROUPINGS = [{ by: 'none' }, { by: 'none' }, { by: 'vpc' }, { by: 'zone' }, { by: 'tag', key: 'env' }] as const;

/** Hands on what comes at once: waiting and trying again has tests of its own, and here it would only take time. */
class NoPacing extends Pacing<EcsAnswer> {
  override read({ signal }: PacedRead, attempt: (signal: CancelSignal) => Promise<Result<EcsAnswer>>): Promise<Result<EcsAnswer>> {
    return attempt(signal);
  }
}

function adapter(keys: Keys, endpoint?: Endpoint): EcsAdapter {
  return new EcsAdapter({ endpoint, network: 'public', timeoutMs: 10_000, product: 'fuzz', within: {}, ring: { keys: () => Promise.resolve(success(keys)), renewed: () => Promise.resolve(success(keys)) }, pacing: new NoPacing({ concurrentReads: 8 }) });
}

/** What the sandbox's worlds answer, by operation, as the text that came over the wire. */
async function sandboxBodies(): Promise<ReadonlyMap<string, readonly string[]>> {
  const bodies = new Map<string, string[]>();
  for (const world of ['hostile', 'demo'] as const) {
    const sandbox = await startSandbox({ world });
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const answer = await real(url, init);
      const text = await answer.text();
      const action = new Headers(init.headers).get('x-acs-action') ?? '';
      bodies.set(action, [...(bodies.get(action) ?? []), text]);
      return new Response(text, { status: answer.status, headers: answer.headers });
    });
    const { accessKeyId, accessKeySecret } = sandbox;
    const ecs = adapter({ accessKeyId, accessKeySecret }, { protocol: 'http', host: new URL(sandbox.endpoint).host });
    const context = { signal: NEVER };
    const regionId = 'cn-hangzhou';
    // Small pages: what goes wrong goes wrong with two entries, and there is time for more answers.
    const page = { regionId, pageSize: 2 };
    await ecs.listRegions('en', context);
    await ecs.listInstances(page, context);
    await ecs.listNetworkInterfaces(page, context);
    const groups = await ecs.listSecurityGroups(page, context);
    if (groups.ok) for (const { id } of groups.value.items.slice(0, 2)) await ecs.readRules({ regionId, securityGroupId: id, direction: 'ingress', pageSize: 2 }, context);
    vi.unstubAllGlobals();
    await sandbox.stop();
  }
  return bodies;
}

async function bodiesOf(): Promise<ReadonlyMap<string, readonly [string, ...string[]]>> {
  const fromSandbox = await sandboxBodies();
  return new Map(OPERATIONS.map((operation) => {
    const sample = samples === undefined ? [] : [JSON.stringify(samples(operation))];
    const [first, ...rest] = [...sample, ...(fromSandbox.get(operation) ?? [])];
    if (first === undefined) throw new Error(`There is no answer of ${operation} to begin with.`);
    return [operation, [first, ...rest] as const] as const;
  }));
}

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
