import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../src/app/cancelSource.js';
import { clientFailure, failed } from '../../../src/domain/failure.js';
import { instance, networkInterface, REGION } from './builders.js';
import { timedOut } from './failures.js';
import { FakeEcs, type FakeOptions } from './fakeEcs.js';
import { VirtualClock } from './virtualClock.js';

/** The fake's writes, on which tests of use cases rely as on the service's own. */

const CONTEXT = { signal: NEVER };
const TARGET = instance({ securityGroupIds: ['sg-a', 'sg-b'] });
const NIC = networkInterface({ securityGroupIds: ['sg-a'] });
const regionId = REGION;

function scene(options: Partial<FakeOptions> = {}) {
  const clock = new VirtualClock();
  const ecs = new FakeEcs({ clock, world: { instances: [TARGET], interfaces: [NIC] }, ...options });
  const shown = async () => {
    const page = await ecs.listInstances({ regionId, ids: [TARGET.id] }, CONTEXT);
    return page.ok ? page.value.items[0]?.securityGroupIds : undefined;
  };
  return { clock, ecs, shown };
}

const leave = (securityGroupId: string) => ({ regionId, instanceId: TARGET.id, securityGroupId });
const replace = (...securityGroupIds: readonly string[]) => ({ regionId, instanceId: TARGET.id, securityGroupIds });

describe('the fake service', () => {
  it('lets a target leave a group, and refuses the last one and one that it is not in', async () => {
    const { ecs } = scene();
    expect(await ecs.leaveSecurityGroup(leave('sg-a'), CONTEXT)).toEqual({ ok: true, value: { requestId: 'REQUEST-1', httpStatus: 200 } });
    const codes = await Promise.all([leave('sg-a'), leave('sg-b'), { regionId, networkInterfaceId: NIC.id, securityGroupId: 'sg-a' }, { regionId, instanceId: 'i-nobody', securityGroupId: 'sg-a' }].map(async (request) => {
      const result = await ecs.leaveSecurityGroup(request, CONTEXT);
      return result.ok ? 'ok' : `${result.failure.operation} ${result.failure.code}`;
    }));
    expect(codes).toEqual(['InvalidSecurityGroupAssociation.NotFound', 'InstanceLastSecurityGroup', 'InvalidOperation.AtLeastInOneGroup', 'InvalidInstanceId.NotFound'].map((code) => `LeaveSecurityGroup ${code}`));
    expect([ecs.truth(TARGET.id), ecs.truth(NIC.id), [...ecs.ended]]).toEqual([['sg-b'], ['sg-a'], [[`${TARGET.id}+sg-a`, 1]]]);
  });

  it('replaces a list, and counts what was really joined and left', async () => {
    const { ecs } = scene();
    expect((await ecs.replaceInstanceGroups(replace('sg-b', 'sg-c'), CONTEXT)).ok).toBe(true);
    expect((await ecs.replaceInterfaceGroups({ regionId, networkInterfaceId: NIC.id, securityGroupIds: ['sg-a'] }, CONTEXT)).ok).toBe(true);
    expect([ecs.truth(TARGET.id), ecs.truth(NIC.id)]).toEqual([['sg-b', 'sg-c'], ['sg-a']]);
    expect([[...ecs.applied], [...ecs.ended]]).toEqual([[[`${TARGET.id}+sg-c`, 1]], [[`${TARGET.id}+sg-a`, 1]]]);
  });

  it('refuses a list without a group as the cloud room does', async () => {
    const { ecs } = scene();
    expect(await ecs.replaceInstanceGroups(replace(), CONTEXT)).toEqual(failed(clientFailure('Client.NoGroups', { operation: 'ModifyInstanceAttribute' })));
    expect(ecs.truth(TARGET.id)).toEqual(['sg-a', 'sg-b']);
  });

  it('shows every change on reads after a while only', async () => {
    const { clock, ecs, shown } = scene({ visibilityMs: 800 });
    await ecs.leaveSecurityGroup(leave('sg-a'), CONTEXT);
    await clock.sleep(400, NEVER);
    await ecs.replaceInstanceGroups(replace('sg-c'), CONTEXT);
    expect([await shown(), ecs.truth(TARGET.id)]).toEqual([['sg-a', 'sg-b'], ['sg-c']]);
    await clock.sleep(400, NEVER);
    expect(await shown()).toEqual(['sg-b']);
    await clock.sleep(400, NEVER);
    expect(await shown()).toEqual(['sg-c']);
  });

  it('carries a write out although its answer is lost, at once or later', async () => {
    const { clock, ecs, shown } = scene();
    ecs.fail({ operation: 'leaveSecurityGroup', failure: timedOut(), effect: 'applied' }, { operation: 'replaceInstanceGroups', failure: timedOut(), effect: { lateMs: 5_000 } });
    expect((await ecs.leaveSecurityGroup(leave('sg-a'), CONTEXT)).ok).toBe(false);
    expect(await shown()).toEqual(['sg-b']);
    expect((await ecs.replaceInstanceGroups(replace('sg-c'), CONTEXT)).ok).toBe(false);
    expect(await shown()).toEqual(['sg-b']);
    await clock.sleep(5_000, NEVER);
    expect(await shown()).toEqual(['sg-c']);
  });
});
