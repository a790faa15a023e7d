import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../tools/host.mjs';
import { seeded } from '../../src/sandbox/random.js';
import { WorldState } from '../../src/sandbox/worldState.js';
import { buildWorld } from '../../src/sandbox/worlds/worldTable.js';
import { journalOf, killExtensionHost, type JournalLine } from './support/crash.js';
import { startEcs, type EcsServer } from './support/ecs.js';
import { openWorkbench, ownHost } from './support/session.js';
import type { Workbench } from './support/workbench.js';

/** More with ECS_EXPLORER_CRASH_RUNS: each takes up to a minute. */
const RUNS = Number(process.env['ECS_EXPLORER_CRASH_RUNS'] ?? 2);
const TARGETS = 50;
const REGION = 'cn-hangzhou';
const FLEET = { seed: 7, resources: 2_000 };

/** Fifty instances, and a group of their VPC that all of them may join. */
function batch(): { readonly group: string; readonly targets: readonly string[] } {
  const region = new WorldState(buildWorld('fleet', FLEET)).region(REGION);
  if (region === undefined) throw new Error('no such region');
  for (const group of region.groups.items) {
    if (group.type !== 'normal' || group.permissions.length > 12 || group.serviceId !== undefined) continue;
    const fit = region.instances.items.filter(({ vpcId, status, locks, primary }) => {
      const groups = primary.membership.current();
      const basic = groups.every((id) => region.groups.get(id)?.type === 'normal' && (region.groups.get(id)?.permissions.length ?? 0) <= 12);
      return vpcId === group.vpcId && (status === 'Running' || status === 'Stopped') && locks.length === 0 && basic && !groups.includes(group.id);
    });
    if (fit.length >= TARGETS) return { group: group.id, targets: fit.slice(0, TARGETS).map(({ id }) => id) };
  }
  throw new Error('The fleet has no group for so many.');
}

/**
 * The process that carries out a batch is killed at a random point of it; the next one finds out what became of it.
 * Nothing may be lost, done twice or told wrongly.
 */
describe('a batch whose window dies', () => {
  const { group, targets } = batch();
  let ecs: EcsServer;
  let host: Host;
  let workbench: Workbench;

  beforeAll(async () => {
    ecs = await startEcs('fleet', FLEET);
    host = await ownHost({ settings: { ...ecs.settings, 'ecsExplorer.requests.writesPerMinute': 10_000 }, env: ecs.env });
    const keys = [{ key: 'ctrl+alt+j', command: 'ecsExplorer.joinSecurityGroup', args: { regionId: REGION, securityGroupId: group, targets: targets.map((instanceId) => ({ instanceId })) } }];
    fs.writeFileSync(path.join(host.dataDir, 'data', 'User', 'keybindings.json'), JSON.stringify(keys));
    workbench = await openWorkbench({ host, theme: 'light' });
  });

  afterAll(() => { ecs.stop(); });

  it.each(Array.from({ length: RUNS }, (_, run) => run + 1))('is looked up afterwards, and each target is told as it is (%i)', async (run) => {
    await ecs.control('reset');
    await ecs.control('clearRequests');
    await ecs.control('latency', { ms: 40 });
    const before = operations(journalOf(host));
    const tree = await workbench.openView('ECS Explorer', 'Resources');
    expect(await tree.labels()).toContain('China (Hangzhou)');
    await workbench.page.locator('.monaco-workbench').press('Control+Alt+j');
    await workbench.modal.read();
    const dieAfter = 1 + Math.floor(seeded('crash', run)() * (TARGETS - 1));
    await workbench.modal.press('Join');
    await expect.poll(async () => (await ecs.requests('JoinSecurityGroup')).length, { timeout: 60_000, interval: 10 }).toBeGreaterThanOrEqual(dieAfter);
    await killExtensionHost(host);

    await ecs.control('latency', { ms: 0 });
    await workbench.reload();
    await workbench.openView('ECS Explorer', 'Resources');
    const [id] = operations(journalOf(host)).filter((other) => !before.includes(other));
    expect(id).toBeDefined();
    await expect.poll(() => journalOf(host).some((line) => line.type === 'end' && line.operationId === id), { timeout: 60_000 }).toBe(true);

    const told = outcomes(journalOf(host), id ?? '');
    const arrived = (await ecs.requests('JoinSecurityGroup')).map((request) => String((request['parameters'] as Record<string, unknown>)['InstanceId']));
    const wrong: string[] = [];
    for (const [position, target] of targets.entries()) {
      const member = ((await ecs.control('state', { resource: target }))['securityGroupIds'] as string[]).includes(group);
      const outcome = told.outcome.get(position) ?? 'lost';
      const mayBe = outcome === 'unknown' || (outcome === 'joined' || outcome === 'accepted' ? member : outcome === 'notSent' && !member);
      const count = arrived.filter((other) => other === target).length;
      if (!mayBe || count > 1 || (count > 0 && !told.sending.has(position))) wrong.push(`${target}: ${outcome}, member ${String(member)}, ${count} requests`);
    }
    expect(wrong).toEqual([]);
    expect(arrived.length).toBeGreaterThanOrEqual(dieAfter);
  });
});

function operations(lines: readonly JournalLine[]): readonly string[] {
  return lines.flatMap(({ type, operation }) => (type === 'begin' && operation !== undefined ? [operation.id] : []));
}

function outcomes(lines: readonly JournalLine[], id: string): { readonly outcome: ReadonlyMap<number, string>; readonly sending: ReadonlySet<number> } {
  const mine = lines.filter(({ operationId }) => operationId === id);
  return {
    outcome: new Map(mine.flatMap(({ type, step, outcome }) => (type === 'outcome' && step !== undefined && outcome !== undefined ? [[step, outcome] as const] : []))),
    sending: new Set(mine.flatMap(({ type, step }) => (type === 'sending' && step !== undefined ? [step] : []))),
  };
}
