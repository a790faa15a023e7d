import type { Fields } from '../../src/cloud/fields.js';
import { GROUP_CEILING } from '../../src/domain/joinRules.js';
import { answered, judged, notChecked, refused, type Checklist, type Seen } from './claims.js';
import { INSTANCES, INTERFACES, bodyOf, idsOf, itemsOf, type LargePage } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import type { Service } from './service.js';

const INSTANCE_STATES = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped'];
const INTERFACE_STATES = ['Creating', 'Available', 'Attaching', 'InUse', 'Detaching', 'Deleting'];
const INTERFACE_TYPES = ['Primary', 'Secondary', 'Trunk', 'Member'];
const LOCKS = ['financial', 'security', 'recycling', 'dedicatedhostfinancial', 'refunded'];

const groupsOf = (item: Fields): readonly string[] => item.texts('SecurityGroupIds', 'SecurityGroupId') ?? [];

/** Whether all words of a field are known; words are the service's, so they are counted and not repeated. */
function known(words: readonly (string | undefined)[], among: readonly string[]): Seen {
  if (words.length === 0) return notChecked('nothing has this field');
  const strange = words.filter((word) => word === undefined || !among.includes(word)).length;
  return judged(strange === 0, `${strange} of ${words.length} are others`);
}

/** The API pages say 5, the limits page 10: what of that reading can rule out. */
function limitsOver(most: number): string {
  if (most > 10) return 'so the limit is over 10';
  return most > 5 ? 'so the limit is over 5' : 'which does not tell 5 from 10';
}

/** Sections 2.6 and 3.2: words that the rules look at. */
export async function checkWords(checklist: Checklist, instances: LargePage, interfaces: LargePage): Promise<void> {
  const all = [...instances.items, ...interfaces.items];
  await checklist.check({ name: 'instances-states', source: 'facts 1.2', expected: INSTANCE_STATES.join(', ') }, () => known(instances.items.map((item) => item.text('Status')), INSTANCE_STATES));
  await checklist.check({ name: 'interfaces-states', source: 'facts 2.6', expected: INTERFACE_STATES.join(', ') }, () => known(interfaces.items.map((item) => item.text('Status')), INTERFACE_STATES));
  await checklist.check({ name: 'interfaces-types', source: 'facts 2.6', expected: INTERFACE_TYPES.join(', ') }, () => known(interfaces.items.map((item) => item.text('Type')), INTERFACE_TYPES));
  await checklist.check({ name: 'instances-locks', source: 'facts 3.2', expected: LOCKS.join(', ') }, () =>
    known(instances.items.flatMap((item) => item.list('OperationLocks', 'LockReason').map((lock) => lock.text('LockReason')?.toLowerCase())), LOCKS));
  await checklist.check({ name: 'groups-per-interface', source: 'rule V15, open point 3', expected: `nothing is in more than ${GROUP_CEILING} groups` }, () => {
    if (all.length === 0) return notChecked('there is nothing to look at');
    const most = Math.max(...all.map((item) => groupsOf(item).length));
    return judged(most <= GROUP_CEILING, `at most ${most}, ${limitsOver(most)}`);
  });
  await checklist.check({ name: 'instances-interfaces-without-groups', source: 'facts 3.2', expected: 'the interfaces inside an instance carry no groups' }, () => {
    const nics = instances.items.flatMap((item) => item.list('NetworkInterfaces', 'NetworkInterface'));
    if (nics.length === 0) return notChecked('no instance lists interfaces');
    const carrying = nics.filter((nic) => nic.child('SecurityGroupIds') !== undefined).length;
    return judged(carrying === 0, `${carrying} of ${nics.length} carry groups`);
  });
}

