import { describe, expect, it } from 'vitest';
import { exposureOf, ruleSign, worldOpenings, type Exposure } from '../../../src/domain/exposure.js';
import type { GroupRules, SecurityGroupRule } from '../../../src/domain/resources.js';
import { groupRules, rule } from '../support/builders.js';

const closed: GroupRules = { rules: [], innerAccessPolicy: 'Drop' };
const NOTHING: Exposure = { opens: [], closes: [], loses: [], releases: [], membersReachEachOther: false, membersApart: false, unknown: false };
/** One group comes in to those that the target is in; undefined: rules that could not be read. */
const joining = (added: GroupRules | undefined, kept: readonly (GroupRules | undefined)[]) => exposureOf({ added: [added], removed: [], kept });
const leaving = (removed: GroupRules | undefined, kept: readonly (GroupRules | undefined)[]) => exposureOf({ added: [], removed: [removed], kept });
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
    expect([joining(undefined, []), joining(undefined, [undefined])]).toEqual([{ ...NOTHING, unknown: true }, { ...NOTHING, unknown: true }]);
  });

  it('is nothing for a group without rules', () => {
    expect(joining(closed, [])).toEqual(NOTHING);
  });

  it('opens only what no current group opens word for word, priority and name aside', () => {
    const joined: GroupRules = { rules: [world, rule({ peer: '0.0.0.0/0', portRange: '443/443' }), rule({ peer: '::/0' })], innerAccessPolicy: 'Drop' };
    const current = groupRules(rule({ peer: '0.0.0.0/0', protocol: 'tcp', priority: 100, description: 'same' }), rule({ peer: '0.0.0.0/0', portRange: '1/65535' }));
    expect(joining(joined, [closed, current])).toEqual({ ...NOTHING, opens: [rule({ peer: '0.0.0.0/0', portRange: '443/443' }), rule({ peer: '::/0' })] });
  });

  it('opens what a current group only drops or lets out', () => {
    const current = groupRules(rule({ peer: '0.0.0.0/0', policy: 'Drop' }), rule({ peer: '0.0.0.0/0', direction: 'egress' }));
    expect(joining({ ...closed, rules: [world] }, [current]).opens).toEqual([world]);
  });

  it('opens everything that it might where the current groups could not be read, and says so', () => {
    expect(joining({ ...closed, rules: [world] }, [undefined])).toEqual({ ...NOTHING, opens: [world], unknown: true });
  });

  it('closes what its drops name, in both directions', () => {
    const drops = [rule({ policy: 'Drop' }), rule({ policy: 'drop', direction: 'egress', peer: '0.0.0.0/0' })];
    expect(joining({ ...closed, rules: [rule(), ...drops] }, [])).toEqual({ ...NOTHING, closes: drops });
  });

  it.each<[string, Partial<SecurityGroupRule>, boolean]>([
    ['a policy that is missing', { policy: '' }, true],
    ['a policy that is new', { policy: 'Reject' }, true],
    ['an accept of nobody knows whom', { peer: '', peerKind: 'unknown' }, true],
    ['a drop of nobody knows whom, which is told as it is', { policy: 'Drop', peer: '', peerKind: 'unknown' }, false],
    ['an accept of a group', { peer: 'sg-1', peerKind: 'group' }, false],
  ])('is not known completely where a rule has %s', (_what, overrides, unknown) => {
    expect(joining(groupRules(rule(), rule(overrides)), []).unknown).toBe(unknown);
  });

  it('lets members reach each other where the group says so, in any spelling', () => {
    expect(['Accept', 'accept', 'Drop', undefined].map((innerAccessPolicy) => joining({ rules: [], ...(innerAccessPolicy !== undefined && { innerAccessPolicy }) }, []).membersReachEachOther)).toEqual([true, true, false, false]);
  });
});

describe('what leaving a group changes', () => {
  it('is unknown where its rules, or those of a group that stays, could not be read', () => {
    expect([leaving(undefined, []), leaving(closed, [undefined])]).toEqual([{ ...NOTHING, unknown: true }, { ...NOTHING, unknown: true }]);
  });

  it('takes away the accepts that no remaining group has word for word, inbound and outbound', () => {
    const out = rule({ direction: 'egress', peer: '0.0.0.0/0' });
    const left: GroupRules = { rules: [world, rule(), out], innerAccessPolicy: 'Drop' };
    expect(leaving(left, [groupRules(rule({ priority: 100, policy: 'accept' }), rule({ peer: '0.0.0.0/0', policy: 'Drop' }))])).toEqual({ ...NOTHING, loses: [world, out] });
  });

  it('lets through what only its drops held back', () => {
    const [drop, other] = [rule({ policy: 'Drop' }), rule({ policy: 'drop', portRange: '80/80' })];
    expect(leaving({ ...closed, rules: [drop, other] }, [groupRules(drop)])).toEqual({ ...NOTHING, releases: [other] });
  });

  it('parts its members where they reached each other', () => {
    expect([leaving(groupRules(), []), leaving(closed, [])]).toEqual([{ ...NOTHING, membersApart: true }, NOTHING]);
  });
});

describe('what replacing the groups changes', () => {
  it('is nothing where the new groups say word for word what the old ones said', () => {
    const same: GroupRules = { rules: [world, rule({ direction: 'egress' })], innerAccessPolicy: 'Drop' };
    expect(exposureOf({ added: [same], removed: [same], kept: [] })).toEqual(NOTHING);
  });

  it('is what comes and what goes together', () => {
    const drop = rule({ policy: 'Drop' });
    const added: GroupRules = { rules: [world, drop], innerAccessPolicy: 'Accept' };
    const removed: GroupRules = { rules: [rule({ portRange: '80/80' }), rule({ policy: 'Drop', portRange: '80/80' })], innerAccessPolicy: 'Accept' };
    expect(exposureOf({ added: [added], removed: [removed], kept: [closed] })).toEqual({
      opens: [world],
      closes: [drop],
      loses: [rule({ portRange: '80/80' })],
      releases: [rule({ policy: 'Drop', portRange: '80/80' })],
      membersReachEachOther: true,
      membersApart: true,
      unknown: false,
    });
  });
});

describe('the sign of a rule', () => {
  it('reads the same in every language', () => {
    expect([ruleSign(rule({ protocol: 'tcp', portRange: '443/443', peer: '0.0.0.0/0' })), ruleSign(rule({ direction: 'egress', protocol: 'ALL', portRange: '-1/-1', peer: 'sg-1' }))]).toEqual(['TCP 443/443 ← 0.0.0.0/0', 'ALL -1/-1 → sg-1']);
  });
});
