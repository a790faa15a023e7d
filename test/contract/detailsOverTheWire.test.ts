import { DescribePrefixListAttributesRequest, DescribeSecurityGroupReferencesRequest } from '@alicloud/ecs20140526';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Details, GroupDetails, TargetDetails } from '../../src/domain/details.js';
import { readDetails, type DetailsOf } from '../../src/app/details/readDetails.js';
import type { Ecs } from '../../src/app/ports/ecs.js';
import type { SecurityGroupRule } from '../../src/domain/resources.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { HOSTILE_TEXTS } from '../../src/sandbox/worlds/hostile.js';
import { without } from '../unit/support/builders.js';
import { watched } from './faultMatrix/watchedEcs.js';
import { BAD_ANSWERS, TIMEOUT_SECONDS } from './support/badAnswers.js';
import { CONTEXT, ecsOf, failureOf, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { clientFor } from './support/officialSdk.js';
import { control } from './support/sandboxControl.js';

/** What a details page reads, over the wire: whatever one part of it is, the others are there. */
const regionId = 'cn-hangzhou';
const READ_AT = 4_711;
const clock = { now: () => READ_AT };

let sandbox: Sandbox;
let ecs: Ecs;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
  ecs = await ecsOf(sandbox, { timeoutSeconds: TIMEOUT_SECONDS });
});
beforeEach(() => control(sandbox, 'clearFaults'));
afterAll(() => sandbox.stop());

const read = async (of: DetailsOf): Promise<Details | undefined> => valueOf(await readDetails(ecs, of, { context: CONTEXT, clock }));

async function target(kind: 'instance' | 'networkInterface', name: string, alsoGroups: readonly string[] = []): Promise<TargetDetails> {
  const details = await read({ kind, id: idOf(kind === 'instance' ? 'i' : 'eni', name), regionId, alsoGroups });
  if (details?.about !== 'target') throw new Error(`not listed: ${name}`);
  return details;
}

async function group(name: string): Promise<GroupDetails> {
  const details = await read({ kind: 'securityGroup', id: idOf('sg', name), regionId });
  if (details?.about !== 'group') throw new Error(`not listed: ${name}`);
  return details;
}

/** How many requests were made, by operation. */
async function asked(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  await control(sandbox, 'clearRequests');
  await work();
  const { requests } = (await control(sandbox, 'requests')) as { readonly requests: readonly { readonly action: string }[] };
  const actions = requests.map(({ action }) => action);
  return Object.fromEntries(actions.map((action) => [action, actions.filter((other) => other === action).length]));
}

const names = (ids: readonly string[]): readonly string[] => [...ids].sort();
const partners = idOf('pl', 'staging-partners');

describe('the two reads that only a page needs', () => {
  it('are understood as the official client understands them', async () => {
    const official = clientFor(sandbox);
    const list = await official.describePrefixListAttributes(new DescribePrefixListAttributesRequest({ regionId, prefixListId: partners }));
    expect(valueOf(await ecs.readPrefixList({ regionId, prefixListId: partners }, CONTEXT))).toEqual(list.body?.entries?.entry?.map(({ cidr }) => cidr));
    expect(list.body).toMatchObject({ prefixListId: partners, prefixListName: 'staging-partners', addressFamily: 'IPv4', maxEntries: 20 });
    const securityGroupIds = ['hz-web-public', 'hz-app', 'hz-quarantine'].map((name) => idOf('sg', name));
    const references = await official.describeSecurityGroupReferences(new DescribeSecurityGroupReferencesRequest({ regionId, securityGroupId: [...securityGroupIds] }));
    const theirs = references.body?.securityGroupReferences?.securityGroupReference?.map((one) => [one.securityGroupId, one.referencingSecurityGroups?.referencingSecurityGroup?.map(({ securityGroupId }) => securityGroupId)] as const);
    expect([...valueOf(await ecs.readReferences({ regionId, securityGroupIds }, CONTEXT))]).toEqual([...(theirs ?? []), [idOf('sg', 'hz-quarantine'), []]]);
    expect(theirs).toEqual([[idOf('sg', 'hz-web-public'), [idOf('sg', 'hz-app')]], [idOf('sg', 'hz-app'), [idOf('sg', 'hz-db')]]]);
  });

  it('fail as everything fails: by their own names', async () => {
    expect(failureOf(await ecs.readPrefixList({ regionId, prefixListId: 'pl-bp1nobody' }, CONTEXT))).toMatchObject({ code: 'InvalidPrefixListId.NotFound', operation: 'DescribePrefixListAttributes', reached: 'yes', httpStatus: 404 });
    expect(failureOf(await ecs.readReferences({ regionId, securityGroupIds: ['sg-bp1nobody'] }, CONTEXT))).toMatchObject({ code: 'InvalidSecurityGroupId.NotFound', operation: 'DescribeSecurityGroupReferences', reached: 'yes' });
    expect(failureOf(await ecs.readReferences({ regionId, securityGroupIds: Array.from({ length: 11 }, (_, index) => `sg-${index}`) }, CONTEXT)).code).toBe('InvalidSecurityGroupId.Malformed');
  });

  it('are tried again when the service asks to wait', async () => {
    await control(sandbox, 'faults', { kind: 'error', code: 'Throttling', retryAfterMs: 1, action: 'DescribePrefixListAttributes' });
    expect(valueOf(await ecs.readPrefixList({ regionId, prefixListId: partners }, CONTEXT))).toEqual(['192.0.2.0/25', '203.0.113.64/26']);
  });
});

