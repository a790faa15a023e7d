import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../src/app/ports/ecs.js';
import { extensionPolicy, missingPermission, ramPolicy, type PolicyLevel } from '../../src/domain/ramPolicy.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { CONTEXT, ecsOf, failureOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';

/**
 * The policies that the product copies, tried on a key that may do exactly what they say. The sandbox judges policies
 * by what the documents say of each operation, and knows nothing of our table.
 */
const regionId = 'cn-hangzhou';
const instanceId = idOf('i', 'shop-web-01');
const networkInterfaceId = idOf('eni', 'spare-nic-web');
const [current, wanted] = [idOf('sg', 'hz-ssh-office'), idOf('sg', 'hz-db')];

let sandbox: Sandbox;
let ecs: Ecs;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = await ecsOf({ endpoint: sandbox.endpoint, ...sandbox.keys.limited });
});
beforeEach(async () => { await control(sandbox, 'reset'); });
afterAll(() => sandbox.stop());

const allow = (policy: string): Promise<unknown> => control(sandbox, 'policy', { key: 'limited', policy: JSON.parse(policy) as unknown });

type Call = readonly [name: string, send: (ecs: Ecs) => ReturnType<Ecs[keyof Ecs]>];
const at = { regionId };
const BROWSE: readonly Call[] = [
  ['regions', (to) => to.listRegions('en', CONTEXT)],
  ['instances', (to) => to.listInstances(at, CONTEXT)],
  ['an instance', (to) => to.listInstances({ ...at, ids: [instanceId] }, CONTEXT)],
  ['interfaces', (to) => to.listNetworkInterfaces(at, CONTEXT)],
  ['groups', (to) => to.listSecurityGroups(at, CONTEXT)],
  ['rules', (to) => to.readRules({ ...at, securityGroupId: wanted }, CONTEXT)],
  ['references', (to) => to.readReferences({ ...at, securityGroupIds: [wanted] }, CONTEXT)],
  ['a prefix list', (to) => to.readPrefixList({ ...at, prefixListId: idOf('pl', 'staging-partners') }, CONTEXT)],
  ['a count', (to) => to.countResources({ kind: 'networkInterface', regionId }, CONTEXT)],
  ['a check', (to) => to.checkAccess({ kind: 'securityGroup', regionId }, CONTEXT)],
  ['JSON', (to) => to.readJson({ kind: 'instance', id: instanceId, regionId }, CONTEXT)],
];
const MEMBERSHIP: readonly Call[] = [
  ['join', (to) => to.joinSecurityGroup({ ...at, instanceId, securityGroupId: wanted }, CONTEXT)],
  ['leave', (to) => to.leaveSecurityGroup({ ...at, instanceId, securityGroupId: current }, CONTEXT)],
  ['an interface joins', (to) => to.joinSecurityGroup({ ...at, networkInterfaceId, securityGroupId: wanted }, CONTEXT)],
];
const REPLACE: readonly Call[] = [
  ['replace', (to) => to.replaceInstanceGroups({ ...at, instanceId, securityGroupIds: [wanted] }, CONTEXT)],
  ['replace of an interface', (to) => to.replaceInterfaceGroups({ ...at, networkInterfaceId, securityGroupIds: [wanted] }, CONTEXT)],
];

/** What may be done of all that there is, in order. */
async function permitted(): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, send] of [...BROWSE, ...MEMBERSHIP, ...REPLACE]) {
    const result = await send(ecs);
    if (!result.ok && result.failure.code !== 'Forbidden.RAM') throw new Error(`${name}: ${result.failure.code}`);
    if (result.ok) names.push(name);
  }
  return names;
}

const names = (...calls: readonly (readonly Call[])[]) => calls.flat().map(([name]) => name);

describe('a key with the minimal policy', () => {
  it.each<[PolicyLevel, string, readonly string[]]>([
    ['browse', '*', names(BROWSE)],
    ['membership', '*', names(BROWSE, MEMBERSHIP)],
    ['everything', '*', names(BROWSE, MEMBERSHIP, REPLACE)],
    ['everything', regionId, names(BROWSE, MEMBERSHIP, REPLACE)],
    ['everything', 'cn-beijing', ['regions']],
  ])('of %s in %s can do just that', async (level, region, expected) => {
    await allow(extensionPolicy(level, region));
    expect(await permitted()).toEqual(expected);
  });

  it('needs every one of its statements', async () => {
    const whole = JSON.parse(extensionPolicy('everything', '*')) as { readonly Version: string; readonly Statement: readonly unknown[] };
    const counts: number[] = [];
    for (const left of whole.Statement) {
      await control(sandbox, 'reset');
      await allow(JSON.stringify({ ...whole, Statement: whole.Statement.filter((statement) => statement !== left) }));
      counts.push((await permitted()).length);
    }
    expect(counts.filter((count) => count >= names(BROWSE, MEMBERSHIP, REPLACE).length)).toEqual([]);
  });
});

describe('a key with the policy of the call that was denied', () => {
  it.each<[string, Call | undefined, Omit<Parameters<typeof ramPolicy>[0], 'action'>]>([
    ['a list', BROWSE[1], at],
    ['the regions', BROWSE[0], { regionId: '*' }],
    ['the rules of a group', BROWSE[5], { ...at, securityGroupIds: [wanted] }],
    ['the references to a group', BROWSE[6], { ...at, securityGroupIds: [wanted] }],
    ['the prefix list of a rule', BROWSE[7], at],
    ['a join', MEMBERSHIP[0], { ...at, instanceId, securityGroupIds: [wanted] }],
    ['a join of an interface', MEMBERSHIP[2], { ...at, networkInterfaceId, securityGroupIds: [wanted] }],
    ['a replacement', REPLACE[0], { ...at, instanceId, securityGroupIds: [wanted] }],
  ])('can do it afterwards: %s', async (_what, call, place) => {
    await allow(extensionPolicy('browse', 'nowhere').replace('ecs:DescribeRegions', 'ecs:Nothing'));
    const denied = failureOf((await call?.[1](ecs)) ?? { ok: true, value: undefined });
    expect([denied.code, denied.deniedAction]).toEqual(['Forbidden.RAM', `ecs:${denied.operation}`]);
    const missing = missingPermission(denied, place);
    await allow(ramPolicy(missing ?? { action: '', regionId: '' }));
    expect(await call?.[1](ecs)).toMatchObject({ ok: true });
    await control(sandbox, 'reset');
    expect((await permitted()).length).toBeLessThan(4);
  });
});
