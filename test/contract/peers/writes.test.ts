import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAULT_ONLY_CODES } from '../../../src/sandbox/faultCodes.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { idOf } from '../support/demoIds.js';
import { control, tryControl } from '../support/sandboxControl.js';
import { WRITE_ACTIONS, type Ending, type Peer, type Write, type WriteAction } from './peer.js';
import { PEERS } from './peers.js';
import { WRITE_CASES } from './writeCases.js';

/** Words of a refusal, in which what the documents leave open as `%s` is filled in. */
const FILLED_IN = expect.stringMatching(/^(?!.*%s).*\S/) as unknown as string;

interface Sent {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

async function sentTo(sandbox: Sandbox): Promise<readonly Sent[]> {
  return ((await control(sandbox, 'requests'))['requests'] as readonly Sent[]).map(({ action, parameters }) => ({ action, parameters }));
}

/** The groups that the target of a write is in, as the service itself knows; `undefined` for a target that is not there. */
async function groupsOf(sandbox: Sandbox, { instanceId = '', networkInterfaceId = '' }: Write): Promise<readonly string[] | undefined> {
  const { body } = await tryControl(sandbox, 'state', { resource: instanceId === '' ? networkInterfaceId : instanceId });
  return body['securityGroupIds'] as readonly string[] | undefined;
}

/** What a write that is accepted makes of the groups. */
const EFFECTS: Readonly<Record<WriteAction, (before: readonly string[], named: readonly string[]) => readonly string[]>> = {
  JoinSecurityGroup: (before, named) => [...before, ...named],
  LeaveSecurityGroup: (before, named) => before.filter((id) => !named.includes(id)),
  ModifyInstanceAttribute: (before, named) => (named.length === 0 ? before : named),
  ModifyNetworkInterfaceAttribute: (before, named) => (named.length === 0 ? before : named),
};

const STARTED: readonly (readonly [WriteAction, Write])[] = WRITE_ACTIONS.map((action) => {
  const target = action === 'ModifyNetworkInterfaceAttribute' ? { networkInterfaceId: idOf('eni', 'v07-available') } : { instanceId: idOf('i', 'v06-stopped') };
  return [action, { action, regionId: 'cn-hangzhou', ...target, securityGroupIds: [idOf('sg', 'v06-stopped')] }];
});

describe.each(PEERS)('%s', (_name, connect) => {
  let sandbox: Sandbox;
  let peer: Peer;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'rules', visibilityMs: 0 });
    peer = await connect(sandbox);
  });
  beforeEach(() => control(sandbox, 'clearRequests'));
  afterAll(() => sandbox.stop());

  describe.each(WRITE_ACTIONS)('sends %s and is answered as the table of cases says', (action) => {
    beforeAll(() => control(sandbox, 'reset'));

    it.each(WRITE_CASES[action].map((one) => [one.title, one.code, one] as const))('%s: %s', async (_title, _code, { write, code, status }) => {
      const before = await groupsOf(sandbox, write);
      const own = peer.ownRefusal(write);
      const accepted = own === undefined && code === 'ok';
      const told: Ending = { code, status, requestId: true, message: accepted ? '' : FILLED_IN };

      expect(await peer.write(write)).toEqual(own === undefined ? told : { code: own, status: 0, requestId: false, message: '' });
      expect((await sentTo(sandbox)).map((sent) => sent.action)).toEqual(own === undefined ? [action] : []);
      expect(await groupsOf(sandbox, write)).toEqual(accepted && before !== undefined ? EFFECTS[action](before, write.securityGroupIds) : before);
    });
  });

  describe.each(STARTED)('hears every code that no state leads to of %s, asks once and changes nothing:', (action, write) => {
    beforeAll(() => control(sandbox, 'reset'));

    it.each(FAULT_ONLY_CODES.map((row) => [row.code, row] as const))('%s', async (code, { status, message }) => {
      const before = await groupsOf(sandbox, write);
      await control(sandbox, 'faults', { action, code });
      expect(await peer.write(write)).toEqual({ code, status, requestId: true, message });
      expect((await sentTo(sandbox)).length).toBe(1);
      expect(await groupsOf(sandbox, write)).toEqual(before);
    });
  });

  describe('sends no parameter but these:', () => {
    beforeAll(() => control(sandbox, 'reset'));
    const regionId = 'cn-hangzhou';
    const instanceId = idOf('i', 'v06-stopped');
    const networkInterfaceId = idOf('eni', 'v07-available');
    const [one, two] = [idOf('sg', 'v06-stopped'), idOf('sg', 'v07-available')];

    it.each<[string, Write, Record<string, string>]>([
      ['an instance joins', { action: 'JoinSecurityGroup', regionId, instanceId, securityGroupIds: [one] }, { RegionId: regionId, InstanceId: instanceId, SecurityGroupId: one }],
      ['an interface joins', { action: 'JoinSecurityGroup', regionId, networkInterfaceId, securityGroupIds: [one] }, { RegionId: regionId, NetworkInterfaceId: networkInterfaceId, SecurityGroupId: one }],
      ['an instance leaves', { action: 'LeaveSecurityGroup', regionId, instanceId, securityGroupIds: [one] }, { RegionId: regionId, InstanceId: instanceId, SecurityGroupId: one }],
      ['an interface leaves', { action: 'LeaveSecurityGroup', regionId, networkInterfaceId, securityGroupIds: [one] }, { RegionId: regionId, NetworkInterfaceId: networkInterfaceId, SecurityGroupId: one }],
      // RegionId is no parameter of this operation, and its list is in the plural.
      ["an instance's groups are replaced", { action: 'ModifyInstanceAttribute', regionId, instanceId, securityGroupIds: [one, two] }, { InstanceId: instanceId, 'SecurityGroupIds.1': one, 'SecurityGroupIds.2': two }],
      ["an interface's groups are replaced", { action: 'ModifyNetworkInterfaceAttribute', regionId, networkInterfaceId, securityGroupIds: [one, two] }, { RegionId: regionId, NetworkInterfaceId: networkInterfaceId, 'SecurityGroupId.1': one, 'SecurityGroupId.2': two }],
    ])('%s', async (_what, write, parameters) => {
      expect((await peer.write(write)).code).toBe('ok');
      expect(await sentTo(sandbox)).toEqual([{ action: write.action, parameters }]);
    });
  });
});
