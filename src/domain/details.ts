import type { Result } from './failure.js';
import type { GroupRules, Instance, JoinTarget, NetworkInterface, SecurityGroup } from './resources.js';

/** A group that something is in or refers to, each part read by itself: one that fails leaves the others. */
export interface GroupFacts {
  readonly id: string;
  /** Undefined within a success: not listed for this account, which does not mean that it does not exist (law 12). */
  readonly group: Result<SecurityGroup | undefined>;
  readonly rules: Result<GroupRules>;
}

/** The CIDR blocks of each prefix list that rules name, by its id; of more than a hundred lists the rest is missing. */
export type PrefixLists = ReadonlyMap<string, Result<readonly string[]>>;

/** Those that could be read, as they are evaluated: a rule with another one is unknown. */
export function readBlocks(lists: PrefixLists): ReadonlyMap<string, readonly string[]> {
  return new Map([...lists].flatMap(([id, read]) => (read.ok ? [[id, read.value] as const] : [])));
}

/** A list that may be longer than what was read of it. */
export interface PartOfList<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

/** All that the page of an instance or an interface tells. */
export interface TargetDetails {
  readonly about: 'target';
  readonly resource: JoinTarget;
  /** Of an instance all of its interfaces; of an interface itself. */
  readonly interfaces: Result<readonly NetworkInterface[]>;
  /** Of an interface, the instance that it is attached to; undefined for an instance, where there is none, and where it is not listed. */
  readonly host: Result<Instance | undefined>;
  /** Every group of the resource and of its interfaces, and those asked for to compare with, by id. */
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly prefixLists: PrefixLists;
  /** Wall clock, in milliseconds. */
  readonly readAt: number;
}

/** All that the page of a group tells. */
export interface GroupDetails {
  readonly about: 'group';
  readonly resource: SecurityGroup;
  readonly rules: Result<GroupRules>;
  readonly prefixLists: PrefixLists;
  /** Members: instances by their primary interface, and secondary interfaces. */
  readonly instances: Result<PartOfList<Instance>>;
  readonly interfaces: Result<PartOfList<NetworkInterface>>;
  /** Groups with rules that name this one, by their ids (DescribeSecurityGroupReferences, which may tell of a hundred only); of an advanced group there are none. */
  readonly referredBy: Result<PartOfList<string>>;
  /** What is listed of the groups that this one's rules name and that refer to it, by id; of at most a hundred. */
  readonly related: ReadonlyMap<string, SecurityGroup>;
  /** Wall clock, in milliseconds. */
  readonly readAt: number;
}

export type Details = TargetDetails | GroupDetails;
