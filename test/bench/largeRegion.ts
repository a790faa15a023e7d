import type { KnownFacts } from '../../src/app/judging.js';
import type { Instance, SecurityGroup, SecurityGroupRule, TargetRef } from '../../src/domain/resources.js';
import { instance, REGION, rule, securityGroup } from '../unit/support/builders.js';

/** The facts of a large region, as a plan has read them. */
export interface LargeRegion extends Required<Pick<KnownFacts, 'rules'>> {
  readonly regionId: string;
  readonly instances: readonly Instance[];
  readonly groups: readonly SecurityGroup[];
  /** The group that is joined; no instance is in it. */
  readonly joined: SecurityGroup;
}

const RULES_PER_GROUP = 20;
const PEERS = ['10.0.0.0/8', '172.16.0.0/12', '0.0.0.0/0', '192.0.2.0/24'];

/** So many instances in so many basic groups, each in one to three of them, and a group to join; the same at every call, in new objects. */
export function largeRegion(of: { readonly instances: number; readonly groups: number }): LargeRegion {
  const groups = Array.from({ length: of.groups }, (_unused, at) => securityGroup({ id: groupId(at), name: `group-${at}`, ruleCount: RULES_PER_GROUP }));
  const joined = securityGroup({ id: groupId(of.groups), name: 'joined', ruleCount: RULES_PER_GROUP });
  const instances = Array.from({ length: of.instances }, (_unused, at) => {
    const securityGroupIds = [at * 7, at * 13 + 5, at * 29 + 11].slice(0, 1 + (at % 3)).map((place) => groupId(place % of.groups));
    return instance({ id: `i-bp1${String(at).padStart(17, '0')}`, name: `web-${at}`, securityGroupIds: [...new Set(securityGroupIds)] });
  });
  const rules = new Map([...groups, joined].map(({ id }, at) => [id, { rules: Array.from({ length: RULES_PER_GROUP }, (_unused, number) => ruleOf(at, number)), innerAccessPolicy: 'Accept' }] as const));
  return { regionId: REGION, instances, groups, joined, rules };
}

export function refsOf(instances: readonly Instance[]): readonly TargetRef[] {
  return instances.map(({ id }) => ({ kind: 'instance', id }));
}

function groupId(at: number): string {
  return `sg-bp1${String(at).padStart(17, '0')}`;
}

/** Ports of its own for each group, other sides that groups share, and a drop among them. */
function ruleOf(group: number, number: number): SecurityGroupRule {
  const port = 1000 + group * 50 + number;
  return rule({ portRange: `${port}/${port}`, peer: PEERS[number % PEERS.length] ?? '', policy: number === 7 ? 'Drop' : 'Accept', priority: 1 + (number % 10) });
}
