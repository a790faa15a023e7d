import type { EffectiveRule } from '../../domain/exposure/effectiveRule.js';
import { breadth, isPlainBlock } from '../../domain/exposure/peerReaches.js';
import type { Peer, Reach } from '../../domain/exposure/reach.js';
import { partsOf } from '../../domain/exposure/ruleTraffic.js';
import type { Language } from '../../domain/text.js';
import { trafficText, wholeOfMembers } from '../reachText.js';
import { sensitiveOf } from './reachList.js';

/** How it stands to the change that is looked at; undefined where it stays, or none is. */
export type FlowChange = 'comes' | 'goes' | undefined;

/** What one group lets one peer reach, before and after the same. */
export interface Flow {
  /** Undefined where what decides is no group's. */
  readonly groupId: string | undefined;
  readonly traffic: readonly string[];
  readonly isLoud: boolean;
  readonly change: FlowChange;
}

/** Somebody outside, or several blocks of addresses to which the same is open, and all that is. */
export interface Outsider {
  readonly peers: readonly [Peer, ...Peer[]];
  readonly except: readonly string[];
  readonly flows: readonly Flow[];
}

interface Piece {
  readonly key: string;
  readonly peer: Peer;
  readonly except: readonly string[];
  readonly groupId: string | undefined;
  readonly traffic: string;
  readonly isLoud: boolean;
}

/** Whether a line is about members of a group alone. */
function isOfMembers(rule: EffectiveRule): boolean {
  return rule.from === 'inner' || (rule.from === 'rule' && rule.rule.peerKind === 'group');
}

/** What opens it to this peer. Members are among all the addresses, but what lets them in lets nobody else in through its group. */
function decidersOf({ peer, by }: Reach): readonly EffectiveRule[] {
  const others = peer.peer === 'group' ? [] : by.filter((rule) => !isOfMembers(rule));
  return others.length > 0 ? others : by;
}

/** Lines by the group that brings them. */
function byGroup(lines: readonly EffectiveRule[]): ReadonlyMap<string | undefined, readonly EffectiveRule[]> {
  const groups = new Map<string | undefined, EffectiveRule[]>();
  for (const line of lines) {
    const groupId = line.from === 'default' ? undefined : line.groupId;
    const of = groups.get(groupId);
    if (of === undefined) groups.set(groupId, [line]);
    else of.push(line);
  }
  return groups;
}

/** One piece for each group that has a part in a reach, by what tells it from the others. */
function piecesOf(reaches: readonly Reach[], language: Language): ReadonlyMap<string, Piece> {
  const pieces = new Map<string, Piece>();
  for (const reach of reaches.map(wholeOfMembers)) {
    if (reach.direction !== 'ingress') continue;
    const key = JSON.stringify([reach.peer, reach.except]);
    for (const [groupId, lines] of byGroup(decidersOf(reach))) {
      for (const part of partsOf(reach, lines)) {
        const traffic = trafficText(part, language);
        pieces.set(JSON.stringify([key, groupId, traffic]), { key, peer: reach.peer, except: reach.except, groupId, traffic, isLoud: sensitiveOf({ ...part, direction: reach.direction, peer: reach.peer }).length > 0 });
      }
    }
  }
  return pieces;
}

/** An outsider while it is put together. */
interface Gathering extends Omit<Outsider, 'flows'> {
  readonly flows: Map<string, { readonly groupId: string | undefined; readonly traffic: string[]; isLoud: boolean; readonly change: FlowChange }>;
}

/** Who is outside and what is open to them, before a change and after it; widest first. */
export function outsidersOf(before: readonly Reach[], after: readonly Reach[], language: Language): readonly Outsider[] {
  const [was, is] = [piecesOf(before, language), piecesOf(after, language)];
  const outsiders = new Map<string, Gathering>();
  for (const [name, piece] of new Map([...was, ...is])) {
    const change: FlowChange = !was.has(name) ? 'comes' : !is.has(name) ? 'goes' : undefined;
    const outsider: Gathering = outsiders.get(piece.key) ?? { peers: [piece.peer], except: piece.except, flows: new Map() };
    outsiders.set(piece.key, outsider);
    const place = JSON.stringify([piece.groupId, change]);
    const flow = outsider.flows.get(place) ?? { groupId: piece.groupId, traffic: [], isLoud: false, change };
    outsider.flows.set(place, flow);
    flow.traffic.push(piece.traffic);
    flow.isLoud = flow.isLoud || piece.isLoud;
  }
  const all = [...outsiders.values()].map(({ flows, ...rest }) => ({ ...rest, flows: [...flows.values()] })).sort((a, b) => weight(a) - weight(b));
  return together(all);
}

function together(all: readonly Outsider[]): readonly Outsider[] {
  const bundles = new Map<string, Outsider>();
  for (const [index, one] of all.entries()) {
    const key = isPlainBlock(one.peers[0], one.except) ? JSON.stringify(one.flows) : `#${index}`;
    const known = bundles.get(key);
    bundles.set(key, known === undefined ? one : { ...known, peers: [...known.peers, ...one.peers] });
  }
  return [...bundles.values()];
}

/** What changes and what is loud must not be folded away; of the rest the widest stand first. */
function weight({ peers: [peer], flows }: Outsider): number {
  const isLoud = flows.some((flow) => flow.isLoud);
  const isChanged = flows.some(({ change }) => change !== undefined);
  return breadth(peer) - (isLoud ? 2_000 : 0) - (isChanged ? 1_000 : 0);
}

/** How many they are, each block by itself. */
export function countOf(outsiders: readonly Outsider[]): number {
  return outsiders.reduce((count, { peers }) => count + peers.length, 0);
}
