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

function malformed(id: string, kind: ResourceKind, code: string): readonly Finding[] {
  const problem = idProblem(id, kind);
  if (problem === undefined) return [];
  return [{ rule: 'V3', severity: 'warn', codes: [code, 'InvalidParam.Malformed'], evidence: 'inferred', because: { reason: 'malformedId', id, problem } }];
}

/**
 * Rules V1 to V3, which need no facts: exactly one of instance and interface, a region for an interface,
 * and ids that can be ids (JoinSecurityGroup page, request parameters).
 */
export function judgeArguments(asked: JoinArguments): readonly Finding[] {
  const { regionId, securityGroupId, instanceId = '', networkInterfaceId = '' } = asked;
  const documented = { severity: 'block', evidence: 'documented' } as const;
  if (instanceId !== '' && networkInterfaceId !== '') {
    return [{ ...documented, rule: 'V1', codes: ['InvalidParam.EniIdAndInstanceId.Conflict'], because: { reason: 'bothIds' } }];
  }
  if (instanceId === '' && networkInterfaceId === '') {
    return [{ ...documented, rule: 'V1', codes: ['MissingParameter'], because: { reason: 'noTarget' } }];
  }
  if (securityGroupId === '') {
    return [{ ...documented, rule: 'V3', codes: ['MissingParameter'], because: { reason: 'malformedId', id: '', problem: 'empty' } }];
  }
  const target =
    instanceId === '' ? malformed(networkInterfaceId, 'networkInterface', 'InvalidEniId.NotFound') : malformed(instanceId, 'instance', 'InvalidInstanceId.Malformed');
  const shapes = [...target, ...malformed(securityGroupId, 'securityGroup', 'InvalidSecurityGroupId.NotFound')];
  if (networkInterfaceId !== '' && (regionId ?? '') === '') {
    return [{ ...documented, rule: 'V2', codes: ['MissingParameter.RegionId'], because: { reason: 'interfaceWithoutRegion' } }, ...shapes];
  }
  return shapes;
}

/** The target that valid arguments name. */
export function targetOf(asked: JoinArguments): TargetRef {
  const { instanceId = '', networkInterfaceId = '' } = asked;
  return instanceId === '' ? { kind: 'networkInterface', id: networkInterfaceId } : { kind: 'instance', id: instanceId };
}
