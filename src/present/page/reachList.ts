import { byPeers, isAnywhere, type PeerReaches } from '../../domain/exposure/peerReaches.js';
import type { Reach } from '../../domain/exposure/reach.js';
import { SENSITIVE_PORTS } from '../../domain/worldPorts.js';
import { capital, isInner, peerText, trafficText, wholeOfMembers } from '../reachText.js';
import { listed } from '../words.js';
import { groupName, type PageContext } from './context.js';
import type { Block, Tone, Words } from './page.js';
import { code, muted, words } from './parts.js';

/** How much is told before the rest is counted. */
export interface ListRoom {
  readonly items: number;
  /** Blocks in one item, and kinds of traffic. */
  readonly peers: number;
  readonly traffic: number;
  /** What closes is no alarm. */
  readonly quiet?: true;
}

/** For a first look. */
const A_FEW: ListRoom = { items: 12, peers: 4, traffic: 8 };

/** For what stands nowhere else on the page. */
export const MANY: ListRoom = { items: 60, peers: 40, traffic: 40 };

/** Sensitive ports of TCP that this lets the whole internet reach. */
export function sensitiveOf({ direction, protocol, ports, peer }: Pick<Reach, 'direction' | 'protocol' | 'ports' | 'peer'>): readonly number[] {
  if (direction !== 'ingress' || !isAnywhere(peer) || (protocol !== 'tcp' && protocol !== 'all')) return [];
  return SENSITIVE_PORTS.filter((port) => ports === undefined || (ports.from <= port && port <= ports.to));
}

/** One item for all to whom the same is open: who, and what, sensitive ports loud; the widest first. */
export function reachList(reaches: readonly Reach[], context: PageContext, room: ListRoom = A_FEW): Block {
  const all = byPeers(reaches);
  const rest = all.length - room.items;
  const items = all.slice(0, room.items).map((of) => peerItem(of, room, context));
  return { block: 'list', items: rest > 0 ? [...items, [muted(context.language === 'zh' ? `另有 ${rest} 项` : `and ${rest} more`)]] : items };
}

function peerItem({ peers, except, reaches }: PeerReaches, room: ListRoom, context: PageContext): readonly Words[] {
  const { language, names } = context;
  const zh = language === 'zh';
  const isLoud = room.quiet !== true && reaches.some((reach) => sensitiveOf(reach).length > 0);
  const who = capital(listed(peers.map((peer) => peerText(peer, language, names)), language, room.peers));
  const isOfMembers = reaches.every(isInner);
  const all = isOfMembers && room.quiet !== true ? reaches.slice(0, 1).map(wholeOfMembers) : reaches;
  const rest = all.length - room.traffic;
  return [
    words(`${who}${zh ? '：' : ':'}`, isLoud ? { tone: 'danger' } : {}),
    ...[...all].sort((a, b) => sensitiveOf(b).length - sensitiveOf(a).length).slice(0, room.traffic).flatMap((reach) => trafficWords(reach, isLoud, context)),
    ...(rest > 0 ? [muted(zh ? `等共 ${all.length} 项` : `and ${rest} more`)] : []),
    ...(except.length === 0 ? [] : [muted(`${zh ? '不含' : 'except'} ${listed(except.map((one) => groupName(context, one)), language, room.peers)}`)]),
    ...(isOfMembers ? [muted(zh ? '（组内互访）' : '(members reach each other)')] : []),
  ];
}

function trafficWords(reach: Reach, isLoud: boolean, { language }: PageContext): readonly Words[] {
  const sensitive = sensitiveOf(reach);
  const tone: Tone = isLoud && sensitive.length > 0 ? 'danger' : 'plain';
  const traffic = code(trafficText(reach, language), { tone });
  // A range does not show what is in it.
  if (sensitive.length === 0 || (reach.ports !== undefined && reach.ports.from === reach.ports.to)) return [traffic];
  const ports = listed(sensitive.map((port) => trafficText({ protocol: 'tcp', ports: { from: port, to: port } }, language)), language);
  return [traffic, words(language === 'zh' ? `包含 ${ports}` : `with ${ports}`, { tone })];
}
