import { describe, expect, it } from 'vitest';
import type { ChangeEffects } from '../../../src/domain/exposure/changeEffects.js';
import { differenceOf } from '../../../src/domain/exposure/difference.js';
import type { EvaluatedGroup } from '../../../src/domain/exposure/effectiveRule.js';
import type { SecurityGroupRule } from '../../../src/domain/resources.js';
import type { Language } from '../../../src/domain/text.js';
import { confirmation } from '../../../src/present/confirmationText.js';
import { effectLines, loudLines } from '../../../src/present/effectText.js';
import type { PlanView, StepView } from '../../../src/present/planText.js';
import { rule } from '../support/builders.js';
import { findingOf, REASONS } from '../support/reasons.js';

const WORLD = { peer: '0.0.0.0/0' } as const;
const names = new Map([['sg-1', 'ssh'], ['sg-db', 'db']]);

const basic = (id: string, ...rules: readonly SecurityGroupRule[]): EvaluatedGroup => ({ id, type: 'normal', rules: { rules, innerAccessPolicy: 'Drop' } });

function effectOf(before: readonly EvaluatedGroup[], after: readonly EvaluatedGroup[], ...targets: readonly string[]): ChangeEffects['differences'][number] {
  return { difference: differenceOf({ groups: before }, { groups: after }), targets };
}

const joining = (...rules: readonly SecurityGroupRule[]) => effectOf([basic('a')], [basic('a'), basic('sg-1', ...rules)], 'i-1');
const lines = (language: Language, ...differences: ChangeEffects['differences']) => [...loudLines({ effects: { differences }, language }), ...effectLines({ effects: { differences }, names, language })];

describe('what a change opens and closes in a few lines', () => {
  it('begins with the sensitive ports that the whole internet gains, and does not tell these twice', () => {
    const gain = joining(rule(WORLD), rule({ peer: '::/0' }), rule({ ...WORLD, portRange: '3389/3389' }), rule({ ...WORLD, portRange: '443/443' }), rule({ peer: 'sg-db', peerKind: 'group', portRange: '5432/5432' }));
    expect([lines('en', gain), lines('zh', gain)]).toEqual([
      ['⚠ The whole internet gains access to: 22 (SSH), 3389 (RDP, IPv4)', 'ℹ Opens: TCP 443 (HTTPS) from anywhere (0.0.0.0/0); TCP 5432 (PostgreSQL) from members of db (sg-db).', 'ℹ Rules of all its groups: 0 → 5 of 1,000.'],
      ['⚠ 整个互联网将可以访问：22 (SSH)、3389 (RDP，IPv4)'.replaceAll(' (', '（').replaceAll(')', '）'), 'ℹ 将开放：来自任意地址（0.0.0.0/0）的 TCP 443（HTTPS）；来自安全组 db (sg-db) 的成员的 TCP 5432（PostgreSQL）。', 'ℹ 其所有安全组合计的规则数：0 → 5（上限 1,000 条）。'],
    ]);
  });

  it('tells as everything what members of one group let each other, whatever of it was open to more than them already', () => {
    const open = basic('a', rule({ ...WORLD, portRange: '443/443' }), rule({ peer: '::/0', portRange: '443/443' }));
    const members = effectOf([open], [open, { id: 'sg-1', type: 'normal', rules: { rules: [], innerAccessPolicy: 'Accept' } }], 'i-1');
    expect(members.difference.opens.length).toBeGreaterThan(1);
    expect([lines('en', members), lines('zh', members)]).toEqual([['ℹ Opens: everything from members of ssh (sg-1).'], ['ℹ 将开放：来自安全组 ssh (sg-1) 的成员的所有流量。']]);
  });

  it('tells what closes, exceptions, and that connections may live on', () => {
    const closing = effectOf([basic('a', rule(WORLD), rule())], [basic('a', rule())], 'i-1');
    const dropping = effectOf([basic('a', rule(WORLD))], [basic('a', rule(WORLD)), basic('sg-1', rule({ policy: 'Drop', direction: 'egress', protocol: 'ALL', portRange: '-1/-1' }))], 'i-1');
    expect([lines('en', closing), lines('zh', dropping)]).toEqual([
      ['ℹ No longer accepts: TCP 22 (SSH) from anywhere (0.0.0.0/0), except 10.0.0.0/8. Connections that are open already may live on for up to 910 seconds.', 'ℹ Rules of all its groups: 2 → 1 of 1,000.'],
      ['ℹ 不再允许：发往 10.0.0.0/8 的所有流量。已建立的连接最长可能继续保持 910 秒。', 'ℹ 其所有安全组合计的规则数：1 → 2（上限 1,000 条）。'],
    ]);
  });

  it('tells the widest first, three of them, and counts the others', () => {
    const many = joining(...['11.0.0.1', '10.0.0.0/16', '192.168.0.0/24', '2001:db8::/32', '172.16.0.0/12'].map((peer, at) => rule({ peer, portRange: `${80 + at}/${80 + at}` })));
    expect([lines('en', many)[0], lines('zh', many)[0]]).toEqual([
      'ℹ Opens: TCP 83 from 2001:db8::/32; TCP 84 from 172.16.0.0/12; TCP 81 from 10.0.0.0/16; and 2 more.',
      'ℹ 将开放：来自 2001:db8::/32 的 TCP 83；来自 172.16.0.0/12 的 TCP 84；来自 10.0.0.0/16 的 TCP 81；等 5 项。',
    ]);
  });

  it('tells together what one may send, and to whom the same is open', () => {
    const open = basic('a', rule({ ...WORLD, portRange: '443/443' }));
    const ranges = effectOf([open], [open, basic('sg-1', rule({ peer: '10.0.0.0/8', portRange: '400/500' }), rule({ peer: '10.0.0.0/8', protocol: 'UDP', portRange: '53/53' }), rule({ peer: '172.16.0.0/12', portRange: '80/80' }), rule({ peer: '192.168.0.0/16', portRange: '80/80' }))], 'i-1');
    expect(lines('en', ranges)[0]).toBe('ℹ Opens: TCP 400–442, TCP 444–500, UDP 53 (DNS) from 10.0.0.0/8; TCP 80 (HTTP) from 172.16.0.0/12, 192.168.0.0/16.');
  });

  it('says so where nothing changes, as when another group drops what this one accepts', () => {
    const drop = basic('a', rule({ ...WORLD, policy: 'Drop' }));
    expect([lines('en', effectOf([drop], [drop, basic('sg-1', rule(WORLD))], 'i-1')), lines('zh', effectOf([drop], [drop, basic('sg-1')], 'i-1'))]).toEqual([
      ['ℹ Opens nothing and closes nothing.', 'ℹ Rules of all its groups: 1 → 2 of 1,000.'],
      ['ℹ 不会开放新的访问，也不会拒绝现有的访问。'],
    ]);
  });

  it('says what could not be read', () => {
    const odd = basic('a', rule({ protocol: 'sctp' }), rule({ portRange: '' }), rule({ peer: 'pl-1', peerKind: 'prefixList' }));
    const groups: readonly EvaluatedGroup[] = [odd, { id: 'sg-1', type: 'normal' }, { id: 'sg-2', rules: { rules: [] } }, { id: 'sg-3', type: 'normal', rules: { rules: [] } }];
    const unknown = effectOf(groups, groups, 'i-1');
    expect([lines('en', unknown), lines('zh', unknown)]).toEqual([
      ['ℹ What this opens or closes could not be read completely. Not known: the rules of ssh (sg-1), the type of sg-2, whether members of sg-3 reach each other, the addresses of prefix list pl-1 and 1 more.'],
      ['ℹ 无法完整读取此操作会开放或拒绝哪些访问，未知：ssh (sg-1) 的规则、sg-2 的类型、sg-3 的成员能否互访、前缀列表 pl-1 的地址 等 5 项。'],
    ]);
  });

  it('of several targets says for how many it is loud, and the total that comes nearest to the limit', () => {
    const drop = basic('b', rule({ ...WORLD, policy: 'Drop' }));
    const several = [joining(rule(WORLD)), effectOf([drop], [drop, basic('sg-1', rule(WORLD))], 'i-2', 'i-3')];
    expect([lines('en', ...several), lines('zh', ...several)]).toEqual([
      ['⚠ The whole internet gains access to: 22 (SSH, IPv4) (1 of 3 targets)', 'ℹ Rules of all its groups: up to 2 of 1,000.'],
      ['⚠ 整个互联网将可以访问：22（SSH，IPv4）（3 个目标中的 1 个）', 'ℹ 其所有安全组合计最多 2 条规则（上限 1,000 条）。'],
    ]);
  });
});

