import { ruleSign } from '../../domain/exposure.js';
import { trafficOf } from '../../domain/exposure/ruleTraffic.js';
import type { SecurityGroupRule } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import { SENSITIVE_PORTS, worldPorts } from '../../domain/worldPorts.js';
import { portsText, trafficText } from '../reachText.js';
import { listed, lookUp } from '../words.js';
import { groupWords, type PageContext } from './context.js';
import type { Cell, Words } from './page.js';
import { badge, cell, code, muted, words } from './parts.js';

/** The cells of a rule, the same in every table: what the service wrote, in words where the words are certain, and as it stands where not. */

const NOT_TOLD: Text = { en: 'not told', zh: '未返回' };
const POLICY: Readonly<Record<string, Text>> = { accept: { en: 'Accept', zh: '允许' }, drop: { en: 'Drop', zh: '拒绝' } };
const PROTOCOL: Readonly<Record<string, Text>> = {
  all: { en: 'All', zh: '全部' },
  tcp: { en: 'TCP', zh: 'TCP' },
  udp: { en: 'UDP', zh: 'UDP' },
  icmp: { en: 'ICMP', zh: 'ICMP' },
  icmpv6: { en: 'ICMPv6', zh: 'ICMPv6' },
  gre: { en: 'GRE', zh: 'GRE' },
};
const ALL_PORTS: Text = { en: 'All ports', zh: '所有端口' };
const WITHOUT_PORTS: ReadonlySet<string> = new Set(['icmp', 'icmpv6', 'gre']);
const ANYWHERE: Readonly<Record<string, Text>> = { '0.0.0.0/0': { en: 'all IPv4 addresses', zh: '所有 IPv4 地址' }, '::/0': { en: 'all IPv6 addresses', zh: '所有 IPv6 地址' } };

export const DIRECTION: Readonly<Record<SecurityGroupRule['direction'], Text>> = { ingress: { en: 'Inbound', zh: '入方向' }, egress: { en: 'Outbound', zh: '出方向' } };

function notTold({ language }: PageContext): Words {
  return words(NOT_TOLD[language], { tone: 'warning' });
}

/** A rule in one line of a sentence, what is missing as a question mark. */
export function ruleText(rule: SecurityGroupRule): string {
  const or = (text: string) => (text.trim() === '' ? '?' : text);
  return ruleSign({ ...rule, protocol: or(rule.protocol), portRange: or(rule.portRange), peer: or(rule.peer) });
}

const FROM: Text = { en: 'from', zh: '来自' };
const TO: Text = { en: 'to', zh: '发往' };

/** A rule as a phrase: which traffic, and who is at the other end. */
export function rulePhrase(rule: SecurityGroupRule, context: PageContext): readonly Words[] {
  const traffic = trafficOf(rule);
  if (traffic === undefined) return [code(ruleText(rule))];
  return [code(trafficText(traffic, context.language)), muted((rule.direction === 'ingress' ? FROM : TO)[context.language]), ...peerWords(rule, context)];
}

export function policyCell(policy: string, context: PageContext): Cell {
  const known = lookUp(POLICY, policy.toLowerCase());
  if (known === undefined) return cell([policy.trim() === '' ? notTold(context) : badge(policy, 'warning')]);
  return cell([badge(known[context.language], policy.toLowerCase() === 'accept' ? 'good' : 'muted')]);
}

export function protocolCell(protocol: string, context: PageContext): Cell {
  const known = lookUp(PROTOCOL, protocol.toLowerCase());
  if (known !== undefined) return cell([words(known[context.language])]);
  return cell([protocol.trim() === '' ? notTold(context) : words(protocol, { tone: 'warning' })]);
}

/** `from/to` as the service writes it, whatever order they stand in; undefined for everything else. */
function rangeOf(portRange: string): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = /^([0-9]{1,5})\/([0-9]{1,5})$/.exec(portRange) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

/** Sorted by the first port; all ports stand first. */
export function portsCell(rule: Pick<SecurityGroupRule, 'protocol' | 'portRange' | 'sourcePortRange' | 'portListId' | 'portListName'>, context: PageContext): Cell {
  const { value, parts } = ports(rule, context);
  return cell([...parts, ...portList(rule, context), ...sourcePorts(rule, context)], value);
}

