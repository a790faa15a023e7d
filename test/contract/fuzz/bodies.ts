import { vi } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import type { CancelSignal } from '../../../src/app/ports/cancel.js';
import { EcsAdapter } from '../../../src/cloud/adapter.js';
import type { EcsAnswer } from '../../../src/cloud/answer.js';
import type { Keys } from '../../../src/cloud/client.js';
import type { Endpoint } from '../../../src/cloud/endpoints.js';
import { Pacing, type PacedRead } from '../../../src/cloud/pacing.js';
import { success, type Result } from '../../../src/domain/failure.js';
import { startSandbox } from '../../../src/sandbox/server.js';
import { samples } from '../../unit/cloud/samples.js';
import { idOf } from '../support/demoIds.js';

/** The reads of the trees and the pages; those of which the project has a sample first. */
const SAMPLED = ['DescribeRegions', 'DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSecurityGroupAttribute'] as const;
const OPERATIONS = [...SAMPLED, 'DescribeSecurityGroupReferences', 'DescribePrefixListAttributes'] as const;

/** Hands on what comes at once: waiting and trying again has tests of its own, and here it would only take time. */
class NoPacing extends Pacing<EcsAnswer> {
  override read({ signal }: PacedRead, attempt: (signal: CancelSignal) => Promise<Result<EcsAnswer>>): Promise<Result<EcsAnswer>> {
    return attempt(signal);
  }
}

/** Our cloud room with nothing between it and the answers. */
export function adapter(keys: Keys, endpoint?: Endpoint): EcsAdapter {
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
    await ecs.readReferences({ regionId, securityGroupIds: [idOf('sg', world === 'demo' ? 'hz-web-public' : 'group-html')] }, context);
    await ecs.readPrefixList({ regionId, prefixListId: idOf('pl', world === 'demo' ? 'staging-partners' : 'harmful-list') }, context);
    vi.unstubAllGlobals();
    await sandbox.stop();
  }
  return bodies;
}

/** Answers to begin with, of every read. */
export async function bodiesOf(): Promise<ReadonlyMap<string, readonly [string, ...string[]]>> {
  const fromSandbox = await sandboxBodies();
  return new Map(OPERATIONS.map((operation) => {
    const sample = samples === undefined || !SAMPLED.some((name) => name === operation) ? [] : [JSON.stringify(samples(operation))];
    const [first, ...rest] = [...sample, ...(fromSandbox.get(operation) ?? [])];
    if (first === undefined) throw new Error(`There is no answer of ${operation} to begin with.`);
    return [operation, [first, ...rest] as const] as const;
  }));
}
