import { worldOpenings } from './exposure.js';
import type { GroupRules, SecurityGroupRule } from './resources.js';

/** Ports behind which nobody wants the whole internet: SSH, RDP, MySQL, PostgreSQL, Redis, Elasticsearch, MongoDB, Docker, Kubernetes. */
export const SENSITIVE_PORTS = [22, 3389, 3306, 5432, 6379, 9200, 27017, 2375, 6443] as const;

export type SensitivePort = (typeof SENSITIVE_PORTS)[number];

/** A sensitive port that a group lets the whole internet reach, and the first rule that does so. */
export interface OpenPort {
  readonly port: SensitivePort;
  readonly rule: SecurityGroupRule;
}

export interface WorldPorts {
  readonly open: readonly OpenPort[];
  /** There are openings to the world of which the answer does not tell the ports or the protocol: `open` may be short. */
  readonly unclear: boolean;
}

/**
 * What of a group's sensitive ports anybody can reach, by its own rules: an inbound accept from anywhere, unless a
 * drop for the same anywhere covers the port at the same or a better priority (source: ECS user guide, "Security
 * group rules": the smaller number goes first, and at equal priority a drop wins). Other groups of an interface
 * may still close what is open here.
 */
export function worldPorts(group: GroupRules): WorldPorts {
  const openings = worldOpenings(group).filter(isTcp);
  const drops = group.rules.filter((rule) => rule.direction === 'ingress' && rule.policy.toLowerCase() === 'drop' && isTcp(rule));
  const open = SENSITIVE_PORTS.flatMap((port) => {
    const rule = openings.find((opening) => covers(opening, port) && !drops.some((drop) => covers(drop, port) && overrides(drop, opening)));
    return rule === undefined ? [] : [{ port, rule }];
  });
  return { open, unclear: openings.some((rule) => rule.protocol === '' || rangeOf(rule) === undefined) };
}

/** All sensitive ports are TCP's; a rule that names no protocol may be about it, and is only called unclear. */
function isTcp({ protocol }: SecurityGroupRule): boolean {
  return ['tcp', 'all', ''].includes(protocol.toLowerCase());
}

function covers(rule: SecurityGroupRule, port: number): boolean {
  const range = rule.protocol === '' ? undefined : rangeOf(rule);
  return range !== undefined && range.from <= port && port <= range.to;
}

/** `from/to`, `-1/-1` for all; undefined where a list of ports stands in its place, or something newer than this code. */
function rangeOf({ portRange }: SecurityGroupRule): { readonly from: number; readonly to: number } | undefined {
  if (portRange === '-1/-1') return { from: 0, to: 65_535 };
  const [, from, to] = /^([0-9]{1,5})\/([0-9]{1,5})$/.exec(portRange) ?? [];
  return from === undefined || to === undefined ? undefined : { from: Number(from), to: Number(to) };
}

/** Where a priority is not told, the opening counts as the first and the drop as the last: better one warning too many. */
function overrides(drop: SecurityGroupRule, opening: SecurityGroupRule): boolean {
  return drop.peer === opening.peer && (drop.priority ?? Number.POSITIVE_INFINITY) <= (opening.priority ?? 1);
}
