import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityRow, operationNodes, operationTitle, stepNodes, type ActivityOperation, type ActivityStep } from '../../../src/present/activityNode.js';
import { ago, duration } from '../../../src/present/durations.js';
import { hostileText, unseen } from '../support/hostile.js';

const AT = Date.UTC(2026, 0, 1);

function step(overrides: Partial<ActivityStep> = {}): ActivityStep {
  return { ref: { kind: 'instance', id: 'i-1' }, change: { kind: 'join', securityGroupId: 'sg-1' }, name: 'web-1', outcome: 'joined', requestId: 'REQ', durationMs: 840.4, ...overrides };
}

function operation(overrides: Partial<ActivityOperation> = {}): ActivityOperation {
  return {
    id: 'op-1', kind: 'join', at: AT, account: 'Sandbox', regionId: 'cn-hangzhou', groupNames: new Map([['sg-1', 'ssh']]),
    steps: [step()], undoes: false, state: 'ended', canUndo: true, canRetry: false, ...overrides,
  };
}

function row(of: ActivityOperation, now = AT + 120_000) {
  const [node] = operationNodes([of]);
  if (node === undefined) throw new Error('no node');
  return activityRow(node, now, 'en');
}

describe('the row of an operation', () => {
  it('says what it was about, what became of it, when, by whom and where', () => {
    expect(row(operation())).toEqual({
      label: 'Join web-1 to ssh', description: 'joined · 2 min ago · Sandbox · cn-hangzhou', icon: 'pass', color: 'testing.iconPassed',
      context: 'operation ended undo', spoken: 'Join web-1 to ssh, joined · 2 min ago · Sandbox · cn-hangzhou',
      hover: 'Join web-1 to ssh\njoined\n2 min ago\nSandbox\ncn-hangzhou',
    });
  });

  it('counts the targets of a batch and what became of them, by the gravest icon', () => {
    const batch = operation({ steps: [step(), step({ ref: { kind: 'instance', id: 'i-2' }, outcome: 'refused', code: 'AclLimitExceed' })], canRetry: true });
    expect(row(batch)).toMatchObject({ label: 'Join 2 targets to ssh', description: '1 joined, 1 refused · 2 min ago · Sandbox · cn-hangzhou', icon: 'error', context: 'operation ended undo retry' });
  });

  it('tells how far a running one is, and since when', () => {
    const running = operation({ state: 'running', elapsedMs: 12_300, steps: [step(), step({ ref: { kind: 'instance', id: 'i-2' }, outcome: undefined })], canUndo: false });
    expect(row(running, AT)).toMatchObject({ description: 'running · 1 of 2 · 12 s · just now · Sandbox · cn-hangzhou', icon: 'sync~spin', context: 'operation running' });
  });

  it('says of one whose window has gone that nobody has looked yet', () => {
    expect(row(operation({ state: 'open', steps: [step({ outcome: undefined })], canUndo: false }))).toMatchObject({ description: 'its window closed before it ended · 2 min ago · Sandbox · cn-hangzhou', icon: 'question', context: 'operation open' });
  });

  it('names leaving, replacing and undoing in both languages', () => {
    const leave = operation({ kind: 'leave', steps: [step({ change: { kind: 'leave', securityGroupId: 'sg-1' } })], undoes: true });
    const replace = operation({ kind: 'replace', steps: [step({ change: { kind: 'replace', before: ['sg-1'], after: ['sg-1', 'sg-2'] } })] });
    expect([operationTitle(leave, 'en'), operationTitle(replace, 'en'), operationTitle(leave, 'zh'), operationTitle(replace, 'zh')]).toEqual([
      'Undo: Remove web-1 from ssh', 'Replace the groups of web-1 by ssh, sg-2', '撤销：将 web-1 移出 ssh', '将 web-1 的安全组替换为 ssh、sg-2',
    ]);
  });
});

describe('the row of a step', () => {
  const rowOf = (one: ActivityStep, of: Partial<ActivityOperation> = {}) => {
    const [parent] = operationNodes([operation({ steps: [one], ...of })]);
    const [node] = parent === undefined ? [] : stepNodes(parent);
    if (node === undefined) throw new Error('no node');
    return activityRow(node, AT, 'en');
  };

  it('has the outcome first, then ids, how long it took and the RequestId', () => {
    expect(rowOf(step())).toEqual({
      label: 'web-1', description: 'joined · i-1 · ssh (sg-1) · 840 ms · REQ', icon: 'pass', color: 'testing.iconPassed', context: 'step',
      spoken: 'web-1, joined · i-1 · ssh (sg-1) · 840 ms · REQ', hover: 'web-1\njoined\ni-1\nssh (sg-1)\n840 ms\nREQ',
    });
  });

  it('shows a target without a name by its id, once', () => {
    expect([rowOf(step({ name: undefined })), rowOf(step({ name: ' ' }))]).toMatchObject([{ label: 'i-1', description: 'joined · ssh (sg-1) · 840 ms · REQ' }, { label: 'i-1', description: 'joined · ssh (sg-1) · 840 ms · REQ' }]);
  });

  it('has the code of a refusal, and what was found out afterwards', () => {
    expect(rowOf(step({ outcome: 'refused', code: 'AclLimitExceed', reconciled: true, requestId: undefined, durationMs: 0 }))).toMatchObject({ description: 'refused · AclLimitExceed · found out afterwards · i-1 · ssh (sg-1)', context: 'step bad' });
  });

  it('says when there is no outcome yet', () => {
    expect(rowOf(step({ outcome: undefined, requestId: undefined, durationMs: undefined }), { state: 'running' })).toMatchObject({ description: 'no outcome yet · i-1 · ssh (sg-1)', icon: 'circle-outline' });
  });

  it('has nothing unseen of the cloud', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = rowOf(step({ name: text, code: text, requestId: text }), { groupNames: new Map([['sg-1', text]]), account: text });
        expect([shown.label, shown.description, shown.spoken, ...shown.hover.split('\n')].flatMap(unseen)).toEqual([]);
      }),
    );
  });
});

describe('lengths of time', () => {
  it('are told in their largest unit', () => {
    expect([duration(900, 'en'), duration(59_999, 'en'), duration(61_000, 'zh'), duration(7_200_000, 'en'), duration(3 * 86_400_000, 'zh'), duration(-5, 'en')]).toEqual(['0 s', '59 s', '1 分钟', '2 h', '3 天', '0 s']);
  });

  it('that are past are told as such, never as future', () => {
    expect([ago(0, 'en'), ago(-60_000, 'zh'), ago(60_000, 'en'), ago(3_600_000, 'zh')]).toEqual(['just now', '刚刚', '1 min ago', '1 小时前']);
  });
});
