import type { Peer, Reach } from './reach.js';

/** Those to whom the same is open: one, or several blocks of addresses together. */
export interface PeerReaches {
  readonly direction: Reach['direction'];
  readonly peers: readonly [Peer, ...Peer[]];
  readonly except: readonly string[];
  readonly reaches: readonly Reach[];
}

/** Whether it is the whole of IPv4 or IPv6. */
export function isAnywhere(peer: Peer): boolean {
  return peer.peer === 'cidr' && (peer.cidr === '0.0.0.0/0' || peer.cidr === '::/0');
}

/** Fewer is wider: what is open to the world stands first, since that is what a person looks for. */
export function breadth(peer: Peer): number {
  if (peer.peer === 'group') return 300;
  if (peer.peer === 'prefixList') return 200;
  const length = Number(/\/([0-9]{1,3})$/.exec(peer.cidr)?.[1] ?? 128);
  return peer.cidr.includes(':') ? length / 4 + 0.5 : length;
}

/** Whether one that has the same open to it may stand together with others: blocks that are no more than that. */
export function isPlainBlock(peer: Peer, except: readonly string[]): boolean {
  return peer.peer === 'cidr' && !isAnywhere(peer) && except.length === 0;
}

/** Reaches by those at the other end, the widest first. */
export function byPeers(reaches: readonly Reach[]): readonly PeerReaches[] {
  const peers = new Map<string, PeerReaches & { readonly reaches: Reach[] }>();
  for (const reach of reaches) {
    const { direction, peer, except } = reach;
    const key = JSON.stringify([direction, peer, except]);
    const of = peers.get(key);
    if (of === undefined) peers.set(key, { direction, peers: [peer], except, reaches: [reach] });
    else of.reaches.push(reach);
  }
  return together([...peers.values()].sort((a, b) => breadth(a.peers[0]) - breadth(b.peers[0])));
}

function together(all: readonly PeerReaches[]): readonly PeerReaches[] {
  const bundles = new Map<string, PeerReaches>();
  for (const [index, one] of all.entries()) {
    const traffic = one.reaches.map(({ protocol, ports }) => [protocol, ports?.from, ports?.to]);
    const key = isPlainBlock(one.peers[0], one.except) ? JSON.stringify([one.direction, traffic]) : `#${index}`;
    const known = bundles.get(key);
    bundles.set(key, known === undefined ? one : { ...known, peers: [...known.peers, ...one.peers] });
  }
  return [...bundles.values()];
}
