import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ENI_STATUSES, INSTANCE_STATUSES, LOCK_REASONS } from '../../src/sandbox/model.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { idsOf, itemsOf, tokenOf, type Item, type ListName } from './support/lists.js';
import { control, tryControl } from './support/sandboxControl.js';
import { send, verdict } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const webPrimary = idOf('eni', 'shop-web-01-primary');
const nic = idOf('eni', 'spare-nic-web');
const database = idOf('i', 'shop-db-primary');
const backup = idOf('eni', 'shop-db-primary-backup-nic');
const [open, ssh, partner, dbGroup] = ['hz-web-public', 'hz-ssh-office', 'partner-api', 'hz-db'].map((name) => idOf('sg', name)) as [string, string, string, string];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 60_000 });
});
beforeEach(() => control(sandbox, 'reset'));
afterAll(() => sandbox.stop());

const touch = (resource: string, change: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> => control(sandbox, 'touch', { resource, ...change });
const state = (resource: string): Promise<Record<string, unknown>> => control(sandbox, 'state', { resource });
const exists = async (resource: string): Promise<boolean> => (await tryControl(sandbox, 'state', { resource })).status === 200;
const ids = async (list: ListName, query: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => idsOf(list, await send(sandbox, list, { query: { RegionId, MaxResults: '100', ...query } }));

const BY_ID: Readonly<Record<ListName, (id: string) => Record<string, string>>> = {
  DescribeInstances: (id) => ({ InstanceIds: JSON.stringify([id]) }),
  DescribeNetworkInterfaces: (id) => ({ 'NetworkInterfaceId.1': id }),
  DescribeSecurityGroups: (id) => ({ SecurityGroupId: id }),
};

async function shown(list: ListName, id: string): Promise<Item | undefined> {
  return itemsOf(list, await send(sandbox, list, { query: { RegionId, ...BY_ID[list](id) } }))[0];
}

describe('another hand changes', () => {
  it.each(INSTANCE_STATUSES)('the status of an instance to %s', async (status) => {
    expect(await touch(web, { status })).toMatchObject({ resource: web, kind: 'instance', regionId: RegionId, status });
    expect(await shown('DescribeInstances', web)).toMatchObject({ Status: status });
    expect((await send(sandbox, 'DescribeInstanceAttribute', { query: { InstanceId: web } })).body['Status']).toBe(status);
  });

  it.each(ENI_STATUSES)('the status of an interface to %s', async (status) => {
    expect(await touch(nic, { status })).toMatchObject({ resource: nic, kind: 'eni', status });
    expect(await shown('DescribeNetworkInterfaces', nic)).toMatchObject({ Status: status });
  });

  it.each(LOCK_REASONS)('the lock of an instance to %s, and takes it away again', async (lock) => {
    await touch(web, { lock });
    const locked = await shown('DescribeInstances', web);
    await touch(web, { lock: null });
    expect([locked?.['OperationLocks'], (await shown('DescribeInstances', web))?.['OperationLocks']]).toEqual([
      { LockReason: [{ LockReason: lock, LockMsg: expect.stringMatching(/^The .*instance is locked/) as unknown }] },
      { LockReason: [] },
    ]);
  });

  it.each<[string, ListName, string, string]>([
    ['an instance', 'DescribeInstances', web, 'InstanceName'],
    ['an interface', 'DescribeNetworkInterfaces', nic, 'NetworkInterfaceName'],
    ['a group', 'DescribeSecurityGroups', partner, 'SecurityGroupName'],
  ])('the name of %s, also to none', async (_what, list, id, field) => {
    const before = await shown(list, id);
    await touch(id, { name: '<b>新名字</b>' });
    const renamed = await shown(list, id);
    await touch(id, { name: '' });
    expect([renamed, (await shown(list, id))?.[field]]).toEqual([{ ...before, [field]: '<b>新名字</b>', ...(list === 'DescribeInstances' && { HostName: renamed?.['HostName'] }) }, '']);
  });

  it('the groups of an instance, which are those of its primary interface', async () => {
    expect(await touch(web, { groups: [partner, dbGroup] })).toMatchObject({ securityGroupIds: [partner, dbGroup] });
    const groups = { SecurityGroupIds: { SecurityGroupId: [partner, dbGroup] } };
    expect([await shown('DescribeInstances', web), await shown('DescribeNetworkInterfaces', webPrimary)]).toMatchObject([groups, groups]);
  });

  it('the groups of an interface, also of a primary one: then its instance shows them', async () => {
    await touch(webPrimary, { groups: [partner] });
    expect(await shown('DescribeInstances', web)).toMatchObject({ SecurityGroupIds: { SecurityGroupId: [partner] } });
  });

  it('one group for another, in one go', async () => {
    expect(await touch(web, { addGroup: partner, removeGroup: ssh })).toMatchObject({ securityGroupIds: [open, partner] });
    expect([(await state(partner))['members'], (await state(ssh))['members']]).toEqual([
      expect.arrayContaining([webPrimary]),
      expect.not.arrayContaining([webPrimary]),
    ]);
  });

  it('a list that names a group twice, once', async () => {
    expect(await touch(web, { groups: [partner, partner, open] })).toMatchObject({ securityGroupIds: [partner, open] });
  });

  it('what is a member to one that comes last, and leaves a stranger out', async () => {
    expect(await touch(web, { addGroup: open })).toMatchObject({ securityGroupIds: [ssh, open] });
    expect(await touch(web, { removeGroup: partner })).toMatchObject({ securityGroupIds: [ssh, open] });
  });

  it('everything at once', async () => {
    expect(await touch(web, { status: 'Stopped', lock: 'financial', name: 'renamed', groups: [partner] })).toEqual({
      ok: true, resource: web, kind: 'instance', regionId: RegionId, status: 'Stopped', locks: ['financial'], securityGroupIds: [partner],
    });
    expect((await shown('DescribeInstances', web))?.['InstanceName']).toBe('renamed');
  });

  it('nothing, if nothing is asked', async () => {
    expect(await touch(web, {})).toEqual(await state(web));
  });

  it('something of the other account, by its id alone', async () => {
    expect(await touch(idOf('i', 'neighbour-01'), { status: 'Stopped' })).toMatchObject({ kind: 'instance', status: 'Stopped' });
  });

  it('what no rule of the service lets anybody change', async () => {
    const managed = idOf('sg', 'nlb-managed-by-cloud');
    expect(await touch(idOf('i', 'old-campaign-site'), { groups: [managed, open] })).toMatchObject({ locks: ['security'], securityGroupIds: [managed, open] });
  });
});

it('a write that is still on its way is overtaken, since reads show another hand at once', async () => {
  const query = { RegionId, InstanceId: web, SecurityGroupId: partner };
  expect(verdict(await send(sandbox, 'JoinSecurityGroup', { query }))).toBe('200');
  const lagging = await shown('DescribeInstances', web);
  await touch(web, { removeGroup: ssh });
  expect([lagging, await shown('DescribeInstances', web)]).toMatchObject([{ SecurityGroupIds: { SecurityGroupId: [open, ssh] } }, { SecurityGroupIds: { SecurityGroupId: [open, partner] } }]);
});

describe('another hand is refused', () => {
  const good = { status: 'Stopped', lock: 'security', name: 'changed' };

  it.each<[string, string, Record<string, unknown>, readonly [number, string]]>([
    ['an unknown group beside good changes', web, { ...good, addGroup: 'sg-bp1nobody' }, [404, `no such security group in ${RegionId}: sg-bp1nobody`]],
    ['one unknown group of a list', web, { ...good, groups: [partner, 'sg-bp1nobody'] }, [404, `no such security group in ${RegionId}: sg-bp1nobody`]],
    ['a group of another region', web, { ...good, addGroup: idOf('sg', 'sh-app', 'cn-shanghai') }, [404, `no such security group in ${RegionId}: ${idOf('sg', 'sh-app', 'cn-shanghai')}`]],
    ['a group of another account', web, { ...good, addGroup: idOf('sg', 'neighbour-default') }, [404, `no such security group in ${RegionId}: ${idOf('sg', 'neighbour-default')}`]],
    ['no group at all', web, { ...good, groups: [] }, [400, `it would be in no security group: ${web}`]],
    ['to take the last group away', nic, { status: 'Deleting', removeGroup: open }, [400, `it would be in no security group: ${nic}`]],
    ['a list and a single group', web, { ...good, groups: [partner], addGroup: dbGroup }, [400, '"groups" replaces the whole list; it goes with neither "addGroup" nor "removeGroup"']],
    ['a list and a group to leave', web, { ...good, groups: [partner], removeGroup: open }, [400, '"groups" replaces the whole list; it goes with neither "addGroup" nor "removeGroup"']],
    ['to add and to remove the same', web, { ...good, addGroup: partner, removeGroup: partner }, [400, '"addGroup" and "removeGroup" are the same']],
    ['a status of interfaces for an instance', web, { ...good, status: 'InUse' }, [400, 'no such status of this kind: InUse']],
    ['a status of instances for an interface', nic, { name: 'changed', status: 'Running' }, [400, 'no such status of this kind: Running']],
    ['a lock for an interface', nic, { name: 'changed', lock: 'security' }, [400, 'only instances have locks']],
    ['to unlock an interface', nic, { name: 'changed', lock: null }, [400, 'only instances have locks']],
    ['a status for a group', partner, { name: 'changed', status: 'Running' }, [400, `a security group can only be renamed or deleted: ${partner}`]],
    ['a lock for a group', partner, { name: 'changed', lock: 'security' }, [400, `a security group can only be renamed or deleted: ${partner}`]],
    ['to unlock a group', partner, { name: 'changed', lock: null }, [400, `a security group can only be renamed or deleted: ${partner}`]],
    ['a group for a group', partner, { name: 'changed', addGroup: open }, [400, `a security group can only be renamed or deleted: ${partner}`]],
    ['to delete and to change', web, { ...good, delete: true }, [400, '"delete" goes with no other change']],
    ['to delete and to unlock', web, { lock: null, delete: true }, [400, '"delete" goes with no other change']],
    ['an unknown lock', web, { ...good, lock: 'whim' }, [400, `"lock" must be one of: ${LOCK_REASONS.join(', ')}`]],
    ['a list that is none', web, { ...good, groups: partner }, [400, '"groups" must be a list of at most 100 strings']],
    ['a list of what are no texts', web, { ...good, groups: [1] }, [400, '"groups" must be a list of at most 100 strings']],
    ['a list too long', web, { ...good, groups: Array.from({ length: 101 }, () => partner) }, [400, '"groups" must be a list of at most 100 strings']],
    ['a name too long', web, { ...good, name: 'x'.repeat(5_001) }, [400, '"name" must be a string of up to 5000 characters']],
    ['a strange field', web, { ...good, color: 'red' }, [400, 'unknown field "color"; known are: resource, status, name, addGroup, removeGroup, groups, lock, delete']],
  ])('%s, and nothing is changed', async (_what, resource, change, [status, error]) => {
    const list: ListName = resource === web ? 'DescribeInstances' : resource === nic ? 'DescribeNetworkInterfaces' : 'DescribeSecurityGroups';
    const before = [await state(resource), await shown(list, resource)];
    expect(await tryControl(sandbox, 'touch', { resource, ...change })).toEqual({ status, body: { error } });
    expect([await state(resource), await shown(list, resource)]).toEqual(before);
  });

  it.each(['i-bp1nobody', 'nonsense', '__proto__', '-'])('the resource %s, which is not there', async (resource) => {
    expect(await tryControl(sandbox, 'touch', { resource, name: 'x' })).toEqual({ status: 404, body: { error: `no such resource: ${resource}` } });
  });
});

describe('another hand deletes', () => {
  it('an instance with all its interfaces', async () => {
    expect(await touch(database, { delete: true })).toEqual({ ok: true, resource: database, kind: 'instance', regionId: RegionId, deleted: true });
    const primary = idOf('eni', 'shop-db-primary-primary');
    expect([await exists(database), await exists(primary), await exists(backup)]).toEqual([false, false, false]);
    expect([await ids('DescribeInstances'), await ids('DescribeNetworkInterfaces'), (await state(dbGroup))['members']]).toEqual([
      expect.not.arrayContaining([database]),
      expect.not.arrayContaining([primary, backup]),
      [idOf('eni', 'shop-db-replica-primary')],
    ]);
    const join = await send(sandbox, 'JoinSecurityGroup', { query: { RegionId, InstanceId: database, SecurityGroupId: partner } });
    expect(verdict(join)).toBe('404 InvalidInstanceId.NotFound');
  });

  it('an attached interface, which its instance then shows no more', async () => {
    const nicsOf = async (): Promise<unknown[]> => ((await shown('DescribeInstances', database))?.['NetworkInterfaces'] as { readonly NetworkInterface: readonly Item[] }).NetworkInterface.map((item) => item['NetworkInterfaceId']);
    const before = await nicsOf();
    expect(await touch(backup, { delete: true })).toEqual({ ok: true, resource: backup, kind: 'eni', regionId: RegionId, deleted: true });
    expect([before, await nicsOf(), await exists(backup)]).toEqual([[idOf('eni', 'shop-db-primary-primary'), backup], [idOf('eni', 'shop-db-primary-primary')], false]);
    expect((await state(idOf('sg', 'hz-monitoring')))['members']).toEqual(expect.not.arrayContaining([backup]));
  });

  it('a free interface', async () => {
    await touch(nic, { delete: true });
    const join = await send(sandbox, 'JoinSecurityGroup', { query: { RegionId, NetworkInterfaceId: nic, SecurityGroupId: partner } });
    expect([await ids('DescribeNetworkInterfaces'), verdict(join)]).toEqual([expect.not.arrayContaining([nic]), '404 InvalidEniId.NotFound']);
  });

  it('no primary interface without its instance', async () => {
    expect(await tryControl(sandbox, 'touch', { resource: webPrimary, delete: true })).toEqual({ status: 400, body: { error: 'a primary interface goes with its instance only' } });
    expect(await exists(webPrimary)).toBe(true);
  });

  it('a group, which its members leave', async () => {
    await touch(ssh, { delete: true }).catch(() => undefined);
    const stuck = await exists(ssh);
    await touch(idOf('i', 'build-agent-07'), { groups: [open] });
    expect(await touch(ssh, { delete: true })).toEqual({ ok: true, resource: ssh, kind: 'group', regionId: RegionId, deleted: true });
    expect([stuck, await exists(ssh), (await state(web))['securityGroupIds'], await ids('DescribeSecurityGroups')]).toEqual([true, false, [open], expect.not.arrayContaining([ssh])]);
    expect(await shown('DescribeInstances', web)).toMatchObject({ SecurityGroupIds: { SecurityGroupId: [open] } });
    const { body, status } = await send(sandbox, 'DescribeSecurityGroupAttribute', { query: { RegionId, SecurityGroupId: ssh } });
    expect([status, body['Code']]).toEqual([404, 'InvalidSecurityGroupId.NotFound']);
  });

  it('no group that is the last one of a member, and leaves it to all of them then', async () => {
    const before = (await state(ssh))['members'];
    expect(await tryControl(sandbox, 'touch', { resource: ssh, delete: true })).toEqual({ status: 400, body: { error: `it is the last security group of ${idOf('eni', 'build-agent-07-primary')}` } });
    expect((await state(ssh))['members']).toEqual(before);
  });

  it('what a page ended with, and its token still leads on', async () => {
    const first = await send(sandbox, 'DescribeInstances', { query: { RegionId, MaxResults: '10' } });
    const rest = await ids('DescribeInstances', { NextToken: tokenOf(first) });
    await touch(idsOf('DescribeInstances', first).at(-1) ?? '', { delete: true });
    expect(await ids('DescribeInstances', { NextToken: tokenOf(first) })).toEqual(rest);
  });

  it('once', async () => {
    await touch(web, { delete: true });
    expect(await tryControl(sandbox, 'touch', { resource: web, delete: true })).toEqual({ status: 404, body: { error: `no such resource: ${web}` } });
  });

  it('nothing when it says "delete: false"', async () => {
    expect(await touch(web, { delete: false, status: 'Stopped' })).toMatchObject({ status: 'Stopped' });
    expect(await exists(web)).toBe(true);
  });
});
