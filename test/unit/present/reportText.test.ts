import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/domain/explain.js';
import { clientFailure, type Failure } from '../../../src/domain/failure.js';
import { OUTCOMES, type Outcome } from '../../../src/domain/outcome.js';
import { batchMessage, failureSentence, outcomeCounts, outcomeMessage, outcomeSentence, OUTCOME_WORD, type StepOutcomeView } from '../../../src/present/reportText.js';
import { hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

const failure: Failure = { code: 'AclLimitExceed', operation: 'JoinSecurityGroup', reached: 'yes', httpStatus: 403, serviceMessage: 'too many' };

function outcome(overrides: Partial<StepOutcomeView> = {}): StepOutcomeView {
  return { kind: 'join', ref: { kind: 'instance', id: 'i-1' }, change: { kind: 'join', securityGroupId: 'sg-1' }, name: 'web-1', groupNames: new Map([['sg-1', 'ssh']]), outcome: 'joined', findings: [], ...overrides };
}

const LEAVE = { kind: 'leave', change: { kind: 'leave', securityGroupId: 'sg-1' } } as const;
const REPLACE = { kind: 'replace', change: { kind: 'replace', before: ['sg-2'], after: ['sg-1'] } } as const;

const SENTENCES: Readonly<Record<Outcome, readonly [en: string, zh: string]>> = {
  joined: ['web-1 (i-1) joined security group ssh (sg-1).', 'web-1 (i-1) 已加入安全组 ssh (sg-1)。'],
  left: ['web-1 (i-1) left security group ssh (sg-1).', 'web-1 (i-1) 已移出安全组 ssh (sg-1)。'],
  replaced: ['web-1 (i-1) is now in security group ssh (sg-1).', 'web-1 (i-1) 现在位于安全组 ssh (sg-1)。'],
  accepted: ['The service accepted the join of web-1 (i-1) to security group ssh (sg-1); it is not visible yet.', '服务已接受将 web-1 (i-1) 加入安全组 ssh (sg-1)的请求，但尚未可见。'],
  alreadyMember: ['Nothing to do: web-1 (i-1) is already in security group ssh (sg-1).', '无需操作：web-1 (i-1) 已在安全组 ssh (sg-1)中。'],
  notMember: ['Nothing to do: web-1 (i-1) is not in security group ssh (sg-1).', '无需操作：web-1 (i-1) 不在安全组 ssh (sg-1)中。'],
  notSent: ['Not sent: the join of web-1 (i-1) to security group ssh (sg-1).', '未发送：将 web-1 (i-1) 加入安全组 ssh (sg-1)的请求。'],
  refused: ['web-1 (i-1) did not join security group ssh (sg-1).', 'web-1 (i-1) 未能加入安全组 ssh (sg-1)。'],
  unknown: ['It is not known whether web-1 (i-1) joined security group ssh (sg-1).', '无法确定 web-1 (i-1) 是否已加入安全组 ssh (sg-1)。'],
};

describe('the sentence of an outcome', () => {
  it.each(OUTCOMES)('exists in both languages: %s', (each) => {
    expect([outcomeSentence(outcome({ outcome: each }), 'en'), outcomeSentence(outcome({ outcome: each }), 'zh')]).toEqual(SENTENCES[each]);
  });

  it('has ids where there are no names', () => {
    expect(outcomeSentence(outcome({ name: undefined, groupNames: new Map() }), 'en')).toBe('i-1 joined security group sg-1.');
  });
});

describe('the sentence of another change than a join', () => {
  it.each([
    ['left', LEAVE, 'web-1 (i-1) left security group ssh (sg-1).'],
    ['accepted', LEAVE, 'The service accepted to remove web-1 (i-1) from security group ssh (sg-1); it is not visible yet.'],
    ['notSent', LEAVE, 'Not sent: the removal of web-1 (i-1) from security group ssh (sg-1).'],
    ['refused', LEAVE, 'web-1 (i-1) did not leave security group ssh (sg-1).'],
    ['unknown', LEAVE, 'It is not known whether web-1 (i-1) left security group ssh (sg-1).'],
    ['accepted', REPLACE, 'The service accepted the new security groups of web-1 (i-1); they are not visible yet.'],
    ['alreadyMember', REPLACE, 'Nothing to do: web-1 (i-1) is already in exactly security group ssh (sg-1).'],
    ['refused', REPLACE, 'The security groups of web-1 (i-1) were not replaced.'],
    ['unknown', REPLACE, 'It is not known whether the security groups of web-1 (i-1) were replaced.'],
  ] as const)('says what became of it: %s', (each, change, sentence) => {
    expect(outcomeSentence(outcome({ ...change, outcome: each }), 'en')).toBe(sentence);
    expect(outcomeSentence(outcome({ ...change, outcome: each }), 'zh')).toMatch(/\p{Script=Han}/u);
  });
});

describe('the message about several', () => {
  const steps = [outcome(), outcome({ ref: { kind: 'instance', id: 'i-2' }, name: 'web-2' }), outcome({ ref: { kind: 'instance', id: 'i-3' }, name: 'web-3', outcome: 'refused', failure })];

  it('counts what became of them, gravest last', () => {
    expect([outcomeCounts(['refused', 'joined', 'joined', 'alreadyMember'], 'en'), outcomeCounts(['unknown'], 'zh')]).toEqual(['2 joined, 1 nothing to do, 1 refused', `1 个${OUTCOME_WORD.unknown.zh}`]);
  });

  it('says why the first of those that failed did', () => {
    expect([batchMessage(steps, 'en'), batchMessage(steps.slice(0, 2), 'zh')]).toEqual([
      `Security group ssh (sg-1): 2 joined, 1 refused. For example web-3 (i-3): ${failureSentence(failure, 'en')}`,
      '安全组 ssh (sg-1)：2 个已加入。',
    ]);
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
          outcomeMessage(outcome({ outcome: each, name: text, groupNames: new Map([['sg-1', text]]), failure: { ...failure, code: text } }), language),
          outcomeMessage(outcome({ outcome: each, name: text, findings: [findingOf({ reason: 'malformedId', id: text, problem: 'characters' }, { codes: [text] })] }), language),
          failureSentence({ ...failure, code: text }, language),
        ];
        expect(texts.filter((message) => message.includes(']('))).toEqual([]);
        expect(texts.map((message) => message.replaceAll(']\u2060(', '')).flatMap(unseen)).toEqual([]);
      }),
    );
  });
});

describe('a failure that can be mended in a file', () => {
  const failure = clientFailure('Client.CredentialFileMalformed', { place: { file: '~/.aliyun/config.json', field: 'line [2](x)' } });

  it('says last where, after a colon', () => {
    const { meaning, remedy } = explain(failure);
    expect([failureSentence(failure, 'en'), failureSentence(failure, 'zh')]).toEqual([
      `Client.CredentialFileMalformed: ${meaning.en} ${remedy.en} Where: ~/.aliyun/config.json, line [2]\u2060(x)`,
      `Client.CredentialFileMalformed：${meaning.zh}${remedy.zh}位置：~/.aliyun/config.json, line [2]\u2060(x)`,
    ]);
  });

  it('and no field names the file alone', () => {
    expect(failureSentence(clientFailure('Client.CredentialFileMissing', { place: { file: '~/.aliyun/config.json' } }), 'en')).toMatch(/ Where: ~\/\.aliyun\/config\.json$/);
  });
});
