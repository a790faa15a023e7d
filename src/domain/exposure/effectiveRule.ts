import type { GroupRules, SecurityGroupRule } from '../resources.js';

/** One group of an interface, as far as evaluating its rules needs it. */
export interface EvaluatedGroup {
  readonly id: string;
  /** `normal` (basic) or `enterprise` (advanced); it decides the defaults, and whether members may reach each other. */
  readonly type?: string | undefined;
  /** Undefined where they could not be read: what is found out then is unknown in part. */
  readonly rules?: GroupRules | undefined;
}

/** All the groups of one network interface: their rules are evaluated together. */
export interface InterfaceGroups {
  readonly groups: readonly EvaluatedGroup[];
  /** The CIDR blocks of prefix lists that rules name, by the list's id; a list that is missing could not be read. */
  readonly prefixLists?: ReadonlyMap<string, readonly string[]>;
}

export type Direction = SecurityGroupRule['direction'];

/**
 * Where a line of the evaluation comes from:
 * - `inner`: the basic group lets its members reach each other, before any rule of a person
 *   (ModifySecurityGroupPolicy: InnerAccessPolicy `Accept` takes precedence over user-created rules);
 * - `rule`: a rule that somebody made;
 * - `default`: what the groups' type does with all the rest ("Basic and advanced security groups": basic drops inbound
 *   and accepts outbound, advanced drops both).
 */
export type EffectiveRule =
  | { readonly from: 'inner'; readonly direction: Direction; readonly policy: 'accept'; readonly groupId: string; readonly standing: Standing }
  | { readonly from: 'rule'; readonly direction: Direction; readonly policy: 'accept' | 'drop' | 'unclear'; readonly groupId: string; readonly rule: SecurityGroupRule; readonly standing: Standing }
  | { readonly from: 'default'; readonly direction: Direction; readonly policy: 'accept' | 'drop' | 'unclear'; readonly standing: Standing };

/** Why a rule can't be evaluated: its answer is missing something, or names what this code does not know. */
export type Unclear =
  | 'policy'
  | 'protocol'
  | 'ports'
  /** `from` is greater than `to`. */
  | 'reversedPorts'
  | 'peer'
  | 'priority'
  /** The prefix list that it names could not be read. */
  | 'prefixList'
  /** It also asks for the sender's port or for an address of the interface (a "quintuple" rule): it acts on some of the traffic only. */
  | 'conditions';

export type Standing =
  /** It decides about some traffic. */
  | { readonly standing: 'acts' }
  /** Lines before it have decided about everything that it matches: their positions in the list of its direction, a few of them. */
  | { readonly standing: 'never'; readonly by: readonly number[] }
  | { readonly standing: 'unclear'; readonly because: Unclear };

/** What could not be found out, so that the rest of an answer may be short or wrong. */
export type Unknown =
  | { readonly unknown: 'groupRules'; readonly groupId: string }
  | { readonly unknown: 'groupType'; readonly groupId: string }
  | { readonly unknown: 'innerPolicy'; readonly groupId: string }
  | { readonly unknown: 'prefixList'; readonly prefixListId: string }
  | { readonly unknown: 'rule'; readonly groupId: string; readonly rule: SecurityGroupRule; readonly because: Unclear };

/** What applies to an interface, in the order in which the service evaluates. */
export interface EffectiveRules {
  readonly ingress: readonly EffectiveRule[];
  readonly egress: readonly EffectiveRule[];
  readonly unknown: readonly Unknown[];
}
