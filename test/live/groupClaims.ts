import type { Fields } from '../../src/cloud/fields.js';
import { answered, judged, notChecked, refused, type Checklist, type Seen } from './claims.js';
import { judgedPages } from './listClaims.js';
import { GROUPS, bodyOf, idsOf, itemsOf, smallPages, tokenOf, type LargePage } from './lists.js';
import { MADE_UP } from './pseudonyms.js';
import type { Exchange } from './recorder.js';
import type { Service } from './service.js';

const RULES = ['Permissions', 'Permission'] as const;
const NOT_FOUND = [404, 'InvalidSecurityGroupId.NotFound'] as const;
const ATTRIBUTE = 'DescribeSecurityGroupAttribute';

const ruleIds = (exchange: Exchange) => itemsOf(exchange, RULES).map((rule) => rule.text('SecurityGroupRuleId') ?? '');

/** Sections 3.1, 3.2 and 4: what the list of groups tells. */
export async function checkGroups(service: Service, checklist: Checklist, groups: LargePage): Promise<void> {
  await checklist.check({ name: 'groups-types', source: 'facts 3.2', expected: 'normal or enterprise' }, () => {
    const odd = groups.items.filter((item) => !['normal', 'enterprise'].includes(item.text('SecurityGroupType') ?? '')).length;
    return groups.items.length === 0 ? notChecked('no group is listed') : judged(odd === 0, `${odd} of ${groups.items.length} are others`);
  });
  await checklist.check({ name: 'groups-facts', source: 'facts 3.2', expected: 'VpcId, ServiceManaged and RuleCount for every group' }, () => {
    const whole = groups.items.filter((item) => item.text('VpcId') !== undefined && item.flag('ServiceManaged') !== undefined && item.number('RuleCount') !== undefined).length;
    return groups.items.length === 0 ? notChecked('no group is listed') : judged(whole === groups.items.length, `${whole} of ${groups.items.length}`);
  });
  await checklist.check({ name: 'groups-places', source: 'facts 3.2', expected: 'AvailableInstanceAmount is filled only with IsQueryEcsCount=true' }, async () => {
    const places = (items: readonly Fields[]) => items.filter((item) => (item.number('AvailableInstanceAmount') ?? 0) > 0).length;
    if (groups.items.length === 0) return notChecked('no group is listed');
    const asked = places(itemsOf(answered(await service.here('DescribeSecurityGroups', { MaxResults: '100', IsQueryEcsCount: 'true' })), GROUPS.envelope));
    return judged(asked > 0 && places(groups.items) === 0, `${asked} of ${groups.items.length} when asked for, ${places(groups.items)} when not`);
  });
  await checklist.check({ name: 'groups-dry-run', source: 'facts 2.5', expected: 'the error code DryRunOperation (400)' }, async () => refused(await service.here('DescribeSecurityGroups', { DryRun: 'true' }), [400, 'DryRunOperation']));
  await checklist.check({ name: 'groups-ids-not-a-list', source: 'the sandbox (inferred)', expected: '400 InvalidSecurityGroupId.Malformed' }, async () =>
    refused(await service.here('DescribeSecurityGroups', { SecurityGroupIds: MADE_UP.notAList }), [400, 'InvalidSecurityGroupId.Malformed']));
}

/** The group whose rules are read: the named one, else one that is listed, best one with rules. */
export function chosenGroup(groups: LargePage | undefined, named: string | undefined): string | undefined {
  return named ?? (groups?.items.find((item) => (item.number('RuleCount') ?? 0) > 0) ?? groups?.items[0])?.text('SecurityGroupId');
}

/** The rules of the chosen group, read as often as the checks need it. */
interface RuleReads {
  readonly read: (parameters: Readonly<Record<string, string>>) => Promise<Exchange>;
  /** All of them, or the first thousand, asked for once. */
  readonly all: () => Promise<Exchange>;
  readonly needed: (look: () => Promise<Seen>) => () => Seen | Promise<Seen>;
}

/** Sections 3.1 and 3.2: the rules of one group. */
export async function checkRules(service: Service, checklist: Checklist, groupId: string | undefined): Promise<void> {
  const read: RuleReads['read'] = (parameters) => service.here(ATTRIBUTE, { SecurityGroupId: groupId ?? '', ...parameters });
  let whole: Promise<Exchange> | undefined;
  const all = async () => answered(await (whole ??= read({ MaxResults: '1000' })));
  const needed: RuleReads['needed'] = (look) => () => (groupId === undefined ? notChecked('no group is listed') : look());
  await checkRuleFacts(checklist, { read, all, needed });
  await checkRuleNumbers(checklist, { read, all, needed }, () => service.here('DescribeSecurityGroups', GROUPS.byIds([groupId ?? ''])));
  await checkRuleRefusals(service, checklist, { read, all, needed });
}

