import { describe, expect, it } from 'vitest';
import type { Finding, Reason, RuleId } from '../../../src/domain/finding.js';
import { judgeJoin } from '../../../src/domain/joinRules.js';
import type { JoinTarget } from '../../../src/domain/resources.js';
import { facts, instance, networkInterface, without } from '../support/builders.js';

/** What one rule finds about a target, the group being a good one. */
function found(rule: RuleId, target: JoinTarget): readonly Finding[] {
  return judgeJoin(facts({ target })).filter((finding) => finding.rule === rule);
}

describe('V6, the instance is Running or Stopped', () => {
  const codes = ['IncorrectInstanceStatus', 'Forbidden.InstanceIsBeingCreated', 'InvalidStatus.EniOrInstanceIsBeingCreated'];
  const says = (severity: Finding['severity'], because: Reason): Finding => ({ rule: 'V6', severity, codes, evidence: 'documented', because });

  it('passes both states', () => {
    expect(['Running', 'Stopped'].flatMap((status) => found('V6', instance({ status })))).toEqual([]);
  });

  it.each(['Pending', 'Starting', 'Stopping'])('blocks %s, which passes by itself', (state) => {
    expect(found('V6', instance({ status: state }))).toEqual([says('block', { reason: 'instanceState', state, passing: true })]);
  });

  it('warns of a state that no document names', () => {
    expect(found('V6', instance({ status: 'Hibernating' }))).toEqual([says('warn', { reason: 'instanceState', state: 'Hibernating', passing: false })]);
  });

  it('warns where the state is not told', () => {
    expect(found('V6', without(instance(), 'status'))).toEqual([says('warn', { reason: 'missingFact', fact: 'status' })]);
  });

  it('says nothing of an interface', () => {
    expect(found('V6', networkInterface({ status: 'Pending' }))).toEqual([]);
  });
});

describe('V7, the interface is Available or InUse', () => {
  const codes = ['InvalidOperation.InvalidEniState', 'InvalidStatus.EniOrInstanceIsBeingCreated'];
  const warns = (because: Reason): Finding => ({ rule: 'V7', severity: 'warn', codes, evidence: 'inferred', because });

  it('passes both states', () => {
    expect(['Available', 'InUse'].flatMap((status) => found('V7', networkInterface({ status })))).toEqual([]);
  });

  it.each(['Attaching', 'Detaching', 'Deleting', 'Creating', 'Linked'])('warns of %s, since the rule is only concluded', (state) => {
    expect(found('V7', networkInterface({ status: state }))).toEqual([warns({ reason: 'interfaceState', state })]);
  });

  it('warns where the state is not told', () => {
    expect(found('V7', without(networkInterface(), 'status'))).toEqual([warns({ reason: 'missingFact', fact: 'interfaceStatus' })]);
  });

  it('says nothing of an instance', () => {
    expect(found('V7', instance({ status: 'Attaching' }))).toEqual([]);
  });
});

describe('V8, the type of the interface', () => {
  const warns = (because: Reason): Finding => ({ rule: 'V8', severity: 'warn', codes: ['InvalidOperation.InvalidEniType'], evidence: 'inferred', because });

  it('passes a secondary one', () => {
    expect(found('V8', networkInterface({ type: 'Secondary' }))).toEqual([]);
  });

  it('warns of a primary one and leads to its instance', () => {
    expect(found('V8', networkInterface({ type: 'Primary', instanceId: 'i-1' }))).toEqual([warns({ reason: 'primaryInterface', instanceId: 'i-1' })]);
    expect(found('V8', without(networkInterface({ type: 'Primary' }), 'instanceId'))).toEqual([warns({ reason: 'primaryInterface', instanceId: undefined })]);
  });

  it.each(['Trunk', 'Member', 'Newer'])('warns of %s, of which no page says anything', (type) => {
    expect(found('V8', networkInterface({ type }))).toEqual([warns({ reason: 'interfaceType', type })]);
  });

  it('warns where the type is not told', () => {
    expect(found('V8', without(networkInterface(), 'type'))).toEqual([warns({ reason: 'missingFact', fact: 'interfaceType' })]);
  });
});

describe('V9, the interface is not managed by a cloud product', () => {
  const says = (severity: Finding['severity'], because: Reason): Finding => ({ rule: 'V9', severity, codes: ['InvalidOperation.EniServiceManaged'], evidence: 'documented', because });

  it('passes one that is not', () => {
    expect(found('V9', networkInterface({ serviceManaged: false }))).toEqual([]);
  });

  it('blocks one that is', () => {
    expect(found('V9', networkInterface({ serviceManaged: true }))).toEqual([says('block', { reason: 'managedInterface' })]);
  });

  it('warns where that is not told', () => {
    expect(found('V9', without(networkInterface(), 'serviceManaged'))).toEqual([says('warn', { reason: 'missingFact', fact: 'managedInterface' })]);
  });
});

describe('V11, no security lock', () => {
  it('passes an instance without locks', () => {
    expect(found('V11', instance({ locks: [] }))).toEqual([]);
  });

  it('blocks a security lock in any spelling', () => {
    const blocked = { rule: 'V11', severity: 'block', codes: ['InstanceLockedForSecurity'], evidence: 'documented', because: { reason: 'securityLock' } };
    expect([found('V11', instance({ locks: [{ reason: 'security' }] })), found('V11', instance({ locks: [{ reason: 'Security' }] }))]).toEqual([[blocked], [blocked]]);
  });

  it('warns of every other lock, and shows all of them', () => {
    expect(found('V11', instance({ locks: [{ reason: 'financial' }, { reason: 'recycling', message: 'spot' }, { reason: 'security' }] }))).toEqual([
      { rule: 'V11', severity: 'warn', codes: ['InstanceLockedForSecurity'], evidence: 'inferred', because: { reason: 'otherLock', lock: 'financial' } },
      { rule: 'V11', severity: 'warn', codes: ['InstanceLockedForSecurity'], evidence: 'inferred', because: { reason: 'otherLock', lock: 'recycling' } },
      { rule: 'V11', severity: 'block', codes: ['InstanceLockedForSecurity'], evidence: 'documented', because: { reason: 'securityLock' } },
    ]);
  });
});
