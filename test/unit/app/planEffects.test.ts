import { describe, expect, it } from 'vitest';
import type { Plan, PlannedStep } from '../../../src/app/plan.js';
import { planEffects } from '../../../src/app/planEffects.js';
import type { Change } from '../../../src/domain/change.js';
import type { PrefixLists } from '../../../src/domain/details.js';
import type { ChangeEffects } from '../../../src/domain/exposure/changeEffects.js';
import { clientFailure, failed, success } from '../../../src/domain/failure.js';
import type { GroupRules } from '../../../src/domain/resources.js';
import { groupRules, instance, rule, securityGroup, without } from '../support/builders.js';

const WORLD = rule({ peer: '0.0.0.0/0' });
const DROP = rule({ peer: '0.0.0.0/0', policy: 'Drop', protocol: 'ALL', portRange: '-1/-1' });
const NO_EFFECT = { opens: [], closes: [], loses: [], releases: [], membersReachEachOther: false, membersApart: false, unknown: false };
const RULES: Readonly<Record<string, GroupRules>> = { 'sg-a': groupRules(), 'sg-drop': groupRules(DROP), 'sg-world': groupRules(WORLD), 'sg-web': groupRules(rule({ peer: '0.0.0.0/0', portRange: '443/443' })) };

function step(id: string, groups: readonly string[] | undefined, change: Change, verdict: PlannedStep['verdict'] = 'ready'): PlannedStep {
  const rest = without(instance({ id }), 'securityGroupIds');
  return { ref: { kind: 'instance', id }, change, target: groups === undefined ? rest : { ...rest, securityGroupIds: groups }, verdict, findings: [], exposure: NO_EFFECT };
}

const join = (securityGroupId: string): Change => ({ kind: 'join', securityGroupId });

function effects(planned: readonly PlannedStep[], rules: Readonly<Record<string, GroupRules>> = RULES, lists: PrefixLists = new Map()): ChangeEffects {
  const plan: Pick<Plan, 'planned' | 'groups' | 'rules'> = { planned, groups: new Map(Object.keys(RULES).map((id) => [id, securityGroup({ id })])), rules: new Map(Object.entries(rules)) };
  return planEffects(plan, lists);
}

const short = ({ differences }: ChangeEffects) => differences.map(({ targets, difference }) => [targets, difference.sensitive.map(({ port }) => port), difference.opens.length > 0, difference.closes.length > 0, difference.unknown.length]);

describe('what the steps of a plan open and close', () => {
  it('is worked out once for targets in the same groups', () => {
    expect(short(effects([step('i-1', ['sg-a'], join('sg-world')), step('i-2', ['sg-drop'], join('sg-world')), step('i-3', ['sg-a'], join('sg-world'))]))).toEqual([
      [['i-1', 'i-3'], [22], true, false, 0],
      // Members of the group reach each other; the world is held back by the drop.
      [['i-2'], [], true, false, 0],
    ]);
  });

  it('counts the steps of one target together', () => {
    const [{ difference } = { difference: undefined }] = effects([step('i-1', ['sg-a'], join('sg-world')), step('i-1', ['sg-a', 'sg-world'], join('sg-web')), step('i-1', ['sg-a', 'sg-world', 'sg-web'], { kind: 'leave', securityGroupId: 'sg-a' })]).differences;
    expect([difference?.opens.filter(({ peer }) => peer.peer === 'cidr').map(({ ports }) => ports?.from), difference?.closes.map(({ peer }) => peer), difference?.total]).toEqual([[22, 443], [{ peer: 'group', groupId: 'sg-a' }], { before: 0, after: 2, limit: 1000, atLeast: false }]);
  });

  it('is that of the list of a replacement', () => {
    expect(short(effects([step('i-1', ['sg-world'], { kind: 'replace', before: ['sg-world'], after: ['sg-web'] })]))).toEqual([[['i-1'], [], true, true, 0]]);
  });

  it('leaves out what is not sent, and targets whose groups are not known', () => {
    expect(effects([step('i-1', ['sg-a'], join('sg-world'), 'blocked'), step('i-2', ['sg-world'], join('sg-world'), 'nothingToDo'), step('i-3', undefined, join('sg-world'))])).toEqual({ differences: [] });
  });

  it('says what could not be read', () => {
    expect(effects([step('i-1', ['sg-a', 'sg-foreign'], join('sg-web'))], { 'sg-a': groupRules() }).differences[0]?.difference.unknown).toEqual([
      { unknown: 'groupRules', groupId: 'sg-foreign' },
      { unknown: 'groupType', groupId: 'sg-foreign' },
      { unknown: 'groupRules', groupId: 'sg-web' },
    ]);
  });

  it('goes by what could be read of the prefix lists that rules name', () => {
    const rules = { 'sg-a': groupRules(), 'sg-web': groupRules(rule({ peer: 'pl-read', peerKind: 'prefixList' }), rule({ peer: 'pl-refused', peerKind: 'prefixList' })) };
    const [{ difference } = { difference: undefined }] = effects([step('i-1', ['sg-a'], join('sg-web'))], rules, new Map([['pl-read', success(['0.0.0.0/0'])], ['pl-refused', failed(clientFailure('Client.Offline'))]])).differences;
    expect([difference?.sensitive.map(({ port }) => port), difference?.unknown]).toEqual([[22], [{ unknown: 'prefixList', prefixListId: 'pl-refused' }]]);
  });

  it('ends after twenty combinations of groups', () => {
    const many = Array.from({ length: 30 }, (_unused, at) => step(`i-${at}`, ['sg-a', `sg-${at}`], join('sg-world')));
    expect(effects(many).differences.map(({ targets }) => targets)).toEqual(many.slice(0, 20).map(({ ref }) => [ref.id]));
  });
});
