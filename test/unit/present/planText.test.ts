import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/domain/finding.js';
import { confirmation } from '../../../src/present/confirmationText.js';
import { groupsOf, named, namedGroups, namedTarget, reasonLines, reasonSummary, VERDICT_WORD, type PlanView, type StepView } from '../../../src/present/planText.js';
import { hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

const opens = findingOf(REASONS.opensToWorld, { rule: 'V21', severity: 'inform' });
const closes = findingOf(REASONS.closes, { rule: 'V21', severity: 'inform' });
const limit = findingOf(REASONS.groupLimit, { rule: 'V15', severity: 'warn', codes: ['InstanceSecurityGroupLimitExceeded'] });
const state = findingOf(REASONS.instanceState, { codes: ['IncorrectInstanceStatus', 'Forbidden.InstanceIsBeingCreated'] });
const managed = findingOf(REASONS.managedGroup, { rule: 'V10' });

const JOIN = { kind: 'join', securityGroupId: 'sg-1' } as const;

function step(overrides: Partial<StepView> = {}): StepView {
  return { ref: { kind: 'instance', id: 'i-1' }, change: JOIN, name: 'web-1', verdict: 'ready', findings: [], ...overrides };
}

function plan(overrides: Partial<PlanView> = {}): PlanView {
  return { kind: 'join', account: 'Sandbox (1234)', regionId: 'cn-hangzhou', groupNames: new Map([['sg-1', 'ssh']]), steps: [step()], ...overrides };
}

describe('a name in a sentence', () => {
  it('stands with its id, which leaves no doubt', () => {
    expect([named('i-1', 'web-1'), named('i-1', undefined), named('i-1', ' '), named('i-1', 'i-1'), namedTarget(step())]).toEqual(['web-1 (i-1)', 'i-1', 'i-1', 'i-1', 'web-1 (i-1)']);
  });

  it('of several groups is cut after three', () => {
    const names = new Map([['sg-1', 'ssh']]);
    expect([namedGroups(['sg-1'], names, 'en'), namedGroups(['sg-1', 'sg-2', 'sg-3', 'sg-4'], names, 'zh')]).toEqual(['ssh (sg-1)', 'ssh (sg-1)、sg-2、sg-3 等 4 项']);
  });
});

describe('the groups of changes', () => {
  const replacement = { kind: 'replace', before: ['sg-1', 'sg-2'], after: ['sg-1', 'sg-3'] } as const;

  it('are those joined or left, of a replacement the new list, and of a join by replacing what changes', () => {
    expect([groupsOf('join', [JOIN, JOIN]), groupsOf('replace', [replacement]), groupsOf('join', [replacement])]).toEqual([['sg-1'], ['sg-1', 'sg-3'], ['sg-3', 'sg-2']]);
  });
});

describe('the confirmation', () => {
  it('names account, region, target, group, warnings, what opens and what closes', () => {
    const one = plan({ steps: [step({ verdict: 'warn', findings: [limit, opens, closes] })] });
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
    const other = plan({ groupNames: new Map(), steps: [step({ ref: { kind: 'networkInterface', id: 'eni-1' }, name: undefined })] });
    expect([confirmation(other, 'en'), confirmation(other, 'zh')]).toEqual([
      { title: 'Join network interface eni-1 to security group sg-1?', detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou' },
      { title: '将弹性网卡 eni-1 加入安全组 sg-1？', detail: '账号：Sandbox (1234)\n地域：cn-hangzhou' },
    ]);
  });

  it('counts several targets, names them, and says each thing once', () => {
    const several = plan({ steps: [step({ findings: [opens] }), step({ ref: { kind: 'instance', id: 'i-2' }, name: 'web-2', findings: [opens], verdict: 'warn' })] });
    expect([confirmation(several, 'en'), confirmation(several, 'zh')]).toEqual([
      {
        title: 'Join 2 targets to security group ssh (sg-1)?',
        detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou\nTargets: web-1 (i-1), web-2 (i-2)\n1 will join, 1 needs a look\nℹ Opens to everyone: TCP 22/22 ← 0.0.0.0/0.',
      },
      {
        title: '将 2 个目标加入安全组 ssh (sg-1)？',
        detail: '账号：Sandbox (1234)\n地域：cn-hangzhou\n目标：web-1 (i-1)、web-2 (i-2)\n1 个将加入，1 个需要留意\nℹ 对所有地址开放：TCP 22/22 ← 0.0.0.0/0。',
      },
    ]);
  });

  it('is about those that go only, and of the others says how many there are', () => {
    const mixed = plan({ steps: [step(), step({ ref: { kind: 'instance', id: 'i-2' }, verdict: 'blocked', findings: [state, opens] }), step({ ref: { kind: 'instance', id: 'i-3' }, verdict: 'nothingToDo', findings: [findingOf(REASONS.alreadyMember, { severity: 'nothingToDo' })] })] });
    expect(confirmation(mixed, 'en')).toEqual({
      title: 'Join instance web-1 (i-1) to security group ssh (sg-1)?',
      detail: "Account: Sandbox (1234)\nRegion: cn-hangzhou\nTargets: web-1 (i-1)\n1 will join, 1 nothing to do, 1 can't join",
    });
  });

  it('names several groups, and lines of its own', () => {
    const two = plan({ steps: [step(), step({ change: { kind: 'join', securityGroupId: 'sg-2' } })], remarks: ['Undoes a change'] });
    expect(confirmation(two, 'en')).toEqual({ title: 'Join instance web-1 (i-1) to 2 security groups: ssh (sg-1), sg-2?', detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou\nTargets: web-1 (i-1)\n2 will join\nUndoes a change' });
  });

  it('of leaving says what is closed, and that open connections may live on', () => {
    const lost = findingOf(REASONS.noLongerLets, { rule: 'V21', severity: 'inform' });
    const leaving = plan({ kind: 'leave', steps: [step({ change: { kind: 'leave', securityGroupId: 'sg-1' }, findings: [lost] })] });
    expect([confirmation(leaving, 'en'), confirmation(leaving, 'zh')]).toEqual([
      {
        title: 'Remove instance web-1 (i-1) from security group ssh (sg-1)?',
        detail: 'Account: Sandbox (1234)\nRegion: cn-hangzhou\nℹ No longer accepts: TCP 22/22 ← 10.0.0.0/8. Connections that are open already may live on for up to 910 seconds.',
      },
      { title: '将实例 web-1 (i-1) 移出安全组 ssh (sg-1)？', detail: '账号：Sandbox (1234)\n地域：cn-hangzhou\nℹ 不再允许：TCP 22/22 ← 10.0.0.0/8。已建立的连接最长可能继续保持 910 秒。' },
    ]);
  });

  it('of a replacement says what comes, goes and stays, and what cannot be prevented', () => {
    const replacing = plan({ kind: 'replace', steps: [step({ change: { kind: 'replace', before: ['sg-1', 'sg-2'], after: ['sg-1', 'sg-3'] } })] });
    expect([confirmation(replacing, 'en'), confirmation(replacing, 'zh').title]).toEqual([
      {
        title: 'Replace the security groups of instance web-1 (i-1) by 2 security groups: ssh (sg-1), sg-3?',
        detail: [
          'Account: Sandbox (1234)', 'Region: cn-hangzhou', 'Joins: sg-3', 'Leaves: sg-2', 'Keeps: ssh (sg-1)',
          'The whole list is replaced. It is compared again just before; a change that somebody makes at the same moment may still be lost.',
        ].join('\n'),
      },
      '将实例 web-1 (i-1) 的安全组替换为 2 个安全组：ssh (sg-1)、sg-3？',
    ]);
  });

  it('has no live link and no line that the cloud made up', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const hostile = plan({
          account: text,
          regionId: text,
          groupNames: new Map([['sg-1', text]]),
          steps: [step({ name: text, verdict: 'warn', findings: [findingOf({ reason: 'otherLock', lock: text }, { severity: 'warn' }), findingOf({ reason: 'opensToWorld', openings: [text] }, { severity: 'inform' })] })],
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
    const words = Object.values(VERDICT_WORD).flatMap((row) => Object.values(row));
    expect([VERDICT_WORD.join.ready, VERDICT_WORD.leave.ready, VERDICT_WORD.replace.ready]).toEqual([
      { en: 'will join', zh: '将加入' },
      { en: 'will leave', zh: '将移出' },
      { en: 'will be replaced', zh: '将替换' },
    ]);
    expect(words.filter(({ en, zh }) => en === '' || zh === '')).toEqual([]);
  });
});