describe('the confirmation of a change whose effect was worked out', () => {
  const word = findingOf(REASONS.opensToWorld, { rule: 'V21', severity: 'inform' });
  const step = (id: string): StepView => ({ ref: { kind: 'instance', id }, change: { kind: 'join', securityGroupId: 'sg-1' }, verdict: 'ready', findings: [word] });
  const plan = (steps: readonly StepView[], ...differences: ChangeEffects['differences']): PlanView => ({ kind: 'join', account: 'a', regionId: 'r', groupNames: names, steps, effects: { differences } });

  it('has the loud line first, and leaves out what was only judged by the words of rules', () => {
    expect(confirmation(plan([step('i-1')], joining(rule(WORLD))), 'en').detail.split('\n')).toEqual(['⚠ The whole internet gains access to: 22 (SSH, IPv4)', 'Account: a', 'Region: r', 'ℹ Rules of all its groups: 0 → 1 of 1,000.']);
  });

  it('tells the words of rules for targets that it was not worked out for', () => {
    const drop = basic('b', rule({ ...WORLD, policy: 'Drop' }));
    const overridden = effectOf([drop], [drop, basic('sg-1', rule(WORLD))], 'i-1');
    expect([confirmation(plan([step('i-1'), step('i-2')], overridden), 'en').detail.split('\n').slice(4), confirmation(plan([step('i-1')], overridden), 'en').detail]).toEqual([
      ['ℹ Opens nothing and closes nothing.', 'ℹ Rules of all its groups: 1 → 2 of 1,000.', 'ℹ For 1 more target this was not worked out.', 'ℹ Opens to everyone: TCP 22/22 ← 0.0.0.0/0.'],
      'Account: a\nRegion: r\nℹ Opens nothing and closes nothing.\nℹ Rules of all its groups: 1 → 2 of 1,000.',
    ]);
  });
});
