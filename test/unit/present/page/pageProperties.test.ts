import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Details, GroupFacts } from '../../../../src/domain/details.js';
import { failed, success, type Result } from '../../../../src/domain/failure.js';
import type { NetworkInterface, SecurityGroup, SecurityGroupRule } from '../../../../src/domain/resources.js';
import type { LinkedPage } from '../../../../src/present/page/details.js';
import { detailsPage, unreadPage } from '../../../../src/present/page/detailsPage.js';
import type { Block, Picture, Table } from '../../../../src/present/page/page.js';
import type { PageOptions, Reading } from '../../../../src/present/page/pageOptions.js';
import { instance, networkInterface, securityGroup } from '../../support/builders.js';
import { refusal } from '../../support/failures.js';
import { hostileText, unseen } from '../../support/hostile.js';
import { NOW } from './world.js';

/** Whatever the service answers, a page is made of it, and the page holds together. */

const GROUP_IDS = ['sg-1', 'sg-2', 'sg-3', '__proto__'] as const;
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const given = <T extends object>(fields: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(fields, { requiredKeys: [] });
const result = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<Result<T>> => fc.oneof({ weight: 4, arbitrary: one.map(success) }, { weight: 1, arbitrary: hostileText.map((text) => failed({ ...refusal(text, 403, text), serviceMessage: text, requestId: text })) });
const tags = fc.array(fc.record({ key: fc.oneof(hostileText, fc.constantFrom('ack.aliyun.com', 'acs:autoscaling:scalingGroupId')), value: hostileText }), { maxLength: 3 });
const groupIds = fc.subarray([...GROUP_IDS]);

const rule: fc.Arbitrary<SecurityGroupRule> = fc.record(
  {
    direction: fc.constantFrom('ingress', 'egress'),
    policy: fc.oneof(fc.constantFrom('Accept', 'Drop', 'drop', ''), hostileText),
    protocol: fc.oneof(fc.constantFrom('TCP', 'UDP', 'ICMP', 'ALL', 'GRE', ''), hostileText),
    portRange: fc.oneof(fc.constantFrom('-1/-1', '22/22', '1/65535', '443/80', '80,443', ''), hostileText),
    peer: fc.oneof(fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8', '10.0.0.1', '2001:db8::/32', 'sg-1', 'pl-1', ''), hostileText),
    peerKind: fc.constantFrom('cidr', 'group', 'prefixList', 'unknown'),
    id: hostileText, peerName: hostileText, peerOwner: hostileText, priority: fc.integer({ min: -1, max: 101 }), sourcePortRange: hostileText, ownCidr: hostileText, portListId: hostileText, portListName: hostileText, description: hostileText, createdAt: hostileText,
  },
  { requiredKeys: ['direction', 'policy', 'protocol', 'portRange', 'peer', 'peerKind'] },
);
const rules = fc.record({ rules: fc.array(rule, { maxLength: 6 }), innerAccessPolicy: fc.constantFrom('Accept', 'Drop', 'Maybe') });

const group = given<Pick<SecurityGroup, 'name' | 'description' | 'type' | 'vpcId' | 'serviceManaged' | 'tags' | 'createdAt'>>({
  name: hostileText, description: hostileText, type: fc.oneof(fc.constantFrom('normal', 'enterprise'), hostileText), vpcId: hostileText, serviceManaged: fc.boolean(), tags, createdAt: hostileText,
}).map((fields) => securityGroup(fields as Partial<SecurityGroup>));

const groups: fc.Arbitrary<ReadonlyMap<string, GroupFacts>> = fc
  .array(fc.record({ id: fc.constantFrom(...GROUP_IDS), group: result(maybe(group)), rules: result(rules) }), { maxLength: 4 })
  .map((all) => new Map(all.map((facts) => [facts.id, facts])));
const prefixLists = fc.dictionary(fc.constantFrom('pl-1', 'pl-2'), result(fc.array(fc.oneof(fc.constant('192.0.2.0/24'), hostileText), { maxLength: 3 }))).map((all) => new Map(Object.entries(all)));

const eni = given<Pick<NetworkInterface, 'name' | 'type' | 'status' | 'instanceId' | 'securityGroupIds' | 'serviceManaged' | 'tags' | 'privateIps'>>({
  name: hostileText, type: fc.oneof(fc.constantFrom('Primary', 'Secondary'), hostileText), status: hostileText, instanceId: hostileText, securityGroupIds: groupIds, serviceManaged: fc.boolean(), tags, privateIps: fc.array(hostileText, { maxLength: 2 }),
}).map((fields) => networkInterface(fields as Partial<NetworkInterface>));
const host = given({ name: hostileText, status: hostileText, instanceType: hostileText, osName: hostileText, chargeType: hostileText, expiresAt: hostileText, securityGroupIds: groupIds, publicIps: fc.array(hostileText, { maxLength: 2 }), tags, locks: fc.array(fc.record({ reason: hostileText }), { maxLength: 2 }) }).map((fields) => instance(fields));

const part = <T>(one: fc.Arbitrary<T>) => result(fc.record({ items: fc.array(one, { maxLength: 3 }), more: fc.boolean() }));
const details: fc.Arbitrary<Details> = fc.oneof(
  fc.record({ about: fc.constant('target' as const), resource: fc.oneof(host, eni), interfaces: result(fc.array(eni, { maxLength: 3 })), host: result(maybe(host)), groups, prefixLists, readAt: fc.constant(NOW) }),
  fc.record({ about: fc.constant('group' as const), resource: group, rules: result(rules), prefixLists, instances: part(host), interfaces: part(eni), referredBy: part(fc.constantFrom(...GROUP_IDS)), related: fc.array(group, { maxLength: 2 }).map((all) => new Map(all.map((one) => [one.id, one]))), readAt: fc.constant(NOW) }),
);

const reading: fc.Arbitrary<Reading> = fc.oneof(fc.constantFrom<Reading>({ reading: 'underWay' }, { reading: 'gone' }, { reading: 'accountGone' }), hostileText.map((text): Reading => ({ reading: 'failed', failure: refusal(text, 500, text) })));
const options: fc.Arbitrary<PageOptions> = fc.record({
  language: fc.constantFrom('en', 'zh'), account: hostileText, sandbox: fc.boolean(), readOnly: fc.boolean(), now: fc.constant(NOW), reading: maybe(reading), comparison: maybe(fc.record({ kind: fc.constantFrom('join', 'leave', 'replace'), groupIds })),
});

/** Everything in a page, whatever its shape, with the field that it stands in. */
function* parts(value: unknown, field = ''): Generator<readonly [field: string, value: unknown]> {
  yield [field, value];
  if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) yield* parts(inner, key);
}

function blocksOf<B extends Block['block']>({ page }: LinkedPage, block: B): readonly Extract<Block, { readonly block: B }>[] {
  return page.sections.flatMap(({ blocks }) => blocks).filter((one): one is Extract<Block, { readonly block: B }> => one.block === block);
}

/** What is wrong with a page; nothing. */
function faults(linked: LinkedPage): readonly string[] {
  const all = [...parts(linked.page)];
  const texts = all.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
  const used = new Set(all.flatMap(([field, value]) => (field === 'link' ? [value] : [])));
  const repeated = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...texts.filter((text) => unseen(text).length > 0).map((text) => `unseen: ${text}`),
    ...all.flatMap(([field, value]) => (['text', 'title', 'label', 'caption', 'empty', 'name'].includes(field) && typeof value === 'string' && value.trim() === '' ? [`blank ${field}`] : [])),
    ...[...used].filter((key) => !linked.links.has(String(key))).map((key) => `no link: ${String(key)}`),
    ...[...linked.links.keys()].filter((key) => !used.has(key)).map((key) => `unused: ${key}`),
    ...repeated(linked.page.sections.map(({ id }) => id)).map((id) => `section twice: ${id}`),
    ...repeated([...blocksOf(linked, 'table'), ...blocksOf(linked, 'picture')].map(({ id }) => id)).map((id) => `block twice: ${id}`),
    ...blocksOf(linked, 'table').flatMap((table) => tableFaults(table, linked)),
    ...blocksOf(linked, 'picture').flatMap(pictureFaults),
    ...linked.page.sections.filter(({ blocks }) => blocks.length === 0).map(({ id }) => `empty section: ${id}`),
  ];
}