/** Sections 1.2 and 3.1: which interfaces belong to a group, and whose groups an instance's are. */
export async function checkMembers(service: Service, checklist: Checklist, instances: LargePage): Promise<void> {
  const example = instances.items.find((item) => groupsOf(item).length > 0 && item.list('NetworkInterfaces', 'NetworkInterface').length > 0);
  const instanceId = example?.text('InstanceId') ?? '';
  const groupIds = example === undefined ? [] : groupsOf(example);
  const SecurityGroupId = groupIds[0] ?? '';
  const needed = (look: () => Promise<Seen>) => () => (example === undefined ? notChecked('no instance with interfaces and groups is listed') : look());
  await checklist.check({ name: 'interfaces-by-group', source: 'facts 3.1', expected: 'a list of interfaces by group holds no primary ones, although one is in the group' }, needed(async () => {
    const found = itemsOf(answered(await service.here('DescribeNetworkInterfaces', { MaxResults: '100', SecurityGroupId })), INTERFACES.envelope);
    const primary = found.filter((item) => item.text('Type') === 'Primary').length;
    return judged(primary === 0, `${primary} of ${found.length} are primary`);
  }));
  await checklist.check({ name: 'instances-by-group', source: 'facts 3.1', expected: 'a list of instances by group holds members only, and the one that we know' }, needed(async () => {
    const exchange = answered(await service.here('DescribeInstances', { MaxResults: '100', SecurityGroupId }));
    const found = itemsOf(exchange, INSTANCES.envelope);
    const strangers = found.filter((item) => !groupsOf(item).includes(SecurityGroupId)).length;
    const there = idsOf(exchange, INSTANCES).includes(instanceId) || bodyOf(exchange).text('NextToken') !== '';
    return judged(strangers === 0 && there, `${found.length} instances, ${strangers} of them no members, ours is ${there ? 'there' : 'absent'}`);
  }));
  await checklist.check({ name: 'primary-interface-groups', source: 'facts 1.2', expected: "an instance's groups are those of its primary interface" }, needed(async () => {
    const found = itemsOf(answered(await service.here('DescribeNetworkInterfaces', { MaxResults: '100', InstanceId: instanceId })), INTERFACES.envelope);
    const primary = found.filter((item) => item.text('Type') === 'Primary');
    const [one] = primary;
    if (one === undefined) return judged(false, `none of ${found.length} interfaces is primary`);
    const same = [...groupsOf(one)].sort().join() === [...groupIds].sort().join();
    return judged(same && primary.length === 1, `${primary.length} primary, ${same ? 'the same' : 'other'} groups`);
  }));
  await checklist.check({ name: 'instance-attribute', source: 'facts 3.1', expected: 'DescribeInstanceAttribute tells state, network, groups and locks' }, needed(async () => {
    const body = bodyOf(answered(await service.ask('DescribeInstanceAttribute', { InstanceId: instanceId })));
    const lacking = ['Status', 'InstanceNetworkType'].filter((name) => body.text(name) === undefined).concat(['VpcAttributes', 'SecurityGroupIds', 'OperationLocks'].filter((name) => body.child(name) === undefined));
    return judged(lacking.length === 0, lacking.length === 0 ? 'all are there' : `without ${lacking.join(', ')}`);
  }));
  await checklist.check({ name: 'interfaces-managed', source: 'facts 2.6', expected: 'an interface that a cloud product manages names no instance' }, async () => {
    const found = itemsOf(answered(await service.here('DescribeNetworkInterfaces', { MaxResults: '100', ServiceManaged: 'true' })), INTERFACES.envelope);
    if (found.length === 0) return notChecked('no interface is managed');
    const unmanaged = found.filter((item) => item.flag('ServiceManaged') !== true).length;
    const naming = found.filter((item) => (item.text('InstanceId') ?? '') !== '').length;
    return judged(unmanaged === 0 && naming === 0, `${found.length} listed, ${unmanaged} not managed, ${naming} name an instance`);
  });
}

/** Section 2.5, and what the sandbox says to lists that are none. */
export async function checkInstanceRefusals(service: Service, checklist: Checklist): Promise<void> {
  await checklist.check({ name: 'instances-dry-run', source: 'facts 2.5', expected: 'the error code DryRunOperation (400) for a dry run that passed' }, async () => refused(await service.here('DescribeInstances', { DryRun: 'true' }), [400, 'DryRunOperation']));
  await checklist.check({ name: 'instances-ids-not-a-list', source: 'the sandbox (inferred)', expected: '400 InvalidInstanceIds.Malformed' }, async () =>
    refused(await service.here('DescribeInstances', { InstanceIds: MADE_UP.notAList }), [400, 'InvalidInstanceIds.Malformed']));
  await checklist.check({ name: 'instance-attribute-unknown', source: 'the sandbox', expected: '404 InvalidInstanceId.NotFound' }, async () =>
    refused(await service.ask('DescribeInstanceAttribute', { InstanceId: MADE_UP.instance }), [404, 'InvalidInstanceId.NotFound']));
}
