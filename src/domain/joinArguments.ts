import type { Finding } from './finding.js';
import { idProblem } from './ids.js';
import type { ResourceKind, TargetRef } from './resources.js';

/** What a join is asked for, before anything has been read. */
export interface JoinArguments {
  readonly regionId?: string | undefined;
  readonly securityGroupId: string;
  readonly instanceId?: string | undefined;
  readonly networkInterfaceId?: string | undefined;
}

const DOCUMENTED = { severity: 'block', evidence: 'documented' } as const;

/** What the service may answer for an id that is none. Which texts it calls malformed no page says; the others are just not found. */
const CODES: Readonly<Record<ResourceKind, readonly string[]>> = {
  instance: ['InvalidInstanceId.Malformed', 'InvalidParam.Malformed', 'InvalidInstanceId.NotFound'],
  networkInterface: ['InvalidEniId.NotFound', 'InvalidParam.Malformed'],
  securityGroup: ['InvalidSecurityGroupId.NotFound', 'InvalidParam.Malformed'],
};

/** V3 for an id that was given. */
function malformed(id: string, kind: ResourceKind): readonly Finding[] {
  const problem = idProblem(id, kind);
  if (id === '' || problem === undefined) return [];
  return [{ rule: 'V3', severity: 'warn', codes: CODES[kind], evidence: 'inferred', because: { reason: 'malformedId', id, problem } }];
}

/** V1: exactly one of the two. */
function oneTarget(instanceId: string, networkInterfaceId: string): readonly Finding[] {
  if (instanceId !== '' && networkInterfaceId !== '') {
    return [{ ...DOCUMENTED, rule: 'V1', codes: ['InvalidParam.EniIdAndInstanceId.Conflict'], because: { reason: 'bothIds' } }];
  }
  if (instanceId !== '' || networkInterfaceId !== '') return [];
  return [{ ...DOCUMENTED, rule: 'V1', codes: ['MissingParameter'], because: { reason: 'noTarget' } }];
}

/** V2: the operation finds an interface only in a region that is named. */
function regionOfInterface(regionId: string, networkInterfaceId: string): readonly Finding[] {
  if (networkInterfaceId === '' || regionId !== '') return [];
  return [{ ...DOCUMENTED, rule: 'V2', codes: ['MissingParameter.RegionId'], because: { reason: 'interfaceWithoutRegion' } }];
}

/** V3 for the group, which has to be given. */
function groupId(securityGroupId: string): readonly Finding[] {
  if (securityGroupId !== '') return malformed(securityGroupId, 'securityGroup');
  return [{ ...DOCUMENTED, rule: 'V3', codes: ['MissingParameter'], because: { reason: 'malformedId', id: '', problem: 'empty' } }];
}

/**
 * Rules V1 to V3, which need no facts: exactly one of instance and interface, a region for an interface,
 * and ids that can be ids (JoinSecurityGroup page, request parameters). All that is wrong is told: which of
 * several the service names is its affair.
 */
export function judgeArguments(asked: JoinArguments): readonly Finding[] {
  const { regionId = '', securityGroupId, instanceId = '', networkInterfaceId = '' } = asked;
  return [
    ...oneTarget(instanceId, networkInterfaceId),
    ...regionOfInterface(regionId, networkInterfaceId),
    ...malformed(instanceId, 'instance'),
    ...malformed(networkInterfaceId, 'networkInterface'),
    ...groupId(securityGroupId),
  ];
}

/** The target that valid arguments name. */
export function targetOf(asked: JoinArguments): TargetRef {
  const { instanceId = '', networkInterfaceId = '' } = asked;
  return instanceId === '' ? { kind: 'networkInterface', id: networkInterfaceId } : { kind: 'instance', id: instanceId };
}