function tableFaults({ id, rows, columns, actions }: Table, { records }: LinkedPage): readonly string[] {
  const exported = actions.length > 0 && records?.get(id)?.length !== rows.length ? [`records of ${id}`] : [];
  return [...exported, ...rows.flatMap(({ index, cells }, at) => (index === at && cells.length === columns.length ? [] : [`row ${at} of ${id}`]))];
}

function pictureFaults({ columns, lines, sentences, id }: Picture): readonly string[] {
  const nodes = columns.flatMap((column) => column.nodes.map((node) => node.id));
  const ends = lines.flatMap(({ from, to }) => [from, to]).filter((end) => !nodes.includes(end));
  return [...(new Set(nodes).size === nodes.length ? [] : [`nodes of ${id}`]), ...ends.map((end) => `line to nowhere: ${end}`), ...(sentences.length === 0 ? [`no sentence: ${id}`] : [])];
}

describe('a page of anything', () => {
  it('is whole: every link does something, none is spare, nothing is blank or hides, tables and pictures fit', () => {
    fc.assert(fc.property(details, options, (facts, chosen) => {
      const found = faults(detailsPage(facts, chosen));
      if (found.length > 0) expect(found).toEqual([]);
    }), { numRuns: 200 });
  });

  it('is the same when it is made again', () => {
    fc.assert(fc.property(details, options, (facts, chosen) => {
      expect(detailsPage(facts, chosen)).toEqual(detailsPage(facts, chosen));
    }), { numRuns: 30 });
  });

  it('is whole where nothing was read', () => {
    fc.assert(fc.property(fc.record({ kind: fc.constantFrom('instance', 'networkInterface', 'securityGroup'), id: fc.constantFrom('i-1', '\u202Eid'), regionId: fc.constant('cn-hangzhou'), name: maybe(hostileText) }), options, (ref, chosen) => {
      const found = faults(unreadPage(ref, chosen));
      if (found.length > 0) expect(found).toEqual([]);
    }), { numRuns: 200 });
  });
});

describe('a huge group', () => {
  it('has all of its ten thousand rules', () => {
    const many = Array.from({ length: 10_000 }, (_, index): SecurityGroupRule => ({ direction: 'ingress', policy: 'Accept', protocol: 'TCP', portRange: `${1 + index}/${1 + index}`, peer: '10.0.0.0/8', peerKind: 'cidr', priority: 1 }));
    const made = detailsPage(
      { about: 'group', resource: securityGroup(), rules: success({ rules: many }), prefixLists: new Map(), instances: success({ items: [], more: false }), interfaces: success({ items: [], more: false }), referredBy: success({ items: [], more: false }), related: new Map(), readAt: NOW },
      { language: 'en', account: 'dev', sandbox: false, now: NOW },
    );
    expect([blocksOf(made, 'table').map(({ id, rows }) => [id, rows.length]), faults(made)]).toEqual([[['instances', 0], ['interfaces', 0], ['rules', 10_000]], []]);
  });
});