describe('the page of an instance', () => {
  it('has its interfaces, its groups with their rules, and the prefix lists that these name', async () => {
    const { resource, interfaces, host, groups, prefixLists, readAt } = await target('instance', 'staging-web-01');
    expect([resource.name, host, readAt]).toEqual(['staging-web-01', { ok: true, value: undefined }, READ_AT]);
    expect(valueOf(interfaces).map(({ id, type }) => [id, type])).toEqual([[idOf('eni', 'staging-web-01-primary'), 'Primary']]);
    expect(names([...groups.keys()])).toEqual(names([idOf('sg', 'staging-all'), idOf('sg', 'staging-web')]));
    const rules = [...groups.values()].map(({ group: listed, rules: read_ }) => [valueOf(listed)?.name, valueOf(read_).rules.length, valueOf(read_).innerAccessPolicy]);
    expect(rules.sort()).toEqual([['staging-all', 8, 'Accept'], ['staging-web', 4, 'Drop']]);
    expect(prefixLists).toEqual(new Map([[partners, { ok: true, value: ['192.0.2.0/25', '203.0.113.64/26'] }]]));
  });

  it('asks for each thing once, with groups to compare with', async () => {
    const wanted = [idOf('sg', 'staging-all'), idOf('sg', 'hz-app')];
    expect(await asked(() => target('instance', 'staging-web-01', wanted))).toEqual({ DescribeInstances: 1, DescribeNetworkInterfaces: 1, DescribeSecurityGroups: 2, DescribeSecurityGroupAttribute: 3, DescribePrefixListAttributes: 1 });
  });

  it('tells the facts that a page shows', async () => {
    const { resource } = await target('instance', 'shop-web-01');
    expect(resource).toMatchObject({ cpu: 2, memoryMb: 8192, chargeType: 'PostPaid', deletionProtection: false, startedAt: expect.stringMatching(/^2026-/) as unknown, ipv6s: [expect.stringMatching(/^2001:db8:/)], resourceGroupId: idOf('rg', 'shop') });
    expect(resource).not.toHaveProperty('expiresAt');
    expect((await target('instance', 'shop-db-primary')).resource).toMatchObject({ chargeType: 'PrePaid', expiresAt: '2027-06-30T16:00Z', deletionProtection: true });
  });

  it('has the groups of a secondary interface as well', async () => {
    const { groups } = await target('instance', 'shop-db-primary');
    expect(names([...groups.keys()])).toEqual(names([idOf('sg', 'hz-db'), idOf('sg', 'hz-monitoring')]));
  });
});

describe('the page of an interface', () => {
  it('has the instance that it is attached to', async () => {
    const { resource, host, groups } = await target('networkInterface', 'shop-db-primary-backup-nic');
    expect([resource.kind, valueOf(host)?.name, groups.size]).toEqual(['networkInterface', 'shop-db-primary', 2]);
  });

  it('of a cloud product says whose it is, and names no instance', async () => {
    const { resource, host } = await target('networkInterface', 'nlb-nic');
    expect([resource, host]).toMatchObject([{ serviceManaged: true, serviceId: '12345678910' }, { ok: true, value: undefined }]);
  });
});

