import type { Place, Row } from '../../tools/benchTable.mjs';
import { control } from '../contract/support/sandboxControl.js';
import { send } from '../contract/support/signedRequest.js';
import { hostRows } from './hostWindow.js';
import { REGION, requestsOf } from './productRooms.js';
import type { SandboxAddress } from './programs.js';
import type { Timers } from './timers.js';

const IDLE_MS = 60_000;
/** What is under way when the view goes out of sight may end. */
const SETTLING_MS = 3_000;
const WHAT = 'VS Code, view hidden for a minute';

/** A view that nobody sees asks for nothing: no request and no timer, also with things in it that are starting or stopping. */
export async function idleRows(place: Place): Promise<Row[]> {
  return hostRows(place, { what: WHAT, world: { world: 'fleet', latencyMs: 0 } }, ({ window }) => window(async ({ tree, workbench, sandbox, ask }) => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    await tree.expand('China (Hangzhou)', 'Instances');
    await control(sandbox, 'touch', { resource: await someInstance(sandbox), status: 'Starting' });
    await tree.contextMenu('Instances', 'Refresh');
    // Seen, it is looked at again and again.
    const followed = await requestsOf(sandbox, () => wait(SETTLING_MS * 2));
    await workbench.openView('Bench', 'Bare Rows');
    await wait(SETTLING_MS);
    const seen = (await ask({ do: 'timers' })) as Timers;
    const requests = await requestsOf(sandbox, () => wait(IDLE_MS));
    const timers = (await ask({ do: 'timers' })) as Timers;
    // What does not see them at work would not see them idle either.
    if (followed.length === 0 || seen.begun === 0) throw new Error(`while the view was shown: ${followed.length} requests, ${seen.begun} timers`);
    const text = `${timers.begun} begun, ${timers.rang} rang, ${timers.pending} pending`;
    return [
      { what: `${WHAT}: requests`, figure: String(requests.length), budget: '0', within: requests.length === 0, kind: 'exact', notes: [`${followed.length} in ${(SETTLING_MS * 2) / 1000} s while it was shown, with an instance that is starting`], data: requests },
      { what: `${WHAT}: timers of ours`, figure: text, budget: 'none', within: timers.begun + timers.rang + timers.pending === 0, kind: 'exact', data: timers },
    ];
  }));
}

/** One of those that the first page shows. */
async function someInstance(sandbox: SandboxAddress): Promise<string> {
  const { body } = await send(sandbox, 'DescribeInstances', { query: { RegionId: REGION, MaxResults: '10' } });
  const { Instances } = body as unknown as { readonly Instances: { readonly Instance: readonly { readonly InstanceId: string }[] } };
  return Instances.Instance[0]?.InstanceId ?? '';
}
