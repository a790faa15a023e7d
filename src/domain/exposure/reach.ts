import type { Direction, EffectiveRule, Unknown } from './effectiveRule.js';

export const PROTOCOLS = ['tcp', 'udp', 'icmp', 'icmpv6', 'gre'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

/** Who is at the other end. */
export type Peer =
  /** In its shortest form, such as `10.0.0.0/8`, `0.0.0.0/0`, `::/0`. */
  | { readonly peer: 'cidr'; readonly cidr: string }
  /**
   * Members of a group, by their private addresses. Those whose addresses other rules name are in these rules' own lines.
   * What changes for members over IPv4 only, or over IPv6 only, is told as well, without saying which.
   */
  | { readonly peer: 'group'; readonly groupId: string }
  /** The addresses of a prefix list that could not be read. */
  | { readonly peer: 'prefixList'; readonly prefixListId: string };

/** Some traffic that is let through, or no longer is. */
export interface Reach {
  readonly direction: Direction;
  /** `all` where all five go. */
  readonly protocol: Protocol | 'all';
  /** Of TCP and UDP, from 1 to 65535; undefined for all of them, and for protocols without ports. */
  readonly ports?: { readonly from: number; readonly to: number };
  readonly peer: Peer;
  /** Blocks within the peer's that it is not so for, and ids of groups and prefix lists that it is not so for. */
  readonly except: readonly string[];
  /** The lines that decide: of what opens those after the change, of what closes those before it. */
  readonly by: readonly EffectiveRule[];
}

/** A port behind which nobody wants the whole internet, and that it can reach from now on. */
export interface SensitiveGain {
  readonly port: number;
  /** `0.0.0.0/0`, `::/0`, or both. */
  readonly from: readonly ('0.0.0.0/0' | '::/0')[];
}

/** What a change of groups does to one interface. */
export interface Difference {
  readonly opens: readonly Reach[];
  readonly closes: readonly Reach[];
  /** Rules that decide about some traffic after the change and did not before, and the other way round. */
  readonly begins: readonly EffectiveRule[];
  readonly ceases: readonly EffectiveRule[];
  /** Loud: what of `opens` lets the whole internet in on a sensitive port. */
  readonly sensitive: readonly SensitiveGain[];
  /** How many rules the interface's groups have together, of at most 1,000 (limits page: AclLimitExceed). `atLeast`: a group's rules are unknown. */
  readonly total: { readonly before: number; readonly after: number; readonly limit: number; readonly atLeast: boolean };
  readonly unknown: readonly Unknown[];
}
