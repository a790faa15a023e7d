import { describe, expect, it } from 'vitest';
import { exposureOf, ruleSign, worldOpenings } from '../../../src/domain/exposure.js';
import type { GroupRules, SecurityGroupRule } from '../../../src/domain/resources.js';
import { groupRules, rule } from '../support/builders.js';

const closed: GroupRules = { rules: [], innerAccessPolicy: 'Drop' };
const world = rule({ peer: '0.0.0.0/0' });

describe('openings to the world', () => {
  it('are inbound accepts from everywhere, in both families of addresses', () => {
    const open = [world, rule({ peer: '::/0', policy: 'accept' })];
    const other = [rule({ peer: '10.0.0.0/8' }), rule({ peer: '0.0.0.0/0', policy: 'Drop' }), rule({ peer: '0.0.0.0/0', direction: 'egress' }), rule({ peer: 'sg-1', peerKind: 'group' }), rule({ peer: '0.0.0.0/1' })];
    expect(worldOpenings(groupRules(...other, ...open))).toEqual(open);
  });
});

describe('what joining a group changes', () => {
  it('is unknown where its rules could not be read', () => {
    expect([exposureOf(undefined, []), exposureOf(undefined, undefined)]).toEqual(Array.from({ length: 2 }, () => ({ opens: [], closes: [], membersReachEachOther: false, unknown: true })));
  });

  it('is nothing for a group without rules', () => {
    expect(exposureOf(closed, [])).toEqual({ opens: [], closes: [], membersReachEachOther: false, unknown: false });
  });

  it('opens only what no current group opens word for word, priority and name aside', () => {
    const joined: GroupRules = { rules: [world, rule({ peer: '0.0.0.0/0', portRange: '443/443' }), rule({ peer: '::/0' })], innerAccessPolicy: 'Drop' };
    const current = groupRules(rule({ peer: '0.0.0.0/0', protocol: 'tcp', priority: 100, description: 'same' }), rule({ peer: '0.0.0.0/0', portRange: '1/65535' }));
    expect(exposureOf(joined, [closed, current])).toEqual({
      opens: [rule({ peer: '0.0.0.0/0', portRange: '443/443' }), rule({ peer: '::/0' })],
      closes: [],
      membersReachEachOther: false,
      unknown: false,
    });
  });

  it('opens what a current group only drops or lets out', () => {
    const current = groupRules(rule({ peer: '0.0.0.0/0', policy: 'Drop' }), rule({ peer: '0.0.0.0/0', direction: 'egress' }));
    expect(exposureOf({ ...closed, rules: [world] }, [current]).opens).toEqual([world]);
  });

  it('opens everything that it might where the current groups could not be read, and says so', () => {
    expect(exposureOf({ ...closed, rules: [world] }, undefined)).toEqual({ opens: [world], closes: [], membersReachEachOther: false, unknown: true });
  });

  it('closes what its drops name, in both directions', () => {
    const drops = [rule({ policy: 'Drop' }), rule({ policy: 'drop', direction: 'egress', peer: '0.0.0.0/0' })];
    expect(exposureOf({ ...closed, rules: [rule(), ...drops] }, [])).toEqual({ opens: [], closes: drops, membersReachEachOther: false, unknown: false });
  });

  it.each<[string, Partial<SecurityGroupRule>, boolean]>([
    ['a policy that is missing', { policy: '' }, true],
    ['a policy that is new', { policy: 'Reject' }, true],
    ['an accept of nobody knows whom', { peer: '', peerKind: 'unknown' }, true],
    ['a drop of nobody knows whom, which is told as it is', { policy: 'Drop', peer: '', peerKind: 'unknown' }, false],
    ['an accept of a group', { peer: 'sg-1', peerKind: 'group' }, false],
  ])('is not known completely where a rule has %s', (_what, overrides, unknown) => {
    expect(exposureOf(groupRules(rule(), rule(overrides)), []).unknown).toBe(unknown);
  });

  it('lets members reach each other where the group says so, in any spelling', () => {
    expect(['Accept', 'accept', 'Drop', undefined].map((innerAccessPolicy) => exposureOf({ rules: [], ...(innerAccessPolicy !== undefined && { innerAccessPolicy }) }, []).membersReachEachOther)).toEqual([true, true, false, false]);
  });
});

describe('the sign of a rule', () => {
  it('reads the same in every language', () => {
    expect([ruleSign(rule({ protocol: 'tcp', portRange: '443/443', peer: '0.0.0.0/0' })), ruleSign(rule({ direction: 'egress', protocol: 'ALL', portRange: '-1/-1', peer: 'sg-1' }))]).toEqual(['TCP 443/443 ← 0.0.0.0/0', 'ALL -1/-1 → sg-1']);
  });
});
