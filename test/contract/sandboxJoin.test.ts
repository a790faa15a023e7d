import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DescribeInstancesRequest, DescribeNetworkInterfacesRequest, JoinSecurityGroupRequest, LeaveSecurityGroupRequest } from '@alicloud/ecs20140526';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { clientFor, refusal, type EcsClient } from './support/officialSdk.js';
import { control } from './support/sandboxControl.js';
import { TestClock } from './support/testClock.js';

const regionId = 'cn-hangzhou';

describe('membership', () => {
  const clock = new TestClock();
  const web = idOf('i', 'shop-web-01');
  const nic = idOf('eni', 'spare-nic-web');
  const partner = idOf('sg', 'partner-api');
  let sandbox: Sandbox;
  let ecs: EcsClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ visibilityMs: 800, now: clock.now });
    ecs = clientFor(sandbox);
  });
  beforeEach(async () => {
    await control(sandbox, 'reset');
    await control(sandbox, 'visibility', { ms: 800 });
  });
  afterAll(() => sandbox.stop());

  const join = (target: Record<string, string>): Promise<{ code: string }> => refusal(ecs.joinSecurityGroup(new JoinSecurityGroupRequest({ regionId, securityGroupId: partner, ...target })));
  const leave = (target: Record<string, string>): Promise<{ code: string }> => refusal(ecs.leaveSecurityGroup(new LeaveSecurityGroupRequest({ regionId, securityGroupId: partner, ...target })));
  const groupsOf = async (instanceId: string): Promise<string[]> => {
    const { body } = await ecs.describeInstances(new DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify([instanceId]) }));
    return body?.instances?.instance?.[0]?.securityGroupIds?.securityGroupId ?? [];
  };
  const groupsOfEni = async (query: Record<string, unknown>): Promise<string[]> => {
    const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, ...query }));
    return body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.securityGroupIds?.securityGroupId ?? [];
  };

  it('shows a join on reads only after a while', async () => {
    expect((await join({ instanceId: web })).code).toBe('ok');
    expect(await groupsOf(web)).not.toContain(partner);
    clock.advance(799);
    expect(await groupsOf(web)).not.toContain(partner);
    clock.advance(1);
    expect(await groupsOf(web)).toContain(partner);
  });

  it('knows a join at once for the next write', async () => {
    await join({ instanceId: web });
    expect((await join({ instanceId: web })).code).toBe('InvalidInstanceId.AlreadyExists');
    expect(await control(sandbox, 'state', { resource: web })).toMatchObject({ securityGroupIds: [idOf('sg', 'hz-web-public'), idOf('sg', 'hz-ssh-office'), partner] });
  });

  it('shows a leave on reads only after a while', async () => {
    await control(sandbox, 'touch', { resource: web, addGroup: partner });
    expect((await leave({ instanceId: web })).code).toBe('ok');
    expect(await groupsOf(web)).toContain(partner);
    clock.advance(800);
    expect(await groupsOf(web)).not.toContain(partner);
    expect((await leave({ instanceId: web })).code).toBe('InvalidSecurityGroupAssociation.NotFound');
  });

  it('shows both at once when there is no delay', async () => {
    await control(sandbox, 'visibility', { ms: 0 });
    await join({ instanceId: web });
    expect(await groupsOf(web)).toContain(partner);
    await leave({ instanceId: web });
    expect(await groupsOf(web)).not.toContain(partner);
  });

  it('of an instance is that of its primary interface, and of no other', async () => {
    await control(sandbox, 'visibility', { ms: 0 });
    const database = idOf('i', 'shop-db-primary');
    await join({ instanceId: database });
    expect(await groupsOfEni({ networkInterfaceId: [idOf('eni', 'shop-db-primary-primary')] })).toContain(partner);
    expect(await groupsOfEni({ networkInterfaceId: [idOf('eni', 'shop-db-primary-backup-nic')] })).not.toContain(partner);
  });

  it('of a secondary interface is its own, also while it is attached', async () => {
    await control(sandbox, 'visibility', { ms: 0 });
    const backup = idOf('eni', 'shop-db-primary-backup-nic');
    expect((await join({ networkInterfaceId: backup })).code).toBe('ok');
    expect(await groupsOfEni({ networkInterfaceId: [backup] })).toContain(partner);
    expect(await groupsOf(idOf('i', 'shop-db-primary'))).not.toContain(partner);
  });

  it('of a free interface shows up in the filter by group, once visible', async () => {
    await join({ networkInterfaceId: nic });
    const found = async (): Promise<(string | undefined)[]> => {
      const { body } = await ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest({ regionId, securityGroupId: partner }));
      return (body?.networkInterfaceSets?.networkInterfaceSet ?? []).map((eni) => eni.networkInterfaceId);
    };
    expect(await found()).not.toContain(nic);
    clock.advance(800);
    expect(await found()).toContain(nic);
  });

  it('needs no region for an instance', async () => {
    expect(await refusal(ecs.joinSecurityGroup(new JoinSecurityGroupRequest({ instanceId: web, securityGroupId: partner })))).toMatchObject({ code: 'ok' });
  });

  it('counts for the capacity of a group', async () => {
    const before = await control(sandbox, 'state', { resource: partner });
    await join({ instanceId: web });
    const after = await control(sandbox, 'state', { resource: partner });
    expect([before['members'], after['members']]).toEqual([
      [idOf('eni', 'spare-nic-partner')],
      [idOf('eni', 'spare-nic-partner'), idOf('eni', 'shop-web-01-primary')],
    ]);
  });

  it('of two callers who join different groups at once is lost for neither', async () => {
    const debug = idOf('sg', 'temporary-debug');
    await Promise.all([join({ instanceId: web }), join({ instanceId: web, securityGroupId: debug })]);
    expect((await control(sandbox, 'state', { resource: web }))['securityGroupIds']).toEqual(expect.arrayContaining([partner, debug]));
  });
});
