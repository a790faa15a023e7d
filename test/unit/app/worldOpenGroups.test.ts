import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource } from '../../../src/app/cancelSource.js';
import { openGroups, type OpenGroupsDeps, type OpenGroupsState } from '../../../src/app/worldOpenGroups.js';
import { clientFailure, success } from '../../../src/domain/failure.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/domain/resources.js';
import { groupRules, rule, securityGroup } from '../support/builders.js';
import { settled } from '../support/deferred.js';
import { elapsed } from '../support/eventLoop.js';
import { refusal, throttled } from '../support/failures.js';
import { SlowEcs, type Takes } from '../support/slowEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const OPEN = rule({ peer: '0.0.0.0/0' });
const DROP = rule({ peer: '0.0.0.0/0', policy: 'Drop' });
const group = (id: string, regionId = 'a', more: Partial<SecurityGroup> = {}) => securityGroup({ id, regionId, ...more });

interface Options extends Partial<OpenGroupsDeps> {
  readonly takes?: Takes;
  readonly maxPage?: number;
}

function scene(groups: readonly (readonly [SecurityGroup, ...SecurityGroupRule[]])[], { takes = () => 50, maxPage = 100, ...more }: Options = {}) {
  const clock = new VirtualClock('manual');
  const rules = Object.fromEntries(groups.map(([{ id }, ...its]) => [id, groupRules(...its)]));
  const ecs = new SlowEcs({ clock, world: { groups: groups.map(([one]) => one), rules }, takes, maxPage });
  const { signal, cancel } = createCancelSource();
  const told: OpenGroupsState[] = [];
  const deps: OpenGroupsDeps = { ecs, context: { signal }, concurrency: 8, limit: 100, onProgress: (state) => { told.push(state); }, ...more };
  return { clock, ecs, cancel, told, deps, run: (...regions: readonly string[]) => elapsed(clock, openGroups(regions, deps)) };
}

const several = (count: number, regionId: string) => Array.from({ length: count }, (_unused, index) => [group(`sg-${regionId}${index}`, regionId), OPEN] as const);

describe('the groups that are open to the world', () => {
  it('are told with their ports and rules, beside how many were looked at', async () => {
    const [open, closed, inside] = [group('sg-open'), group('sg-closed', 'b'), group('sg-inside', 'b')];
    const { run, ecs } = scene([[open, OPEN], [closed, OPEN, DROP], [inside, rule()]]);
    expect(await run('a', 'b')).toEqual({ groups: 3, rulesToRead: 3, rulesRead: 3, left: 0, open: [{ group: open, open: [{ port: 22, rule: OPEN }], unclear: false }], failures: [], cut: [], end: 'all' });
    const asked = (regionId: string, securityGroupId: string) => ({ regionId, securityGroupId, direction: 'ingress', nextToken: undefined, pageSize: 1000 });
    expect([ecs.count('listSecurityGroups'), ecs.inputs('readRules')]).toEqual([2, [asked('a', 'sg-open'), asked('b', 'sg-closed'), asked('b', 'sg-inside')]]);
    expect(ecs.calls.every(({ context }) => context.mayShare)).toBe(true);
  });

  it('may be unclear, which is told too', async () => {
    const odd = group('sg-odd');
    expect((await scene([[odd, rule({ peer: '::/0', portRange: '' })]]).run('a')).open).toEqual([{ group: odd, open: [], unclear: true }]);
  });

  it('are looked for only where the list says that there are rules, or does not say', async () => {
    const { run, ecs } = scene([[group('sg-0', 'a', { ruleCount: 0 }), OPEN], [group('sg-1', 'a', { ruleCount: 1 }), OPEN], [securityGroup({ id: 'sg-2', regionId: 'a' }), OPEN]]);
    expect([await run('a'), ecs.count('readRules')]).toMatchObject([{ groups: 3, rulesToRead: 2, rulesRead: 2, left: 0 }, 2]);
  });

  it('are counted before the first rule is read', async () => {
    const { run, told, ecs } = scene([...several(12, 'a'), ...several(1, 'b')], { limit: 5 });
    await run('a', 'b');
    const counted = { groups: 13, rulesToRead: 5, rulesRead: 0, left: 8, open: [], failures: [], cut: [] };
    expect(told[2]).toEqual(counted);
    expect(told.map(({ rulesToRead, rulesRead }) => [rulesToRead, rulesRead])).toEqual([[undefined, 0], [undefined, 0], ...[0, 1, 2, 3, 4, 5].map((read) => [5, read])]);
    expect(ecs.operations).toEqual(['listSecurityGroups', 'listSecurityGroups', ...Array.from({ length: 5 }, () => 'readRules')]);
  });

  it('get their share of the limit in every region', async () => {
    const { run, ecs } = scene([...several(50, 'a'), ...several(2, 'b'), ...several(1, 'c')], { limit: 6 });
    const result = await run('a', 'b', 'c');
    expect([result.left, (ecs.inputs('readRules') as readonly { readonly securityGroupId: string }[]).map(({ securityGroupId }) => securityGroupId).sort()]).toEqual([47, ['sg-a0', 'sg-a1', 'sg-a2', 'sg-b0', 'sg-b1', 'sg-c0']]);
  });

  it.each([0, -1])('are none where the limit is %i', async (limit) => {
    const { run, ecs } = scene(several(3, 'a'), { limit });
    expect([await run('a'), ecs.count('readRules')]).toMatchObject([{ groups: 3, rulesToRead: 0, left: 3, open: [], end: 'all' }, 0]);
  });

  it.each([1, 4])('are read with at most %i requests under way', async (concurrency) => {
    const { run, ecs, clock } = scene(several(12, 'a'), { concurrency });
    await run('a');
    expect([ecs.most, clock.monotonic() / 50]).toEqual([concurrency, 1 + 12 / concurrency]);
  });
});

