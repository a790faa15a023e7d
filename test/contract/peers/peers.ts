import type { Account } from '../support/officialSdk.js';
import { adapterPeer } from './adapterPeer.js';
import type { Peer } from './peer.js';
import { sdkPeer } from './sdkPeer.js';

/** Everybody who runs the suite. */
export const PEERS: readonly (readonly [name: string, connect: (account: Account) => Promise<Peer>])[] = [
  ['our cloud room', adapterPeer],
  ['the official SDK', sdkPeer],
];