describe('the page of a group', () => {
  it('has members by kind, rules, and the groups around it', async () => {
    const { resource, rules, instances, interfaces, referredBy, related } = await group('hz-app');
    expect([resource.name, valueOf(rules).rules.map(({ peer, peerName }) => [peer, peerName])]).toEqual(['hz-app', [[idOf('sg', 'hz-web-public'), 'hz-web-public']]]);
    expect(names(valueOf(instances).items.map(({ name = '' }) => name))).toEqual(['ESS-asg-shop-burst', 'report-worker', 'shop-app-01', 'shop-app-02', 'shop-app-03']);
    expect([valueOf(interfaces), valueOf(referredBy)]).toEqual([{ items: [], more: false }, { items: [idOf('sg', 'hz-db')], more: false }]);
    expect(names([...related.values()].map(({ name = '' }) => name))).toEqual(['hz-db', 'hz-web-public']);
  });

  it('has secondary interfaces among its members, and mutual references', async () => {
    expect(valueOf((await group('hz-monitoring')).interfaces).items.map(({ name }) => name)).toEqual(['shop-db-primary-backup-nic']);
    const web = await group('staging-web');
    expect([valueOf(web.referredBy).items, [...web.related.keys()]]).toEqual([[idOf('sg', 'staging-all')], [idOf('sg', 'staging-all')]]);
  });

  it('asks for each thing once', async () => {
    expect(await asked(() => group('staging-all'))).toEqual({ DescribeSecurityGroups: 2, DescribeSecurityGroupAttribute: 1, DescribeInstances: 1, DescribeNetworkInterfaces: 1, DescribeSecurityGroupReferences: 1, DescribePrefixListAttributes: 1 });
  });
});

describe('a part that cannot be read', () => {
  const once = BAD_ANSWERS.filter(({ tries }) => tries === 1);

  it.each(once)('for $what fails in its place, with all the rest', async ({ fault, code }) => {
    const others = without(await group('hz-app'), 'referredBy', 'related');
    await control(sandbox, 'faults', { times: 1_000, ...fault, action: 'DescribeSecurityGroupReferences' });
    const { referredBy, related, ...rest } = await group('hz-app');
    expect([failureOf(referredBy), rest, related.size]).toMatchObject([{ code, operation: 'DescribeSecurityGroupReferences' }, others, 1]);
  });

  it.each<[string, keyof GroupDetails, number]>([
    ['DescribeSecurityGroupAttribute', 'rules', 1],
    ['DescribeInstances', 'instances', 2],
    ['DescribeNetworkInterfaces', 'interfaces', 2],
  ])('leaves the others as they are: %s', async (action, place, around) => {
    const others = without(await group('hz-app'), place, 'related');
    await control(sandbox, 'faults', { kind: 'ok200WithErrorCode', times: 1_000, action });
    const { [place]: failed, related, ...rest } = await group('hz-app');
    expect([failed, rest, related.size]).toMatchObject([{ ok: false, failure: { code: 'InternalError', operation: action } }, others, around]);
  });

  it.each(once.slice(0, 3))('for $what leaves the other prefix lists and all rules: of an instance', async ({ fault, code }) => {
    await control(sandbox, 'faults', { times: 1_000, ...fault, action: 'DescribePrefixListAttributes', resource: partners });
    const { groups, prefixLists } = await target('instance', 'staging-web-01');
    expect([[...prefixLists], [...groups.values()].map(({ rules }) => rules.ok)]).toMatchObject([[[partners, { ok: false, failure: { code } }]], [true, true]]);
  });

  it('as the list of groups is one leaves the rules of an instance usable', async () => {
    await control(sandbox, 'faults', { kind: 'error', code: 'Forbidden.RAM', status: 403, times: 1_000, action: 'DescribeSecurityGroups' });
    const { groups } = await target('instance', 'shop-web-01');
    expect([...groups.values()].map((facts) => [facts.group.ok, facts.rules.ok])).toEqual([[false, true], [false, true]]);
  });

  it('for want of a permission says which, and the rest is there', async () => {
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: ['ecs:DescribePrefixListAttributes', 'ecs:DescribeSecurityGroupReferences'], Resource: '*' }];
    await control(sandbox, 'policy', { key: 'limited', policy: { Version: '1', Statement } });
    const limited = await ecsOf({ endpoint: sandbox.endpoint, ...sandbox.keys.limited });
    const details = valueOf(await readDetails(limited, { kind: 'securityGroup', id: idOf('sg', 'staging-all'), regionId }, { context: CONTEXT, clock }));
    await control(sandbox, 'reset');
    const denied = (operation: string) => ({ ok: false, failure: { code: 'Forbidden.RAM', operation, deniedAction: `ecs:${operation}` } });
    expect(details).toMatchObject({ about: 'group', rules: { ok: true }, instances: { ok: true }, referredBy: denied('DescribeSecurityGroupReferences') });
    expect([...(details?.about === 'group' ? details.prefixLists.values() : [])]).toMatchObject([denied('DescribePrefixListAttributes')]);
  });
});