describe('pages of groups and rules', () => {
  it('are followed to their end', async () => {
    const { run, ecs } = scene([...several(5, 'a'), [group('sg-late'), rule(), rule(), rule(), OPEN]], { maxPage: 2 });
    const result = await run('a');
    expect([result.open.length, result.rulesRead, ecs.count('listSecurityGroups'), ecs.count('readRules')]).toEqual([6, 6, 3, 5 + 2]);
  });

  it('of groups are followed so far only, and the region is named', async () => {
    expect(await scene(several(25, 'a'), { maxPage: 2 }).run('a')).toMatchObject({ groups: 20, cut: ['a'], rulesRead: 20, end: 'all' });
  });

  it('of rules that have no end, or repeat, make a failure and no verdict, since a drop may be missing', async () => {
    const { run, ecs } = scene(several(2, 'a'));
    let asked = 0;
    ecs.readRules = ({ securityGroupId }) => Promise.resolve(success({ rules: [OPEN], nextToken: securityGroupId === 'sg-a0' ? 'again' : `token-${asked += 1}` }));
    const odd = (detail: string) => clientFailure('Client.OddAnswer', { reached: 'yes', detail });
    expect(await run('a')).toMatchObject({
      rulesRead: 2,
      open: [],
      failures: [
        { regionId: 'a', groupId: 'sg-a0', failure: odd('The service repeated a page token.') },
        { regionId: 'a', groupId: 'sg-a1', failure: odd('The list of rules has no end.') },
      ],
    });
  });

  it('that repeat a group count it once', async () => {
    const { run, ecs } = scene(several(1, 'a'));
    let asked = 0;
    ecs.listSecurityGroups = () => Promise.resolve(success({ items: [group('sg-a0')], ...((asked += 1) < 3 ? { nextToken: `token-${asked}` } : {}) }));
    expect([await run('a'), ecs.count('readRules')]).toMatchObject([{ groups: 1, rulesRead: 1, open: { length: 1 }, failures: [] }, 1]);
  });
});

