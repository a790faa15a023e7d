import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/domain/failure.js';
import { failureLines, logBlock, type LogBlock } from '../../../src/present/logText.js';
import { hostileText, unseen } from '../support/hostile.js';

const failure: Failure = {
  code: 'InvalidOperation.VpcMismatch',
  operation: 'JoinSecurityGroup',
  reached: 'yes',
  httpStatus: 403,
  serviceMessage: 'The specified security group and ENI are not in the same VPC.',
  requestId: 'R-FAILURE',
  detail: 'a detail',
};

function block(overrides: Partial<LogBlock> = {}): LogBlock {
  return {
    at: '2026-01-02T03:04:05.678Z',
    operationId: 'op-1',
    operation: 'JoinSecurityGroup',
    account: 'Sandbox (1234)',
    regionId: 'cn-hangzhou',
    target: 'web-1 (i-1)',
    group: 'ssh (sg-1)',
    route: 'join',
    outcome: 'joined',
    httpStatus: 200,
    requestId: 'R-1',
    durationMs: 412.4,
    attempts: 1,
    failure: undefined,
    findings: [],
    ...overrides,
  };
}

describe('the block of an operation', () => {
  it('says what was done, for whom and how long it took', () => {
    expect(logBlock(block(), 'en').join('\n')).toBe(
      [
        '  Time:            2026-01-02T03:04:05.678Z',
        '  Operation id:    op-1',
        '  Operation:       JoinSecurityGroup',
        '  Account:         Sandbox (1234)',
        '  Region:          cn-hangzhou',
        '  Target:          web-1 (i-1)',
        '  Security group:  ssh (sg-1)',
        '  Route:           join',
        '  Outcome:         joined',
        '  HTTP status:     200',
        '  RequestId:       R-1',
        '  Duration:        412 ms',
        '  Attempts:        1',
      ].join('\n'),
    );
  });

  it('says which policy denied what, as far as the service tells', () => {
    const denied = (more: Partial<Failure>) => logBlock(block({ failure: { ...failure, ...more } }), 'en').filter((line) => line.includes('Denied:'));
    expect([denied({}), denied({ deniedBy: 'explicit' }), denied({ deniedAction: 'ecs:JoinSecurityGroup', deniedBy: 'implicit', policyType: 'ControlPolicy' })]).toEqual([
      [],
      ['  Denied:          explicit deny'],
      ['  Denied:          ecs:JoinSecurityGroup, implicit deny, ControlPolicy'],
    ]);
    expect(failureLines({ ...failure, deniedAction: 'ecs:X' }, 'zh')).toContain('  Denied:          ecs:X');
  });

  it('has the service’s words, what they mean and what to do, and the sentences of the rules', () => {
    const refused = block({ outcome: 'refused', httpStatus: undefined, requestId: undefined, durationMs: 0, attempts: 3, failure, findings: ['First.', 'Second.'] });
    expect(logBlock(refused, 'en').join('\n')).toBe(
      [
        '  Time:            2026-01-02T03:04:05.678Z',
        '  Operation id:    op-1',
        '  Operation:       JoinSecurityGroup',
        '  Account:         Sandbox (1234)',
        '  Region:          cn-hangzhou',
        '  Target:          web-1 (i-1)',
        '  Security group:  ssh (sg-1)',
        '  Route:           join',
        '  Outcome:         refused',
        '  HTTP status:     403',
        '  Code:            InvalidOperation.VpcMismatch',
        '  Service message: The specified security group and ENI are not in the same VPC.',
        '  Meaning:         The VPC of a security group in the request differs from the VPC of the ENI or instance.',
        '  What to do:      Compare the VPC IDs of both sides and choose groups whose VPC is that of the target.',
        '  More:            https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-joinsecuritygroup',
        '  Detail:          a detail',
        '  RequestId:       R-FAILURE',
        '  Duration:        0 ms',
        '  Attempts:        3',
        '  Rule:            First.',
        '  Rule:            Second.',
      ].join('\n'),
    );
  });

  it('keeps its labels in English and explains in the reader’s language', () => {
    const [english, chinese] = [logBlock(block({ failure }), 'en'), logBlock(block({ failure }), 'zh')];
    const explained = /^ {2}(?:Meaning|What to do):/;
    expect(chinese.map((line) => line.slice(0, 19))).toEqual(english.map((line) => line.slice(0, 19)));
    expect(chinese.filter((line) => !explained.test(line))).toEqual(english.filter((line) => !explained.test(line)));
    expect(chinese.filter((line) => explained.test(line)).map((line) => /\p{Script=Han}/u.test(line))).toEqual([true, true]);
  });

  it('prefers its own status and request id to those of the failure', () => {
    const lines = logBlock(block({ failure }), 'en');
    expect(lines.filter((line) => /HTTP status|RequestId/.test(line))).toEqual(['  HTTP status:     200', '  RequestId:       R-1']);
  });
});

describe('the lines of a failed read', () => {
  it('have the same shape', () => {
    expect(failureLines(failure, 'en').join('\n')).toBe(
      [
        '  Operation:       JoinSecurityGroup',
        '  HTTP status:     403',
        '  Code:            InvalidOperation.VpcMismatch',
        '  Service message: The specified security group and ENI are not in the same VPC.',
        '  Meaning:         The VPC of a security group in the request differs from the VPC of the ENI or instance.',
        '  What to do:      Compare the VPC IDs of both sides and choose groups whose VPC is that of the target.',
        '  More:            https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-joinsecuritygroup',
        '  Detail:          a detail',
        '  RequestId:       R-FAILURE',
      ].join('\n'),
    );
  });

  it('leave out what is not known', () => {
    expect(failureLines({ code: 'Client.Dns', operation: '', reached: 'no' }, 'en').map((line) => line.trim().split(':')[0])).toEqual(['Code', 'Meaning', 'What to do']);
  });
});

describe('hostile text', () => {
  it('stays on its line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = logBlock(block({ target: `a${text}`, group: `a${text}`, account: `a${text}`, findings: [`a${text}`], failure: { ...failure, code: `a${text}`, serviceMessage: `a${text}`, detail: `a${text}` } }), 'en');
        expect(lines).toHaveLength(20);
        expect(lines.flatMap(unseen)).toEqual([]);
      }),
    );
  });
});

describe('a failure that can be mended in a file', () => {
  it('says where, in both shapes', () => {
    const placed: Failure = { ...failure, place: { file: '~/.aliyun/config.json', field: 'profiles[0]' } };
    const line = '  Place:           ~/.aliyun/config.json, profiles[0]';
    expect([failureLines(placed, 'en').filter((text) => text.includes('Place')), logBlock(block({ failure: placed }), 'en').filter((text) => text.includes('Place'))]).toEqual([[line], [line]]);
  });
});
