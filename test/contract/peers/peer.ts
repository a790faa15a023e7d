import type { GroupQuery, InstanceQuery, InterfaceQuery, RuleQuery } from '../../../src/app/ports/ecs.js';
import type { Language } from '../../../src/domain/text.js';

/**
 * Somebody who speaks to ECS: our cloud room, or the official SDK used plainly. Both run the same suite against
 * the sandbox. What the SDK says of an answer was not written by us, so where the two agree neither the sandbox
 * nor the cloud room flatters the other.
 */

/** How a request ended, in words that both peers have. */
export interface Ending {
  /** The service's code, or `ok`. */
  readonly code: string;
  /** 0 where nothing was sent. */
  readonly status: number;
  /** Whether the answer told its request id. */
  readonly requestId: boolean;
  /** The service's words of a refusal. */
  readonly message: string;
}

/** One page of a list, or why there is none. */
export type Reading<T> =
  | { readonly ok: true; readonly items: readonly T[]; readonly nextToken?: string; readonly innerAccessPolicy?: string }
  | { readonly ok: false; readonly ending: Ending };

/** Of each thing what the tests compare; empty where the service says nothing, and a name also where it is but blanks. */
export interface RegionItem {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
}

export interface InstanceItem {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[];
  readonly interfaceIds: readonly string[];
  readonly privateIps: readonly string[];
  readonly locks: readonly string[];
  readonly tags: readonly string[];
}

export interface InterfaceItem {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly vpcId: string;
  readonly instanceId: string;
  readonly securityGroupIds: readonly string[];
  readonly privateIps: readonly string[];
  readonly serviceManaged: boolean | undefined;
  readonly tags: readonly string[];
}

export interface GroupItem {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly vpcId: string;
  readonly serviceManaged: boolean | undefined;
  readonly ruleCount: number | undefined;
  /** Only where it was asked for. */
  readonly placesLeft: number | undefined;
  readonly tags: readonly string[];
}

export interface RuleItem {
  readonly id: string;
  readonly direction: string;
  readonly policy: string;
  readonly protocol: string;
  readonly portRange: string;
  /** What is on the other side: addresses, a group or a prefix list. */
  readonly other: string;
  readonly priority: number | undefined;
  readonly description: string;
}

export const WRITE_ACTIONS = ['JoinSecurityGroup', 'LeaveSecurityGroup', 'ModifyInstanceAttribute', 'ModifyNetworkInterfaceAttribute'] as const;
export type WriteAction = (typeof WRITE_ACTIONS)[number];

/** One write, also one that no sensible caller would send. */
export interface Write {
  readonly action: WriteAction;
  readonly regionId?: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  /** To join and to leave take one, to replace takes the whole list. */
  readonly securityGroupIds: readonly string[];
}

export interface Peer {
  listRegions(language: Language): Promise<Reading<RegionItem>>;
  listInstances(query: InstanceQuery): Promise<Reading<InstanceItem>>;
  listNetworkInterfaces(query: InterfaceQuery): Promise<Reading<InterfaceItem>>;
  listSecurityGroups(query: GroupQuery): Promise<Reading<GroupItem>>;
  readRules(query: RuleQuery): Promise<Reading<RuleItem>>;
  write(write: Write): Promise<Ending>;
  /** The code with which this peer refuses a write by itself, and sends nothing. */
  ownRefusal(write: Write): string | undefined;
}

/** The page of a reading, which the test takes for granted. */
export function pageOf<T>(reading: Reading<T>): Extract<Reading<T>, { readonly ok: true }> {
  if (!reading.ok) throw new Error(`${reading.ending.code}: ${reading.ending.message}`);
  return reading;
}

/** How a reading ended. */
export function endingOf(reading: Reading<unknown>): Pick<Ending, 'code' | 'status'> {
  return reading.ok ? { code: 'ok', status: 200 } : { code: reading.ending.code, status: reading.ending.status };
}

/** All items of a list, page by page; a list that does not end fails. */
export async function toTheEnd<T>(read: (nextToken: string | undefined) => Promise<Reading<T>>): Promise<{ readonly items: readonly T[]; readonly pages: number }> {
  const items: T[] = [];
  let nextToken: string | undefined;
  for (let pages = 1; pages <= 1_000; pages += 1) {
    const page = pageOf(await read(nextToken));
    items.push(...page.items);
    nextToken = page.nextToken;
    if (nextToken === undefined) return { items, pages };
  }
  throw new Error('The list has no end.');
}
