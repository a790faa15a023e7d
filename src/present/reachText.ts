import { isAnywhere, type PeerReaches } from '../domain/exposure/peerReaches.js';
import type { Peer, Reach, SensitiveGain } from '../domain/exposure/reach.js';
import type { Language, Text } from '../domain/text.js';
import { named, namedGroups, type GroupNames } from './planText.js';
import { portName } from './portName.js';
import { listed } from './words.js';

/** What traffic is in words, and who is at its other end. Nothing here is escaped: ids and names are the cloud's, so escape the whole for its place. */

const NO_NAMES: GroupNames = new Map();

const WITHOUT_PORTS: Readonly<Record<Reach['protocol'], Text>> = {
  all: { en: 'everything', zh: '所有流量' },
  tcp: { en: 'TCP on all ports', zh: 'TCP 所有端口' },
  udp: { en: 'UDP on all ports', zh: 'UDP 所有端口' },
  icmp: { en: 'ICMP (ping)', zh: 'ICMP（ping）' },
  icmpv6: { en: 'ICMPv6 (ping)', zh: 'ICMPv6（ping）' },
  gre: { en: 'GRE', zh: 'GRE' },
};

/** A value with what is to be known about it in brackets: `22 (SSH)`. */
function bracketed(value: string, remarks: readonly (string | undefined)[], language: Language): string {
  const known = remarks.filter((remark) => remark !== undefined);
  if (known.length === 0) return value;
  return language === 'zh' ? `${value}（${known.join('，')}）` : `${value} (${known.join(', ')})`;
}

/** A port with its well-known name: `22 (SSH)`. */
export function namedPort(port: number, language: Language): string {
  return bracketed(String(port), [portName(port)], language);
}

/** One port with its name, or a range of them: `8000–8100`. */
export function portsText({ from, to }: { readonly from: number; readonly to: number }, language: Language): string {
  return from === to ? namedPort(from, language) : `${from}–${to}`;
}

/** Which traffic it is: `TCP 22 (SSH)`. */
export function trafficText({ protocol, ports }: Pick<Reach, 'protocol' | 'ports'>, language: Language): string {
  return ports === undefined ? WITHOUT_PORTS[protocol][language] : `${protocol.toUpperCase()} ${portsText(ports, language)}`;
}

/** Who is at the other end: `anywhere (0.0.0.0/0)`, `members of web (sg-1)`. */
export function peerText(peer: Peer, language: Language, names: GroupNames = NO_NAMES): string {
  const zh = language === 'zh';
  switch (peer.peer) {
    case 'cidr':
      if (isAnywhere(peer)) return zh ? `任意地址（${peer.cidr}）` : `anywhere (${peer.cidr})`;
      return peer.cidr.replace(/\/(?:32|128)$/, (length) => ((length === '/128') === peer.cidr.includes(':') ? '' : length));
    case 'group': {
      const group = named(peer.groupId, names.get(peer.groupId));
      return zh ? `安全组 ${group} 的成员` : `members of ${group}`;
    }
    case 'prefixList':
      return zh ? `前缀列表 ${peer.prefixListId}（地址未能读取）` : `prefix list ${peer.prefixListId} (its addresses could not be read)`;
  }
}

/** At the beginning of a line. A name of the cloud keeps its own letters, since it never stands first. */
export function capital(text: string): string {
  return text.replace(/^(?:anywhere|members|prefix)\b/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Whether it is only because members of a group reach each other. */
export function isInner({ by }: Reach): boolean {
  return by.length > 0 && by.every(({ from }) => from === 'inner');
}

/** Members reach each other on everything: what a difference cuts out of that is only what was open to more than them already. */
export function wholeOfMembers(reach: Reach): Reach {
  const { direction, peer, except, by } = reach;
  return isInner(reach) ? { direction, protocol: 'all', peer, except, by } : reach;
}

/** Blocks and members of groups that it is not so for; empty where there are none. */
function exceptText(except: readonly string[], language: Language, names: GroupNames): string {
  if (except.length === 0) return '';
  const text = namedGroups(except, names, language);
  return language === 'zh' ? `（${spaced(text).trimStart()}除外）` : `, except ${text}`;
}

/** Sets Chinese apart from what is not, as the console does. */
export function spaced(text: string): string {
  return text.replace(/^(?=[\x21-\x7e])/, ' ').replace(/(?<=[\x21-\x7e])$/, ' ');
}

/** What is open to whom in a few words, without a full stop: `TCP 22 (SSH), TCP 80 (HTTP) from anywhere (0.0.0.0/0)`. */
export function reachesText({ direction, peers, except, reaches }: PeerReaches, language: Language, names: GroupNames = NO_NAMES): string {
  const traffic = listed([...new Set(reaches.map((reach) => trafficText(reach, language)))], language);
  const peer = listed(peers.map((one) => peerText(one, language, names)), language);
  const excepted = exceptText(except, language, names);
  const isIn = direction === 'ingress';
  if (language === 'en') return `${traffic} ${isIn ? 'from' : 'to'} ${peer}${excepted}`;
  return `${isIn ? '来自' : '发往'}${spaced(peer)}的${spaced(traffic).trimEnd()}${excepted}`;
}

/** A sensitive port that the whole internet gains, and over which of the two protocols where it is one: `22 (SSH)`, `22 (SSH, IPv6)`. */
export function gainText({ port, from }: SensitiveGain, language: Language): string {
  const only = from.length === 1 ? (from[0] === '::/0' ? 'IPv6' : 'IPv4') : undefined;
  return bracketed(String(port), [portName(port), only], language);
}

/** The loud line: which sensitive ports the whole internet can reach from now on; empty where it gains none. */
export function gainsText(gains: readonly SensitiveGain[], language: Language): string {
  if (gains.length === 0) return '';
  const ports = gains.map((gain) => gainText(gain, language)).join(language === 'zh' ? '、' : ', ');
  return language === 'zh' ? `整个互联网将可以访问：${ports}` : `The whole internet gains access to: ${ports}`;
}