function ports({ protocol, portRange }: Pick<SecurityGroupRule, 'protocol' | 'portRange'>, context: PageContext): { readonly value?: number; readonly parts: readonly Words[] } {
  const { language } = context;
  if (portRange === '-1/-1') return { value: -1, parts: [WITHOUT_PORTS.has(protocol.toLowerCase()) ? muted('–') : words(ALL_PORTS[language])] };
  const range = rangeOf(portRange);
  if (range === undefined) return { parts: [portRange.trim() === '' ? notTold(context) : code(portRange, { tone: 'warning' })] };
  if (range.from > range.to) return { value: range.from, parts: [code(portRange, { tone: 'warning' }), words(language === 'zh' ? '范围颠倒' : 'reversed', { tone: 'warning' })] };
  return { value: range.from, parts: [code(portsText(range, language)), ...withinRange(range, context)] };
}

/** A range hides what is in it: those that matter are named. */
function withinRange({ from, to }: { readonly from: number; readonly to: number }, { language }: PageContext): readonly Words[] {
  const within = from === to ? [] : SENSITIVE_PORTS.filter((port) => from <= port && port <= to);
  if (within.length === 0) return [];
  const named = listed(within.map((port) => portsText({ from: port, to: port }, language)), language);
  return [muted(language === 'zh' ? `包含 ${named}` : `with ${named}`)];
}

function portList({ portListId, portListName }: Pick<SecurityGroupRule, 'portListId' | 'portListName'>, { language }: PageContext): readonly Words[] {
  if (portListId === undefined || portListId === '') return [];
  return [muted(language === 'zh' ? '端口列表' : 'port list'), code(portListName === undefined ? portListId : `${portListName} (${portListId})`)];
}

function isCondition(range: string | undefined): range is string {
  return range !== undefined && range !== '' && range !== '-1/-1';
}

function sourcePorts({ sourcePortRange }: Pick<SecurityGroupRule, 'sourcePortRange'>, { language }: PageContext): readonly Words[] {
  if (!isCondition(sourcePortRange)) return [];
  return [muted(language === 'zh' ? '仅当源端口为' : 'only from ports'), code(sourcePortRange)];
}

/** The other side, and what it is. */
export function peerCell(rule: SecurityGroupRule, context: PageContext): Cell {
  return cell([...peerWords(rule, context), ...ownSide(rule, context)]);
}

function ownSide({ ownCidr }: SecurityGroupRule, { language }: PageContext): readonly Words[] {
  if (ownCidr === undefined || ownCidr === '') return [];
  return [muted(language === 'zh' ? '仅限本端地址' : 'only for own addresses'), code(ownCidr)];
}

function peerWords(rule: SecurityGroupRule, context: PageContext): readonly Words[] {
  const { language } = context;
  switch (rule.peerKind) {
    case 'cidr': {
      const anywhere = lookUp(ANYWHERE, rule.peer);
      return [code(rule.peer), ...(anywhere === undefined ? [] : [muted(anywhere[language])])];
    }
    case 'group':
      return groupPeer(rule, context);
    case 'prefixList':
      return prefixListPeer(rule, context);
    case 'unknown':
      return [rule.peer.trim() === '' ? notTold(context) : code(rule.peer, { tone: 'warning' })];
  }
}

function groupPeer({ peer, peerName, peerOwner }: SecurityGroupRule, context: PageContext): readonly Words[] {
  const { language, names } = context;
  const kind = muted(language === 'zh' ? '安全组' : 'group');
  // A group of another account has no page here.
  if (peerOwner !== undefined) return [kind, code(peerName === undefined ? peer : `${peerName} (${peer})`), muted(language === 'zh' ? `属于账号 ${peerOwner}` : `of account ${peerOwner}`)];
  const known = names.has(peer) || peerName === undefined ? context : { ...context, names: new Map([[peer, peerName]]) };
  return [kind, ...groupWords(known, peer)];
}

function prefixListPeer({ peer, peerName }: SecurityGroupRule, { language, prefixLists }: PageContext): readonly Words[] {
  const read = prefixLists.get(peer);
  const zh = language === 'zh';
  const size = read?.ok === true ? muted(zh ? `${read.value.length} 个地址段` : `${read.value.length} ${read.value.length === 1 ? 'block' : 'blocks'}`) : words(zh ? '未能读取' : 'could not be read', { tone: 'warning' });
  return [muted(zh ? '前缀列表' : 'prefix list'), code(peerName === undefined ? peer : `${peerName} (${peer})`), size];
}

export function priorityCell(priority: number | undefined, context: PageContext): Cell {
  return priority === undefined ? cell([notTold(context)]) : cell([words(String(priority))], priority);
}

/** Whether the rule by itself lets the whole internet in on a sensitive port. */
export function isLoud(rule: SecurityGroupRule): boolean {
  return worldPorts({ rules: [rule] }).open.length > 0;
}