describe('what has vanished', () => {
  it('has no page any more', async () => {
    const [id, of] = [idOf('sg', 'temporary-debug'), { kind: 'securityGroup', id: idOf('sg', 'temporary-debug'), regionId } as const];
    expect((await read(of))?.resource.id).toBe(id);
    await control(sandbox, 'touch', { resource: id, delete: true });
    expect(await read(of)).toBeUndefined();
    await control(sandbox, 'touch', { resource: idOf('i', 'notebook-liu', 'cn-shanghai'), delete: true });
    expect(await read({ kind: 'instance', id: idOf('i', 'notebook-liu', 'cn-shanghai'), regionId: 'cn-shanghai' })).toBeUndefined();
    await control(sandbox, 'reset');
  });

  it('while its page was being read leaves failures in the places of its parts', async () => {
    const gone = idOf('sg', 'temporary-debug');
    const of = { kind: 'instance', id: idOf('i', 'shop-web-01'), regionId, alsoGroups: [gone] } as const;
    let vanished: Promise<unknown> | undefined;
    const vanishing = watched(ecs, {
      before: async ({ operation }) => {
        if (operation === 'readRules') await (vanished ??= control(sandbox, 'touch', { resource: gone, delete: true }));
      },
      after: () => undefined,
    });
    const details = valueOf(await readDetails(vanishing, of, { context: CONTEXT, clock }));
    await control(sandbox, 'reset');
    expect(details?.about === 'target' && details.groups.get(gone)?.rules).toMatchObject({ ok: false, failure: { code: 'InvalidSecurityGroupId.NotFound' } });
    expect(details?.about === 'target' && details.groups.size).toBe(3);
  });
});

describe('whoever has gone', () => {
  it('keeps nothing waiting', async () => {
    await control(sandbox, 'faults', { kind: 'hang', times: 1_000 });
    const source = new AbortController();
    const reading = readDetails(ecs, { kind: 'securityGroup', id: idOf('sg', 'hz-app'), regionId }, { context: { signal: source.signal }, clock });
    source.abort();
    expect(failureOf(await reading)).toMatchObject({ code: 'Client.Cancelled' });
  });
});

