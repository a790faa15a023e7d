import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/domain/finding.js';
import { choiceRow, resourceDescription, resourceRow, SECTIONS, whyNotRows } from '../../../src/present/choiceText.js';
import { instance, networkInterface, securityGroup, without } from '../support/builders.js';
import { drawn, hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

const group = securityGroup({ id: 'sg-1', vpcId: 'vpc-1' });
const otherVpc = findingOf(REASONS.otherVpc, { rule: 'V12', codes: ['InvalidInstanceId.Mismatch'] });

describe('the sections of a picker', () => {
  it('hold every verdict once, the eligible first', () => {
    expect(SECTIONS.join).toEqual([
      { verdicts: ['ready'], title: { en: 'Can join', zh: '可以加入' } },
      { verdicts: ['warn'], title: { en: 'Needs a look', zh: '需要留意' } },
      { verdicts: ['blocked', 'nothingToDo'], title: { en: "Can't join", zh: '无法加入' } },
    ]);
    for (const sections of Object.values(SECTIONS)) expect(sections.flatMap(({ verdicts }) => verdicts).sort()).toEqual(['blocked', 'nothingToDo', 'ready', 'warn'] satisfies Verdict[]);
  });
});

describe('what tells a resource from its neighbours', () => {
  it('is id, type or state, VPC and address', () => {
    expect([
      resourceDescription(group, 'en'),
      resourceDescription(group, 'zh'),
      resourceDescription(instance({ id: 'i-1', vpcId: 'vpc-1' }), 'en'),
      resourceDescription(networkInterface({ id: 'eni-1', vpcId: 'vpc-1' }), 'zh'),
    ]).toEqual(['sg-1 · Basic · vpc-1', 'sg-1 · 普通 · vpc-1', 'i-1 · Running · vpc-1 · 10.0.0.1', 'eni-1 · 已绑定 · vpc-1 · 10.0.0.2']);
  });

  it('has the id once where there is no name, and nothing for what is not told', () => {
    expect([resourceDescription(without(group, 'name', 'type', 'vpcId'), 'en'), resourceDescription(instance({ id: 'i-1', name: '', vpcId: '', privateIps: [] }), 'en')]).toEqual(['', 'Running']);
  });
});

describe('the row of a judged choice', () => {
  it('has no reason where it can be chosen', () => {
    expect(choiceRow(group, { verdict: 'ready', findings: [findingOf(REASONS.opensToWorld, { severity: 'inform' })] }, 'en')).toEqual({ label: '$(shield) ssh', description: 'sg-1 · Basic · vpc-1' });
  });

  it('has the reason in words and values where it cannot', () => {
    expect([choiceRow(group, { verdict: 'blocked', findings: [otherVpc] }, 'en'), choiceRow(group, { verdict: 'blocked', findings: [otherVpc] }, 'zh')]).toEqual([
      { label: '$(circle-slash) ssh', description: 'sg-1 · Basic · vpc-1', detail: 'Other VPC: the target is in vpc-1, the group in vpc-2' },
      { label: '$(circle-slash) ssh', description: 'sg-1 · 普通 · vpc-1', detail: '专有网络不同：目标位于 vpc-1，安全组位于 vpc-2' },
    ]);
  });

  it('shows a warning and a membership by their icons', () => {
    const warning = findingOf(REASONS.groupLimit, { severity: 'warn' });
    const member = findingOf(REASONS.alreadyMember, { severity: 'nothingToDo' });
    expect([choiceRow(group, { verdict: 'warn', findings: [warning] }, 'en'), choiceRow(group, { verdict: 'nothingToDo', findings: [member, otherVpc] }, 'en')]).toEqual([
      { label: '$(warning) ssh', description: 'sg-1 · Basic · vpc-1', detail: 'In 5 security groups already; the usual limit is 5' },
      { label: '$(check) ssh', description: 'sg-1 · Basic · vpc-1', detail: 'Already a member of this security group' },
    ]);
  });
});

describe('the row of a resource', () => {
  it('shows its kind', () => {
    expect([resourceRow(instance({ id: 'i-1', vpcId: 'vpc-1' }), 'en'), resourceRow(networkInterface({ id: 'eni-1', vpcId: 'vpc-1' }), 'en')]).toEqual([
      { label: '$(vm) web-1', description: 'i-1 · Running · vpc-1 · 10.0.0.1' },
      { label: '$(plug) data', description: 'eni-1 · In use · vpc-1 · 10.0.0.2' },
    ]);
  });
});

describe('the rows that say why not', () => {
  it('have the reason, the rule with its codes, and what to do', () => {
    expect([whyNotRows([otherVpc], 'en'), whyNotRows([otherVpc], 'zh'), whyNotRows([], 'en')]).toEqual([
      [{ label: '$(circle-slash) Other VPC: the target is in vpc-1, the group in vpc-2', description: 'V12 · InvalidInstanceId.Mismatch', detail: 'Choose a security group of the VPC of the target.' }],
      [{ label: '$(circle-slash) 专有网络不同：目标位于 vpc-1，安全组位于 vpc-2', description: 'V12 · InvalidInstanceId.Mismatch', detail: '请选择与目标同一专有网络的安全组。' }],
      [],
    ]);
  });
});

describe('hostile text', () => {
  it('is literal in every part of every row, and adds no icon', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('en', 'zh'), (text, language) => {
        const finding = findingOf({ reason: 'malformedId', id: text, problem: 'characters' }, { severity: 'warn', codes: [text] });
        const rows = [
          choiceRow(securityGroup({ id: text, name: text, type: text, vpcId: text }), { verdict: 'warn', findings: [finding] }, language),
          resourceRow(instance({ id: text, name: text, status: text, vpcId: text, privateIps: [text] }), language),
          ...whyNotRows([finding, findingOf({ reason: 'primaryInterface', instanceId: text })], language),
        ];
        const parts = rows.flatMap(({ label, description, detail = '' }) => [label.replace(/^\$\([a-z-]+\) /, ''), description, detail]);
        expect(parts.filter((part) => drawn(part).icons.length > 0)).toEqual([]);
        expect(parts.flatMap(unseen)).toEqual([]);
      }),
    );
  });
});
