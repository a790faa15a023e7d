import type { JoinFacts } from '../../../src/domain/joinRules.js';
import type { GroupRules, Instance, NetworkInterface, SecurityGroup, SecurityGroupRule } from '../../../src/domain/resources.js';

/**
 * Small, complete resources that pass every preflight rule; a test names only what it is about.
 * To take a field away ("the answer did not say"), use `without(instance(), 'status')`.
 */

export const REGION = 'cn-hangzhou';
export const VPC = 'vpc-bp1000000000000000001';

export function instance(overrides: Partial<Instance> = {}): Instance {
  return {
    kind: 'instance',
    id: 'i-bp1000000000000000001',
    regionId: REGION,
    name: 'web-1',
    status: 'Running',
    networkType: 'vpc',
    vpcId: VPC,
    securityGroupIds: ['sg-bp1000000000000000001'],
    interfaces: [{ id: 'eni-bp1000000000000000001', type: 'Primary', addressCount: 1 }],
    privateIps: ['10.0.0.1'],
    publicIps: [],
    locks: [],
    tags: [],
    ...overrides,
  };
}

/** A secondary interface in use. */
export function networkInterface(overrides: Partial<NetworkInterface> = {}): NetworkInterface {
  return {
    kind: 'networkInterface',
    id: 'eni-bp1000000000000000002',
    regionId: REGION,
    name: 'data',
    status: 'InUse',
    type: 'Secondary',
    vpcId: VPC,
    instanceId: 'i-bp1000000000000000001',
    securityGroupIds: ['sg-bp1000000000000000001'],
    privateIps: ['10.0.0.2'],
    publicIps: [],
    ipv6s: [],
    addressCount: 1,
    serviceManaged: false,
    tags: [],
    ...overrides,
  };
}

/** A basic group that the builders' targets are not in; `id: 'sg-bp1000000000000000001'` is the one they are in. */
export function securityGroup(overrides: Partial<SecurityGroup> = {}): SecurityGroup {
  return {
    kind: 'securityGroup',
    id: 'sg-bp1000000000000000002',
    regionId: REGION,
    name: 'ssh',
    type: 'normal',
    vpcId: VPC,
    serviceManaged: false,
    ruleCount: 2,
    tags: [],
    ...overrides,
  };
}

/** Inbound SSH from a private network: opens nothing to the world. */
export function rule(overrides: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    direction: 'ingress',
    policy: 'Accept',
    protocol: 'TCP',
    portRange: '22/22',
    peer: '10.0.0.0/8',
    peerKind: 'cidr',
    priority: 1,
    ...overrides,
  };
}

export function groupRules(...rules: readonly SecurityGroupRule[]): GroupRules {
  return { rules, innerAccessPolicy: 'Accept' };
}

/** One instance in one basic group, asked to join a second basic group, with both groups' rules read. */
export function facts(overrides: Partial<JoinFacts> = {}): JoinFacts {
  const target = 'target' in overrides ? overrides.target : instance();
  const group = 'group' in overrides ? overrides.group : securityGroup();
  const current = securityGroup({ id: 'sg-bp1000000000000000001', name: 'default' });
  return {
    regionId: REGION,
    targetRef: { kind: target?.kind ?? 'instance', id: target?.id ?? instance().id },
    groupId: group?.id ?? securityGroup().id,
    currentGroups: new Map([[current.id, current]]),
    rules: new Map([
      [current.id, groupRules()],
      [securityGroup().id, groupRules(rule())],
    ]),
    limits: { groupsPerInterface: 5 },
    ...overrides,
    target,
    group,
  };
}

/** A copy without some fields, as when the service's answer did not have them. */
export function without<T extends object, K extends keyof T>(resource: T, ...keys: readonly K[]): Omit<T, K> {
  const copy = { ...resource };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  return copy;
}