describe('what fails', () => {
  it('is told by region or group, and the rest is looked at', async () => {
    const { run, ecs } = scene([...several(2, 'a'), ...several(1, 'b'), ...several(1, 'c')]);
    ecs.fail({ operation: 'listSecurityGroups', about: '"b"', failure: refusal('Forbidden.RAM') }, { operation: 'readRules', about: 'sg-a1', failure: throttled() });
    const result = await run('a', 'b', 'c');
    expect(result.failures).toEqual([{ regionId: 'b', failure: refusal('Forbidden.RAM') }, { regionId: 'a', groupId: 'sg-a1', failure: throttled() }]);
    expect([result.open.map((one) => one.group.id).sort(), result.rulesRead, result.end]).toEqual([['sg-a0', 'sg-c0'], 3, 'all']);
  });
});

describe('a cancel', () => {
  it('while groups are listed reads no rule', async () => {
    const { run, ecs, deps, cancel, clock } = scene(several(3, 'a'), { takes: (_operation, regionId) => (regionId === 'b' ? 'never' : 50) });
    const result = await elapsed(clock, openGroups(['a', 'b'], { ...deps, onProgress: cancel }));
    const nothing = { rulesRead: 0, left: 0, open: [], failures: [], cut: [], end: 'cancelled' };
    expect([result, ecs.count('readRules'), await run('a')]).toEqual([{ groups: 3, ...nothing }, 0, { groups: 0, ...nothing }]);
  });

  it('drops a list that comes later', async () => {
    const { ecs, deps, cancel, told, clock } = scene(several(3, 'a'), { takes: () => 0 });
    const gate = ecs.hold('listSecurityGroups');
    const result = openGroups(['a'], deps);
    await elapsed(clock, gate.arrived);
    cancel();
    const { end } = await result;
    gate.release();
    clock.advance(0);
    await settled();
    expect([end, told]).toEqual(['cancelled', []]);
  });

  it('while rules are read keeps what was found, and drops what comes later', async () => {
    const { ecs, deps, cancel, clock } = scene(several(4, 'a'), { concurrency: 2 });
    const told: number[] = [];
    const result = await elapsed(clock, openGroups(['a'], { ...deps, onProgress: ({ rulesRead }) => {
      told.push(rulesRead);
      if (rulesRead === 1) cancel();
    } }));
    const sent = ecs.calls.length;
    clock.advance(10_000);
    await settled();
    expect([result.end, result.open.length, result.rulesRead, told, ecs.calls.length]).toEqual(['cancelled', 1, 1, [0, 0, 1], sent]);
  });
});

describe('groups at random', () => {
  it('are judged one by one as a look at the whole world judges them', async () => {
    const sketch = fc.record({ regionId: fc.constantFrom('a', 'b', 'c'), isOpen: fc.boolean(), rules: fc.integer({ min: 0, max: 5 }), broken: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(sketch, { maxLength: 15 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), async (sketches, concurrency, maxPage) => {
      const made = sketches.map((one, index) => ({ ...one, group: group(`sg-${String(index).padStart(3, '0')}`, one.regionId) }));
      const { run, ecs } = scene(made.map((one) => [one.group, ...Array.from({ length: one.rules }, () => rule()), ...(one.isOpen ? [OPEN] : [])] as const), { concurrency, maxPage });
      for (const one of made) if (one.broken) ecs.fail({ operation: 'readRules', about: `"${one.group.id}"`, failure: throttled() });
      const result = await run('a', 'b', 'c');
      const ids = (some: readonly { readonly group: SecurityGroup }[]) => some.map((one) => one.group.id).sort();
      expect(ids(result.open)).toEqual(ids(made.filter((one) => one.isOpen && !one.broken)));
      expect(result.failures.map(({ groupId }) => groupId).sort()).toEqual(ids(made.filter((one) => one.broken)));
      expect([result.groups, result.rulesRead, result.left, result.end]).toEqual([made.length, made.length, 0, 'all']);
      expect(ecs.most).toBeLessThanOrEqual(concurrency);
    }), { numRuns: 100 });
  });
});