async function checkRuleFacts(checklist: Checklist, { all, needed }: RuleReads): Promise<void> {
  await checklist.check({ name: 'rules-facts', source: 'facts 3.1', expected: 'InnerAccessPolicy Accept or Drop; no SecurityGroupType, no ServiceManaged' }, needed(async () => {
    const body = bodyOf(await all());
    const inner = ['Accept', 'Drop'].includes(body.text('InnerAccessPolicy') ?? '');
    const more = ['SecurityGroupType', 'ServiceManaged'].filter((name) => body.text(name) !== undefined);
    return judged(inner && more.length === 0, `InnerAccessPolicy is ${inner ? 'one of the two' : 'something else'}${more.length > 0 ? `, and ${more.join(', ')}` : ''}`);
  }));
  await checklist.check({ name: 'rules-words', source: 'facts 3.2', expected: 'every rule has Direction ingress or egress, Policy Accept or Drop, IpProtocol, PortRange and a Priority of 1 to 100' }, needed(async () => {
    const rules = itemsOf(await all(), RULES);
    const odd = rules.filter((rule) => !isUsual(rule)).length;
    return rules.length === 0 ? notChecked('the group has no rules') : judged(odd === 0, `${odd} of ${rules.length} are others`);
  }));
}

async function checkRuleNumbers(checklist: Checklist, { read, all, needed }: RuleReads, listed: () => Promise<Exchange>): Promise<void> {
  await checklist.check({ name: 'rules-paging', source: 'facts 3.1', expected: 'as the lists page' }, needed(async () => {
    const large = await all();
    const pages = await smallPages((page) => read({ MaxResults: '10', ...page }), ruleIds);
    return judgedPages(pages, { ids: ruleIds(large), whole: tokenOf(large) === '' });
  }));
  await checklist.check({ name: 'rules-count', source: 'facts 4, rule V16', expected: 'RuleCount of the list of groups is the number of rules' }, needed(async () => {
    const large = await all();
    const [group] = itemsOf(answered(await listed()), GROUPS.envelope);
    if (tokenOf(large) !== '' || group === undefined) return notChecked(group === undefined ? 'the group is not listed' : 'the rules go over one page');
    return judged(group.number('RuleCount') === ruleIds(large).length, `${group.number('RuleCount') ?? 'no'} counted, ${ruleIds(large).length} read`);
  }));
}

async function checkRuleRefusals(service: Service, checklist: Checklist, { read, needed }: RuleReads): Promise<void> {
  await checklist.check({ name: 'rules-bad-token', source: 'the sandbox', expected: '400 InvalidParamter (spelled so)' }, needed(async () => refused(await read({ MaxResults: '10', NextToken: MADE_UP.token }), [400, 'InvalidParamter'])));
  await checklist.check({ name: 'rules-unknown-group', source: 'the sandbox', expected: NOT_FOUND.join(' ') }, async () => refused(await service.here(ATTRIBUTE, { SecurityGroupId: MADE_UP.group }), NOT_FOUND));
  await checklist.check({ name: 'rules-malformed-group', source: 'the sandbox (inferred)', expected: NOT_FOUND.join(' ') }, async () => refused(await service.here(ATTRIBUTE, { SecurityGroupId: MADE_UP.malformedGroup }), NOT_FOUND));
}

function isUsual(rule: Fields): boolean {
  const priority = rule.number('Priority') ?? 0;
  return ['ingress', 'egress'].includes(rule.text('Direction') ?? '') && ['Accept', 'Drop'].includes(rule.text('Policy') ?? '') && rule.text('IpProtocol') !== undefined && rule.text('PortRange') !== undefined && priority >= 1 && priority <= 100;
}

/** Section 1.2: a group of another region is simply not found. */
export async function checkWrongRegion(service: Service, checklist: Checklist, about: { readonly groupId: string | undefined; readonly otherRegionId: string | undefined }): Promise<void> {
  const { groupId, otherRegionId = '' } = about;
  const needed = (look: (SecurityGroupId: string) => Promise<Seen>) => () => {
    if (groupId === undefined) return notChecked('no group is listed');
    return otherRegionId === '' ? notChecked('the account has no other region') : look(groupId);
  };
  await checklist.check({ name: 'wrong-region-rules', source: 'facts 1.2 (inferred)', expected: NOT_FOUND.join(' ') }, needed(async (SecurityGroupId) => refused(await service.ask(ATTRIBUTE, { RegionId: otherRegionId, SecurityGroupId }, otherRegionId), NOT_FOUND)));
  await checklist.check({ name: 'wrong-region-group', source: 'facts 1.2 (inferred)', expected: 'the list of another region by the id of a group is empty' }, needed(async (id) => {
    const count = idsOf(answered(await service.ask('DescribeSecurityGroups', { RegionId: otherRegionId, ...GROUPS.byIds([id]) }, otherRegionId)), GROUPS).length;
    return judged(count === 0, `${count} items`);
  }));
}
