import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/domain/explain.js';
import type { Failure } from '../../../src/domain/failure.js';
import { OUTCOMES, type Outcome } from '../../../src/domain/outcome.js';
import { failureSentence, outcomeMessage, outcomeSentence, type TargetOutcome } from '../../../src/present/reportText.js';
import { hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

const failure: Failure = { code: 'AclLimitExceed', operation: 'JoinSecurityGroup', reached: 'yes', httpStatus: 403, serviceMessage: 'too many' };

function outcome(overrides: Partial<TargetOutcome> = {}): TargetOutcome {
  return { ref: { kind: 'instance', id: 'i-1' }, name: 'web-1', groupId: 'sg-1', groupName: 'ssh', outcome: 'joined', findings: [], ...overrides };
}

const SENTENCES: Readonly<Record<Outcome, readonly [en: string, zh: string]>> = {
  joined: ['web-1 (i-1) joined security group ssh (sg-1).', 'web-1 (i-1) 已加入安全组 ssh (sg-1)。'],
  left: ['web-1 (i-1) left security group ssh (sg-1).', 'web-1 (i-1) 已离开安全组 ssh (sg-1)。'],
  replaced: ['The security groups of web-1 (i-1) were replaced: ssh (sg-1).', 'web-1 (i-1) 的安全组已替换为：ssh (sg-1)。'],
  accepted: ['The service accepted the join of web-1 (i-1) to ssh (sg-1); it is not visible yet.', '服务已接受将 web-1 (i-1) 加入 ssh (sg-1) 的请求，但尚未可见。'],
  alreadyMember: ['Nothing to do: web-1 (i-1) is already in security group ssh (sg-1).', '无需操作：web-1 (i-1) 已在安全组 ssh (sg-1) 中。'],
  notMember: ['Nothing to do: web-1 (i-1) is not in security group ssh (sg-1).', '无需操作：web-1 (i-1) 不在安全组 ssh (sg-1) 中。'],
  notSent: ['Not sent: the join of web-1 (i-1) to ssh (sg-1).', '未发送：将 web-1 (i-1) 加入 ssh (sg-1) 的请求。'],
  refused: ['web-1 (i-1) did not join security group ssh (sg-1).', 'web-1 (i-1) 未能加入安全组 ssh (sg-1)。'],
  unknown: ['It is not known whether web-1 (i-1) joined security group ssh (sg-1).', '无法确定 web-1 (i-1) 是否已加入安全组 ssh (sg-1)。'],
};

describe('the sentence of an outcome', () => {
  it.each(OUTCOMES)('exists in both languages: %s', (each) => {
    expect([outcomeSentence(outcome({ outcome: each }), 'en'), outcomeSentence(outcome({ outcome: each }), 'zh')]).toEqual(SENTENCES[each]);
  });

  it('has ids where there are no names', () => {
    expect(outcomeSentence(outcome({ name: undefined, groupName: undefined }), 'en')).toBe('i-1 joined security group sg-1.');
  });
});

describe('the sentence of a failure', () => {
  it('has code, meaning and what to do in both languages', () => {
    const { meaning, remedy } = explain(failure);
    expect([failureSentence(failure, 'en'), failureSentence(failure, 'zh')]).toEqual([`AclLimitExceed: ${meaning.en} ${remedy.en}`, `AclLimitExceed：${meaning.zh}${remedy.zh}`]);
  });
});

describe('the whole message', () => {
  it('is the sentence alone where all went well', () => {
    expect(outcomeMessage(outcome({ findings: [findingOf(REASONS.opensToWorld, { severity: 'inform' })] }), 'en')).toBe(SENTENCES.joined[0]);
  });

  it('has the failure where the service decided', () => {
    const refused = outcome({ outcome: 'refused', failure, findings: [findingOf(REASONS.groupLimit, { severity: 'warn' })] });
    expect([outcomeMessage(refused, 'en'), outcomeMessage(refused, 'zh')]).toEqual([`${SENTENCES.refused[0]} ${failureSentence(failure, 'en')}`, `${SENTENCES.refused[1]}${failureSentence(failure, 'zh')}`]);
  });

  it('has the reasons where the rules decided', () => {
    const refused = outcome({ outcome: 'refused', findings: [findingOf(REASONS.managedGroup), findingOf(REASONS.groupLimit, { severity: 'warn' })] });
    expect([outcomeMessage(refused, 'en'), outcomeMessage(refused, 'zh')]).toEqual([
      `${SENTENCES.refused[0]} The security group is managed by a cloud product. Managed security groups cannot be changed; choose another one.`,
      `${SENTENCES.refused[1]}该安全组由云产品托管。托管安全组不可修改，请选择其他安全组。`,
    ]);
  });

  it('says of an unknown outcome why it is unknown', () => {
    const lost: Failure = { code: 'Client.Timeout', operation: 'JoinSecurityGroup', reached: 'maybe' };
    expect(outcomeMessage(outcome({ outcome: 'unknown', failure: lost }), 'en')).toBe(`${SENTENCES.unknown[0]} ${failureSentence(lost, 'en')}`);
  });

  it('escapes a hostile code once', () => {
    const hostile = { ...failure, code: '[x](command:y)' };
    const message = outcomeMessage(outcome({ outcome: 'refused', failure: hostile }), 'en');
    expect(message).toBe(`${SENTENCES.refused[0]} ${failureSentence(hostile, 'en')}`);
    expect(message).toContain('[x]\u2060(command:y)');
    expect(message).not.toContain('<U+2060>');
  });

  it('has no live link and nothing unseen, whatever the cloud says', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...OUTCOMES), fc.constantFrom('en', 'zh'), (text, each, language) => {
        const texts = [
          outcomeMessage(outcome({ outcome: each, name: text, groupName: text, failure: { ...failure, code: text } }), language),
          outcomeMessage(outcome({ outcome: each, name: text, findings: [findingOf({ reason: 'malformedId', id: text, problem: 'characters' }, { codes: [text] })] }), language),
          failureSentence({ ...failure, code: text }, language),
        ];
        expect(texts.filter((message) => message.includes(']('))).toEqual([]);
        expect(texts.map((message) => message.replaceAll(']\u2060(', '')).flatMap(unseen)).toEqual([]);
      }),
    );
  });
});
