import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.js';
import { confirmation, named, namedGroup, namedTarget, reasonLines, reasonSummary, VERDICT_WORD, type PlanView, type TargetView } from '../../../src/present/planText.js';
import { securityGroup } from '../support/builders.js';
import { hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

const opens = findingOf(REASONS.opensToWorld, { rule: 'V21', severity: 'inform' });
const closes = findingOf(REASONS.closes, { rule: 'V21', severity: 'inform' });
const limit = findingOf(REASONS.groupLimit, { rule: 'V15', severity: 'warn', codes: ['InstanceSecurityGroupLimitExceeded'] });
const state = findingOf(REASONS.instanceState, { codes: ['IncorrectInstanceStatus', 'Forbidden.InstanceIsBeingCreated'] });
const managed = findingOf(REASONS.managedGroup, { rule: 'V10' });

function target(overrides: Partial<TargetView> = {}): TargetView {
  return { ref: { kind: 'instance', id: 'i-1' }, name: 'web-1', verdict: 'ready', findings: [], ...overrides };
}

function plan(overrides: Partial<PlanView> = {}): PlanView {
  return { account: 'Sandbox (1234)', regionId: 'cn-hangzhou', groupId: 'sg-1', group: securityGroup({ id: 'sg-1', name: 'ssh' }), targets: [target()], ...overrides };
}

describe('a name in a sentence', () => {
  it('stands with its id, which leaves no doubt', () => {
    expect([named('i-1', 'web-1'), named('i-1', undefined), named('i-1', ' '), named('i-1', 'i-1'), namedTarget(target()), namedGroup(plan()), namedGroup(plan({ group: undefined }))]).toEqual([
      'web-1 (i-1)',
      'i-1',
      'i-1',
      'i-1',
      'web-1 (i-1)',
      'ssh (sg-1)',
      'sg-1',
    ]);
  });
});

describe('the confirmation', () => {
  it('names account, region, target, group, warnings, what opens and what closes', () => {
    const one = plan({ targets: [target({ verdict: 'warn', findings: [limit, opens, closes] })] });
    expect([confirmation(one, 'en'), confirmation(one, 'zh')]).toEqual([
      {
        title: 'Join instance web-1 (i-1) to security group ssh (sg-1)?',
        detail: [
          'Account: Sandbox (1234)',
          'Region: cn-hangzhou',
          '⚠ In 5 security groups already; the usual limit is 5.',
          'ℹ Opens to everyone: TCP 22/22 ← 0.0.0.0/0.',
          'ℹ Closes: TCP 3306/3306 ← 10.0.0.0/8.',
        ].join('\n'),
      },
      {
        title: '将实例 web-1 (i-1) 加入安全组 ssh (sg-1)？',
        detail: [
          '账号：Sandbox (1234)',
          '地域：cn-hangzhou',
          '⚠ 已在 5 个安全组中；通常上限为 5 个。',
          'ℹ 对所有地址开放：TCP 22/22 ← 0.0.0.0/0。',
          'ℹ 将拒绝：TCP 3306/3306 ← 10.0.0.0/8。',
        ].join('\n'),
      },
    ]);
  });

  it('names an interface as one, and a group that is not listed by its id', () => {
    const other = plan({ group: undefined, targets: [target({ ref: { kind: 'networkInterface', id: 'eni-1' }, name: undefined })] });
    expect([confirmation(other, 'en'), confirmation(other, 'zh')]).toEqual([
      { title: 'Join network interface eni-1 to security group sg-1?', detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou' },
      { title: '将弹性网卡 eni-1 加入安全组 sg-1？', detail: '账号：Sandbox (1234)\n地域：cn-hangzhou' },
    ]);
  });

  it('counts several targets and says each thing once', () => {
    const several = plan({ targets: [target({ findings: [opens] }), target({ findings: [opens], verdict: 'warn' })] });
    expect([confirmation(several, 'en'), confirmation(several, 'zh').title]).toEqual([
      { title: 'Join 2 targets to security group ssh (sg-1)?', detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou\nℹ Opens to everyone: TCP 22/22 ← 0.0.0.0/0.' },
      '将 2 个目标加入安全组 ssh (sg-1)？',
    ]);
  });

  it('is about those that go only, and says nothing of what blocks the others', () => {
    const mixed = plan({ targets: [target(), target({ ref: { kind: 'instance', id: 'i-2' }, verdict: 'blocked', findings: [state, opens] }), target({ verdict: 'nothingToDo', findings: [findingOf(REASONS.alreadyMember, { severity: 'nothingToDo' })] })] });
    expect(confirmation(mixed, 'en')).toEqual({ title: 'Join instance web-1 (i-1) to security group ssh (sg-1)?', detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou' });
  });

  it('has no live link and no line that the cloud made up', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const hostile = plan({
          account: text,
          regionId: text,
          group: securityGroup({ name: text }),
          targets: [target({ name: text, verdict: 'warn', findings: [findingOf({ reason: 'otherLock', lock: text }, { severity: 'warn' }), findingOf({ reason: 'opensToWorld', openings: [text] }, { severity: 'inform' })] })],
        });
        const { title, detail } = confirmation(hostile, 'en');
        expect(`${title}\n${detail}`).not.toContain('](');
        expect(detail.split('\n')).toHaveLength(4);
        expect([title, ...detail.split('\n')].map((line) => line.replaceAll(']\u2060(', '')).flatMap(unseen)).toEqual([]);
      }),
    );
  });
});

describe('reasons', () => {
  const findings: readonly Finding[] = [opens, limit, state, managed];

  it('are those that decided, each with what to do and the codes that would be answered', () => {
    expect([reasonLines(findings, 'en'), reasonLines(findings, 'zh')]).toEqual([
      [
        'The instance is Starting; it must be Running or Stopped. Wait until the instance has left this state, then try again. [IncorrectInstanceStatus, Forbidden.InstanceIsBeingCreated]',
        'The security group is managed by a cloud product. Managed security groups cannot be changed; choose another one.',
      ],
      ['实例处于“启动中”状态；必须为“运行中”或“已停止”。请等待实例离开此状态后重试。 [IncorrectInstanceStatus, Forbidden.InstanceIsBeingCreated]', '该安全组由云产品托管。托管安全组不可修改，请选择其他安全组。'],
    ]);
  });

  it('are one line without remedies where there is little room', () => {
    expect([reasonSummary(findings, 'en'), reasonSummary(findings, 'zh'), reasonSummary([], 'en')]).toEqual([
      'The instance is Starting; it must be Running or Stopped. The security group is managed by a cloud product',
      '实例处于“启动中”状态；必须为“运行中”或“已停止”；该安全组由云产品托管',
      '',
    ]);
  });

  it('are what is worth knowing where nothing stands in the way', () => {
    expect([reasonSummary([opens], 'en'), reasonSummary([opens, limit], 'en')]).toEqual(['Opens to everyone: TCP 22/22 ← 0.0.0.0/0', 'In 5 security groups already; the usual limit is 5']);
  });
});

describe('verdicts', () => {
  it('have a word in both languages', () => {
    expect(VERDICT_WORD).toEqual({
      ready: { en: 'will join', zh: '将加入' },
      warn: { en: 'needs a look', zh: '需要留意' },
      nothingToDo: { en: 'nothing to do', zh: '无需操作' },
      blocked: { en: "can't join", zh: '无法加入' },
    });
  });
});
