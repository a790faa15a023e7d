import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.js';
import { verdictOf } from '../../../src/domain/finding.js';
import { judgeArguments, targetOf } from '../../../src/domain/joinArguments.js';

const GROUP = 'sg-bp1000000000000000001';
const INSTANCE = 'i-bp1000000000000000001';
const INTERFACE = 'eni-bp1000000000000000001';

function malformed(id: string, problem: 'characters' | 'length' | 'otherKind', code: string): Finding {
  const codes = [code, 'InvalidParam.Malformed', ...(code === 'InvalidInstanceId.Malformed' ? ['InvalidInstanceId.NotFound'] : [])];
  return { rule: 'V3', severity: 'warn', codes, evidence: 'inferred', because: { reason: 'malformedId', id, problem } };
}

const WITHOUT_REGION: Finding = { rule: 'V2', severity: 'block', codes: ['MissingParameter.RegionId'], evidence: 'documented', because: { reason: 'interfaceWithoutRegion' } };
const NO_GROUP: Finding = { rule: 'V3', severity: 'block', codes: ['MissingParameter'], evidence: 'documented', because: { reason: 'malformedId', id: '', problem: 'empty' } };

describe('V1, exactly one of instance and interface', () => {
  it('passes an instance with or without its region, and an interface with its region', () => {
    expect([
      judgeArguments({ securityGroupId: GROUP, instanceId: INSTANCE }),
      judgeArguments({ securityGroupId: GROUP, instanceId: INSTANCE, regionId: 'cn-hangzhou' }),
      judgeArguments({ securityGroupId: GROUP, networkInterfaceId: INTERFACE, regionId: 'cn-hangzhou' }),
    ]).toEqual([[], [], []]);
  });

  it('takes an empty id for none', () => {
    expect(judgeArguments({ securityGroupId: GROUP, instanceId: INSTANCE, networkInterfaceId: '', regionId: '' })).toEqual([]);
  });

  it('blocks both, and tells what else is wrong', () => {
    const both = { rule: 'V1', severity: 'block', codes: ['InvalidParam.EniIdAndInstanceId.Conflict'], evidence: 'documented', because: { reason: 'bothIds' } };
    expect(judgeArguments({ securityGroupId: GROUP, instanceId: INSTANCE, networkInterfaceId: INTERFACE, regionId: 'cn-hangzhou' })).toEqual([both]);
    expect(judgeArguments({ securityGroupId: '', instanceId: INSTANCE, networkInterfaceId: 'eni 1' })).toEqual([
      both,
      WITHOUT_REGION,
      malformed('eni 1', 'characters', 'InvalidEniId.NotFound'),
      NO_GROUP,
    ]);
  });

  it('blocks neither, given as nothing or as empty', () => {
    const none = [{ rule: 'V1', severity: 'block', codes: ['MissingParameter'], evidence: 'documented', because: { reason: 'noTarget' } }];
    expect([judgeArguments({ securityGroupId: GROUP }), judgeArguments({ securityGroupId: '', instanceId: '', networkInterfaceId: '' })]).toEqual([none, [...none, NO_GROUP]]);
  });
});

describe('V2, a region for an interface', () => {
  it('blocks an interface without one', () => {
    expect([judgeArguments({ securityGroupId: GROUP, networkInterfaceId: INTERFACE }), judgeArguments({ securityGroupId: GROUP, networkInterfaceId: INTERFACE, regionId: '' })]).toEqual([[WITHOUT_REGION], [WITHOUT_REGION]]);
  });

  it('blocks and tells of odd ids at once', () => {
    const found = judgeArguments({ securityGroupId: INSTANCE, networkInterfaceId: 'eni 1' });
    expect(found).toEqual([WITHOUT_REGION, malformed('eni 1', 'characters', 'InvalidEniId.NotFound'), malformed(INSTANCE, 'otherKind', 'InvalidSecurityGroupId.NotFound')]);
    expect(verdictOf(found)).toBe('blocked');
  });
});

describe('V3, ids that can be ids', () => {
  it('warns of an instance, an interface and a group, each with its codes', () => {
    expect([
      judgeArguments({ securityGroupId: GROUP, instanceId: GROUP }),
      judgeArguments({ securityGroupId: GROUP, networkInterfaceId: INSTANCE, regionId: 'cn-hangzhou' }),
      judgeArguments({ securityGroupId: 'sg_1', instanceId: INSTANCE }),
      judgeArguments({ securityGroupId: GROUP, instanceId: 'i'.repeat(65) }),
    ]).toEqual([
      [malformed(GROUP, 'otherKind', 'InvalidInstanceId.Malformed')],
      [malformed(INSTANCE, 'otherKind', 'InvalidEniId.NotFound')],
      [malformed('sg_1', 'characters', 'InvalidSecurityGroupId.NotFound')],
      [malformed('i'.repeat(65), 'length', 'InvalidInstanceId.Malformed')],
    ]);
  });

  it('warns of both sides at once', () => {
    expect(judgeArguments({ securityGroupId: 'vpc-1', instanceId: 'eni-1' })).toEqual([
      malformed('eni-1', 'otherKind', 'InvalidInstanceId.Malformed'),
      malformed('vpc-1', 'otherKind', 'InvalidSecurityGroupId.NotFound'),
    ]);
  });

  it('passes very old ids, which have no prefix', () => {
    expect(judgeArguments({ securityGroupId: 'F876FF7BA984', instanceId: 'AY120101010101' })).toEqual([]);
  });

  it('blocks an empty group, of which nothing could be asked', () => {
    expect(judgeArguments({ securityGroupId: '', instanceId: INSTANCE })).toEqual([NO_GROUP]);
  });
});

describe('the target of arguments', () => {
  it('is the instance or the interface that was named', () => {
    expect([targetOf({ securityGroupId: GROUP, instanceId: INSTANCE, networkInterfaceId: '' }), targetOf({ securityGroupId: GROUP, networkInterfaceId: INTERFACE })]).toEqual([
      { kind: 'instance', id: INSTANCE },
      { kind: 'networkInterface', id: INTERFACE },
    ]);
  });
});
