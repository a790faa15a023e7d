import { describe, expect, it } from 'vitest';
import { changedGroups, groupsAfter, inverseOf, lookOf, sameGroups, type Change } from '../../../src/domain/change.js';

const JOIN: Change = { kind: 'join', securityGroupId: 'sg-b' };
const LEAVE: Change = { kind: 'leave', securityGroupId: 'sg-b' };
const REPLACE: Change = { kind: 'replace', before: ['sg-a', 'sg-b'], after: ['sg-b', 'sg-c'] };

describe('two lists of groups', () => {
  it.each([
    [['sg-a', 'sg-b'], ['sg-b', 'sg-a'], true],
    [['sg-a'], ['sg-a', 'sg-a'], true],
    [[], [], true],
    [['sg-a'], ['sg-b'], false],
    [['sg-a'], ['sg-a', 'sg-b'], false],
    [['sg-a', 'sg-b'], ['sg-a'], false],
  ])('%j and %j are the same: %j', (a, b, same) => {
    expect(sameGroups(a, b)).toBe(same);
  });
});

describe('the groups after a change', () => {
  it('are one more, one less, or the new list', () => {
    expect([JOIN, LEAVE, REPLACE].map((change) => groupsAfter(change, ['sg-a']))).toEqual([['sg-a', 'sg-b'], ['sg-a'], ['sg-b', 'sg-c']]);
  });

  it('are the same where it is made already', () => {
    expect([groupsAfter(JOIN, ['sg-b', 'sg-a']), groupsAfter(LEAVE, ['sg-b', 'sg-a'])]).toEqual([['sg-b', 'sg-a'], ['sg-a']]);
  });
});

describe('what groups tell of a change', () => {
  it.each<[Change, readonly string[], string]>([
    [JOIN, ['sg-a', 'sg-b'], 'present'],
    [JOIN, ['sg-a'], 'absent'],
    [LEAVE, ['sg-a'], 'present'],
    [LEAVE, ['sg-b'], 'absent'],
    [REPLACE, ['sg-c', 'sg-b'], 'present'],
    [REPLACE, ['sg-b', 'sg-a'], 'absent'],
    [REPLACE, ['sg-a', 'sg-b', 'sg-c'], 'other'],
    [REPLACE, ['sg-b'], 'other'],
    [{ kind: 'replace', before: ['sg-a'], after: ['sg-a'] }, ['sg-a'], 'present'],
  ])('%j of %j is %s', (change, groups, look) => {
    expect(lookOf(change, groups)).toBe(look);
  });
});

describe('the way back', () => {
  it('is the other way round, and back again the change itself', () => {
    expect([JOIN, LEAVE, REPLACE].map(inverseOf)).toEqual([LEAVE, JOIN, { kind: 'replace', before: ['sg-b', 'sg-c'], after: ['sg-a', 'sg-b'] }]);
    expect([JOIN, LEAVE, REPLACE].map(inverseOf).map(inverseOf)).toEqual([JOIN, LEAVE, REPLACE]);
  });
});

describe('the groups that a change is about', () => {
  it('are its own, or those that come and then those that go', () => {
    expect([JOIN, LEAVE, REPLACE].map(changedGroups)).toEqual([['sg-b'], ['sg-b'], ['sg-c', 'sg-a']]);
  });
});
