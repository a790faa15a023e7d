import type { GroupRules, SecurityGroupRule } from './resources.js';

/** What a group's rules would change for a new member, as far as the rules alone tell. */
export interface Exposure {
  /** Inbound accepts from anywhere that no current group has word for word. */
  readonly opens: readonly SecurityGroupRule[];
  /** Drop rules of the new group: at equal priority a drop wins over another group's accept. */
  readonly closes: readonly SecurityGroupRule[];
  /** Basic groups let their members reach each other unless told otherwise. */
  readonly membersReachEachOther: boolean;
  /** True where rules could not be read or understood, so that the lists above may be short. */
  readonly unknown: boolean;
}

const WORLD = new Set(['0.0.0.0/0', '::/0']);

function opensToWorld(rule: SecurityGroupRule): boolean {
  return rule.direction === 'ingress' && rule.policy.toLowerCase() === 'accept' && WORLD.has(rule.peer);
}

function sameOpening(a: SecurityGroupRule, b: SecurityGroupRule): boolean {
  return a.protocol.toLowerCase() === b.protocol.toLowerCase() && a.portRange === b.portRange && a.peer === b.peer;
}

/** Whether the answer tells what the rule does, and to whom: a policy or another side of an odd kind may be anything. */
function isClear({ policy, peerKind }: SecurityGroupRule): boolean {
  return /^drop$/i.test(policy) || (/^accept$/i.test(policy) && peerKind !== 'unknown');
}

/** What the group lets in from anywhere. */
export function worldOpenings(rules: GroupRules): readonly SecurityGroupRule[] {
  return rules.rules.filter(opensToWorld);
}

/**
 * What joining a group opens and closes. Rules of all groups of an interface are evaluated together, so
 * the new group may also close something (source: ECS user guide, "Security group rules").
 * @param joined rules of the group to join; undefined where they could not be read
 * @param current rules of the groups the target is in; undefined where not all could be read
 */
export function exposureOf(joined: GroupRules | undefined, current: readonly GroupRules[] | undefined): Exposure {
  if (joined === undefined) return { opens: [], closes: [], membersReachEachOther: false, unknown: true };
  const open = (current ?? []).flatMap(worldOpenings);
  return {
    opens: worldOpenings(joined).filter((rule) => !open.some((other) => sameOpening(rule, other))),
    closes: joined.rules.filter((rule) => rule.policy.toLowerCase() === 'drop'),
    membersReachEachOther: joined.innerAccessPolicy?.toLowerCase() === 'accept',
    unknown: current === undefined || !joined.rules.every(isClear),
  };
}

/** One rule in a few signs that need no translation, such as `TCP 443/443 ← 0.0.0.0/0`. */
export function ruleSign(rule: SecurityGroupRule): string {
  const arrow = rule.direction === 'ingress' ? '←' : '→';
  return `${rule.protocol.toUpperCase()} ${rule.portRange} ${arrow} ${rule.peer}`;
}
