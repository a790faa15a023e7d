import { describe, expect, it } from 'vitest';
import { decisive, verdictOf, type Finding, type Severity } from '../../../src/domain/finding.js';

const of = (severity: Severity): Finding => ({ rule: 'V6', severity, codes: [], evidence: 'documented', because: { reason: 'alreadyMember' } });
const all = (...severities: readonly Severity[]) => severities.map(of);

describe('the verdict', () => {
  it('is that of the gravest finding, in any order', () => {
    expect([[], ['inform'], ['inform', 'warn'], ['warn', 'inform'], ['inform', 'block', 'warn'], ['warn', 'block']].map((found) => verdictOf(all(...(found as readonly Severity[]))))).toEqual([
      'ready',
      'ready',
      'warn',
      'warn',
      'blocked',
      'blocked',
    ]);
  });

  it('is that there is nothing to do for a member, whatever stands in the way of becoming one', () => {
    expect([verdictOf(all('block', 'nothingToDo', 'warn')), verdictOf(all('nothingToDo')), verdictOf(all('warn', 'nothingToDo'))]).toEqual(['nothingToDo', 'nothingToDo', 'nothingToDo']);
  });
});

describe('what decided it', () => {
  it('is every finding of that severity, in its order', () => {
    const [first, second] = [of('block'), { ...of('block'), rule: 'V9' } as const];
    expect([
      decisive([of('warn'), first, of('inform'), second]),
      decisive(all('inform', 'warn', 'warn')),
      decisive(all('block', 'nothingToDo')),
      decisive(all('inform')),
      decisive([]),
    ]).toEqual([[first, second], all('warn', 'warn'), all('nothingToDo'), all('inform'), []]);
  });
});