describe('the world "heavy"', () => {
  beforeAll(() => control(sandbox, 'reset', { world: 'heavy' }));
  afterAll(() => control(sandbox, 'reset', { world: 'demo' }));

  it('makes no shorter list of one that breaks off in the middle', async () => {
    await control(sandbox, 'faults', { kind: 'tokenExpired', times: 1_000, action: 'DescribeInstances' });
    await control(sandbox, 'faults', { kind: 'tokenRepeated', times: 1_000, action: 'DescribeSecurityGroupAttribute' });
    const { instances, interfaces } = await group('crowd');
    expect([failureOf(instances).code, valueOf(interfaces).items.length]).toEqual(['InvalidParameter.NextToken', 500]);
    expect(failureOf((await group('rules-10000')).rules)).toMatchObject({ code: 'Client.OddAnswer', detail: 'The service repeated a page token.' });
  });

  it.each([['rules-1000', 1_000, 1], ['rules-10000', 10_000, 10]])('has all rules of %s', async (name, count, pages) => {
    let rules: readonly SecurityGroupRule[] = [];
    const requests = await asked(async () => { rules = valueOf((await group(name)).rules).rules; });
    expect([rules.length, new Set(rules.map(({ id }) => id)).size, requests['DescribeSecurityGroupAttribute']]).toEqual([count, count, pages]);
  });

  it('has five groups with forty rules for one instance', async () => {
    const { groups, prefixLists } = await target('instance', 'in-five-groups');
    const five = [...groups.values()].filter(({ group: listed }) => valueOf(listed)?.name?.startsWith('five-'));
    expect([five.length, five.flatMap(({ rules }) => valueOf(rules).rules).length, prefixLists.size]).toEqual([5, 40, 1]);
  });

  it('has more members than a page shows, and says so', async () => {
    const { instances, interfaces } = await group('crowd');
    expect([valueOf(instances), valueOf(interfaces)].map(({ items, more }) => [items.length, more])).toEqual([[500, true], [500, true]]);
  });

  it('has more groups that refer to one than the service tells', async () => {
    const { referredBy, related } = await group('popular');
    expect([valueOf(referredBy).items.length, valueOf(referredBy).more, related.size]).toEqual([100, true, 100]);
  });
});

describe('the odd rules of the world "hostile"', () => {
  let rules: ReadonlyMap<string | undefined, SecurityGroupRule>;
  let prefixLists: TargetDetails['prefixLists'];
  beforeAll(async () => {
    await control(sandbox, 'reset', { world: 'hostile' });
    const { groups, prefixLists: lists } = await target('instance', 'own-id');
    const facts = groups.get(idOf('sg', 'id-of-an-instance'));
    if (facts === undefined) throw new Error('the instance has left the odd group');
    rules = new Map(valueOf(facts.rules).rules.map((rule) => [rule.description, rule]));
    prefixLists = lists;
  });
  afterAll(() => control(sandbox, 'reset', { world: 'demo' }));

  it.each<[string, Partial<SecurityGroupRule>]>([
    ['a protocol that nobody knows', { protocol: 'SCTP' }],
    ['no protocol', { protocol: '' }],
    ['a protocol by its number', { protocol: '47' }],
    ['ports the wrong way round', { portRange: '443/80' }],
    ['no ports', { portRange: '' }],
    ['a policy that nobody knows', { policy: 'Perhaps' }],
    ['no policy', { policy: '' }],
    ['a priority out of bounds', { priority: 4711 }],
    ['a direction that nobody knows', { peerKind: 'unknown' }],
    ['nobody at the other side', { peer: '', peerKind: 'unknown' }],
    ['a block that is none', { peer: '10.0.0.0/99', peerKind: 'cidr' }],
    ["the sender's ports, and an address of this side", { sourcePortRange: '1024/65535', ownCidr: '172.16.7.10/32' }],
    ['a list of ports', { portRange: '', portListId: 'prl-bp1nobody', portListName: '<b>ports</b>' }],
    ['a list with a harmful name', { peerKind: 'prefixList', peerName: HOSTILE_TEXTS['html'] ?? '' }],
    ['a group with a harmful name', { peerKind: 'group', peerName: HOSTILE_TEXTS['html'] ?? '' }],
    ['a group of somebody else', { peerKind: 'group', peerOwner: HOSTILE_TEXTS['html'] ?? '' }],
  ])('come as they are: %s', (note, known) => {
    expect(rules.get(note)).toMatchObject(known);
  });

  it.each(['no priority', 'a priority in words'])('come without what cannot be read: %s', (note) => {
    expect(rules.get(note)).not.toHaveProperty('priority');
  });

  it('name lists of which each tells what it is', () => {
    expect(prefixLists).toEqual(new Map([
      [idOf('pl', 'harmful-list'), { ok: true, value: ['198.51.100.0/24', 'not a block', '2001:db8::/32'] }],
      [idOf('pl', 'unreadable-list'), { ok: false, failure: expect.objectContaining({ code: 'Client.OddAnswer', operation: 'DescribePrefixListAttributes' }) as unknown }],
      [idOf('pl', 'gone-list'), { ok: false, failure: expect.objectContaining({ code: 'InvalidPrefixListId.NotFound', operation: 'DescribePrefixListAttributes' }) as unknown }],
    ]));
  });
});
