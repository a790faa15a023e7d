import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRows } from '../../../src/present/planRows.js';
import type { PlanView, StepView } from '../../../src/present/planText.js';
import { drawn, hostileText, unseen } from '../support/hostile.js';
import { findingOf, REASONS } from '../support/reasons.js';

function step(id: string, overrides: Partial<StepView> = {}): StepView {
  return { ref: { kind: 'instance', id }, change: { kind: 'join', securityGroupId: 'sg-1' }, name: `web ${id}`, verdict: 'ready', findings: [], ...overrides };
}

function plan(...steps: readonly StepView[]): PlanView {
  return { kind: 'join', account: 'Sandbox', regionId: 'cn-hangzhou', groupNames: new Map([['sg-1', 'ssh']]), steps };
}

describe('the lines of a plan', () => {
  it('stand in sections, what goes first, each with its position and its reason', () => {
    const shown = planRows(plan(step('i-1', { verdict: 'blocked', findings: [findingOf(REASONS.securityLock)] }), step('i-2'), step('i-3', { verdict: 'nothingToDo', findings: [findingOf(REASONS.alreadyMember, { severity: 'nothingToDo' })] })), 'en');
    expect(shown).toEqual({
      title: 'Join instance web i-2 (i-2) to security group ssh (sg-1)?',
      rows: [
        { separator: 'Ready (1)' },
        { position: 1, label: '$(pass) web i-2 (i-2)', description: 'will join' },
        { separator: 'Nothing to do (1)' },
        { position: 2, label: '$(check) web i-3 (i-3)', description: 'nothing to do', detail: 'Already a member of this security group' },
        { separator: 'Not possible (1)' },
        { position: 0, label: '$(circle-slash) web i-1 (i-1)', description: "can't join", detail: 'The instance is locked for security reasons' },
      ],
    });
  });

  it('name the group where there are several', () => {
    const { rows } = planRows(plan(step('i-1'), step('i-1', { change: { kind: 'join', securityGroupId: 'sg-2' } })), 'zh');
    expect(rows.slice(1)).toEqual([
      { position: 0, label: '$(pass) web i-1 (i-1)', description: '将加入 · ssh (sg-1)' },
      { position: 1, label: '$(pass) web i-1 (i-1)', description: '将加入 · sg-2' },
    ]);
  });

  it('have no icon and nothing unseen of the cloud', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { rows } = planRows(plan(step('i-1', { name: text, verdict: 'warn', findings: [findingOf({ reason: 'otherLock', lock: text }, { severity: 'warn' })] })), 'zh');
        const texts = rows.flatMap((row) => ('separator' in row ? [row.separator] : [row.label.replace('$(warning) ', ''), row.description, row.detail ?? '']));
        expect(texts.flatMap(unseen)).toEqual([]);
        expect(texts.filter((shown) => drawn(shown).icons.length > 0)).toEqual([]);
      }),
    );
  });
});
