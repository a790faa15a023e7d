import type { Details, GroupDetails, GroupFacts, TargetDetails } from '../../../../src/domain/details.js';
import { success } from '../../../../src/domain/failure.js';
import type { GroupRules, SecurityGroup, SecurityGroupRule } from '../../../../src/domain/resources.js';
import type { LinkedPage } from '../../../../src/present/page/details.js';
import { detailsPage } from '../../../../src/present/page/detailsPage.js';
import type { PageOptions } from '../../../../src/present/page/pageOptions.js';
import { instance, networkInterface, securityGroup } from '../../support/builders.js';

/** A small world for pages: an instance with two interfaces in two groups, read a minute ago. */

export const NOW = Date.parse('2026-11-26T12:00:00Z');

export function rule(peer: string, ports: string, more: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  const peerKind = peer.startsWith('sg-') ? 'group' : peer.startsWith('pl-') ? 'prefixList' : 'cidr';
  return { direction: 'ingress', policy: 'Accept', protocol: 'TCP', portRange: ports, peer, peerKind, priority: 1, ...more };
}

export function groupFacts(group: SecurityGroup, rules: readonly SecurityGroupRule[], innerAccessPolicy = 'Drop'): GroupFacts {
  return { id: group.id, group: success(group), rules: success<GroupRules>({ rules, innerAccessPolicy }) };
}

export const WEB = securityGroup({ id: 'sg-web', name: 'web' });
export const SSH = securityGroup({ id: 'sg-ssh', name: 'ssh' });
export const WEB_RULES = [rule('0.0.0.0/0', '443/443', { description: 'site' }), rule('10.0.0.0/8', '443/443', { priority: 2 })];
export const SSH_RULES = [rule('0.0.0.0/0', '22/22')];

export const INSTANCE = instance({ id: 'i-1', securityGroupIds: ['sg-web'], publicIps: ['47.0.0.1'], interfaces: [{ id: 'eni-1', type: 'Primary', addressCount: 1 }] });
export const PRIMARY = networkInterface({ id: 'eni-1', name: 'first', type: 'Primary', instanceId: 'i-1', securityGroupIds: ['sg-web'] });

export function targetDetails(more: Partial<TargetDetails> = {}, ...groups: readonly GroupFacts[]): TargetDetails {
  const known = groups.length === 0 ? [groupFacts(WEB, WEB_RULES), groupFacts(SSH, SSH_RULES)] : groups;
  const interfaces = success([more.resource?.kind === 'networkInterface' ? more.resource : PRIMARY]);
  return { about: 'target', resource: INSTANCE, interfaces, host: success(undefined), groups: new Map(known.map((facts) => [facts.id, facts])), prefixLists: new Map(), readAt: NOW - 60_000, ...more };
}

export function groupDetails(more: Partial<GroupDetails> = {}): GroupDetails {
  return {
    about: 'group',
    resource: WEB,
    rules: success({ rules: WEB_RULES, innerAccessPolicy: 'Drop' }),
    prefixLists: new Map(),
    instances: success({ items: [INSTANCE], more: false }),
    interfaces: success({ items: [], more: false }),
    referredBy: success({ items: [], more: false }),
    related: new Map(),
    readAt: NOW - 60_000,
    ...more,
  };
}

export function optionsIn(language: PageOptions['language'], more: Partial<PageOptions> = {}): PageOptions {
  return { language, account: 'dev', sandbox: false, now: NOW, ...more };
}

export function page(details: Details, more: Partial<PageOptions> = {}): LinkedPage {
  return detailsPage(details, optionsIn('en', more));
}
