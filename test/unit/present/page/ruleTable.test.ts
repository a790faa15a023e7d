import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../src/domain/failure.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import { securityGroup } from '../../support/builders.js';
import { refusal } from '../../support/failures.js';
import { told, toldSection } from './toldPage.js';
import { groupDetails, page, rule } from './world.js';

const odd: readonly SecurityGroupRule[] = [
  rule('0.0.0.0/0', '22/22', { id: 'sgr-1', createdAt: '2026-11-23T11:00Z', description: 'the way in' }),
  rule('::/0', '1/65535', { direction: 'egress', policy: 'Drop', priority: 100 }),
  rule('2001:db8::/32', '-1/-1', { protocol: 'ALL' }),
  rule('10.0.0.0/8', '-1/-1', { protocol: 'ICMP' }),
  rule('10.0.0.0/8', '443/80'),
  rule('10.0.0.0/8', '80,443'),
  { direction: 'ingress', policy: '', protocol: '', portRange: '', peer: '', peerKind: 'unknown' },
  { direction: 'ingress', policy: 'Forward', protocol: 'SCTP', portRange: '80/80', peer: 'somewhere', peerKind: 'unknown', priority: 0 },
  rule('sg-db', '5432/5432'),
  rule('sg-far', '80/80', { peerName: 'theirs', peerOwner: '1234' }),
  rule('sg-new', '80/80', { peerName: 'named by the rule' }),
  rule('pl-1', '80/80', { peerName: 'offices' }),
  rule('pl-2', '80/80'),
  rule('10.0.0.0/8', '80/80', { sourcePortRange: '1000/2000', ownCidr: '192.168.0.1/32', portListId: 'prl-1', portListName: 'web ports' }),
  rule('10.0.0.0/8', '80/80', { sourcePortRange: '-1/-1', ownCidr: '', portListId: 'prl-2' }),
];

const details = groupDetails({
  rules: success({ rules: odd, innerAccessPolicy: 'Drop' }),
  prefixLists: new Map([['pl-1', success(['192.0.2.0/24'])], ['pl-2', failed(refusal('Forbidden.RAM'))]]),
  related: new Map([['sg-db', securityGroup({ id: 'sg-db', name: 'db' })]]),
});

/** The cells of the rules from ports to priority. */
function middle(language: 'en' | 'zh'): readonly string[] {
  return toldSection(page(details, { language }), 'rules').slice(3, -1).map((row) => row.split(' | ').slice(1, 6).join(' | '));
}

describe('the table of a group’s rules', () => {
  it('says what each rule is, and what of it is missing or odd', () => {
    expect(middle('en')).toEqual([
      '<Accept> | TCP | `22 (SSH)` | `0.0.0.0/0` all IPv4 addresses | 1',
      '<Drop> | TCP | `1–65535` with 22 (SSH), 3389 (RDP), 3306 (MySQL) and 6 more | `::/0` all IPv6 addresses | 100',
      '<Accept> | All | All ports | `2001:db8::/32` | 1',
      '<Accept> | ICMP | – | `10.0.0.0/8` | 1',
      '<Accept> | TCP | ?`443/80` ?reversed | `10.0.0.0/8` | 1',
      '<Accept> | TCP | ?`80,443` | `10.0.0.0/8` | 1',
      '?not told | ?not told | ?not told | ?not told | ?not told',
      '?<Forward> | ?SCTP | `80 (HTTP)` | ?`somewhere` | 0',
      '<Accept> | TCP | `5432 (PostgreSQL)` | group db[open sg-db] `sg-db` | 1',
      '<Accept> | TCP | `80 (HTTP)` | group `theirs (sg-far)` of account 1234 | 1',
      '<Accept> | TCP | `80 (HTTP)` | group named by the rule[open sg-new] `sg-new` | 1',
      '<Accept> | TCP | `80 (HTTP)` | prefix list `offices (pl-1)` 1 block | 1',
      '<Accept> | TCP | `80 (HTTP)` | prefix list `pl-2` ?could not be read | 1',
      '<Accept> | TCP | `80 (HTTP)` port list `web ports (prl-1)` only from ports `1000/2000` | `10.0.0.0/8` only for own addresses `192.168.0.1/32` | 1',
      '<Accept> | TCP | `80 (HTTP)` port list `prl-2` | `10.0.0.0/8` | 1',
    ]);
  });

  it('says the same in Chinese', () => {
    expect(middle('zh').slice(0, 9)).toEqual([
      '<允许> | TCP | `22（SSH）` | `0.0.0.0/0` 所有 IPv4 地址 | 1',
      '<拒绝> | TCP | `1–65535` 包含 22（SSH）、3389（RDP）、3306（MySQL） 等 9 项 | `::/0` 所有 IPv6 地址 | 100',
      '<允许> | 全部 | 所有端口 | `2001:db8::/32` | 1',
      '<允许> | ICMP | – | `10.0.0.0/8` | 1',
      '<允许> | TCP | ?`443/80` ?范围颠倒 | `10.0.0.0/8` | 1',
      '<允许> | TCP | ?`80,443` | `10.0.0.0/8` | 1',
      '?未返回 | ?未返回 | ?未返回 | ?未返回 | ?未返回',
      '?<Forward> | ?SCTP | `80（HTTP）` | ?`somewhere` | 0',
      '<允许> | TCP | `5432（PostgreSQL）` | 安全组 db[open sg-db] `sg-db` | 1',
    ]);
    expect(middle('zh').slice(9)).toEqual([
      '<允许> | TCP | `80（HTTP）` | 安全组 `theirs (sg-far)` 属于账号 1234 | 1',
      '<允许> | TCP | `80（HTTP）` | 安全组 named by the rule[open sg-new] `sg-new` | 1',
      '<允许> | TCP | `80（HTTP）` | 前缀列表 `offices (pl-1)` 1 个地址段 | 1',
      '<允许> | TCP | `80（HTTP）` | 前缀列表 `pl-2` ?未能读取 | 1',
      '<允许> | TCP | `80（HTTP）` 端口列表 `web ports (prl-1)` 仅当源端口为 `1000/2000` | `10.0.0.0/8` 仅限本端地址 `192.168.0.1/32` | 1',
      '<允许> | TCP | `80（HTTP）` 端口列表 `prl-2` | `10.0.0.0/8` | 1',
    ]);
  });

  it('keeps the order of the answer, marks what is open to the world, and has the rules themselves for an export', () => {
    const linked = page(details);
    const [, head, first] = toldSection(linked, 'rules').slice(1);
    expect([head, first]).toEqual([
      'Direction~▾ | Policy~▾ | Protocol~▾ | Ports# | Source or destination~ | Priority# | Description~ | Created# | Rule ID~',
      '!Inbound | <Accept> | TCP | `22 (SSH)` | `0.0.0.0/0` all IPv4 addresses | 1 | the way in | 2026-11-23 11:00 UTC · 3 d ago | `sgr-1`',
    ]);
    const table = linked.page.sections.find(({ id }) => id === 'rules')?.blocks.find((block) => block.block === 'table');
    expect([table?.rows.map(({ index }) => index), linked.records?.get('rules')]).toEqual([odd.map((_, index) => index), odd]);
  });

  it('sorts ports, priorities and times as numbers', () => {
    const table = page(details).page.sections.find(({ id }) => id === 'rules')?.blocks.find((block) => block.block === 'table');
    expect(table?.rows.slice(0, 7).map(({ cells }) => [cells[3]?.value, cells[5]?.value, cells[7]?.value])).toEqual([
      [22, 1, Date.parse('2026-11-23T11:00Z')], [1, 100, undefined], [-1, 1, undefined], [-1, 1, undefined], [443, 1, undefined], [undefined, 1, undefined], [undefined, undefined, undefined],
    ]);
  });

  it('says in words that there are no rules, and offers no export of nothing', () => {
    expect((['en', 'zh'] as const).map((language) => toldSection(page(groupDetails({ rules: success({ rules: [] }) }), { language }), 'rules'))).toEqual([
      [
        'table rules: Rules in the order of the service’s answer (search)',
        'Direction~▾ | Policy~▾ | Protocol~▾ | Ports# | Source or destination~ | Priority# | Description~ | Created# | Rule ID~',
        'No rules were made in this group. What its type does with all traffic applies.',
      ],
      [
        'table rules: 规则（按服务返回的顺序） (search)',
        '方向~▾ | 授权策略~▾ | 协议类型~▾ | 端口范围# | 授权对象~ | 优先级# | 描述~ | 创建时间# | 规则 ID~',
        '该安全组没有自定义规则，按其类型的默认设置处理所有流量。',
      ],
    ]);
  });

  it('says what is unknown of odd rules above what is open', () => {
    expect(toldSection(page(details), 'open').slice(0, 8)).toEqual([
      'By its rules alone: another group of a member may open more, and its drops may hold some of this back.',
      '? Not all of it is known, so what is told here may be short or wrong.',
      '    The addresses of a prefix list could not be read: pl-2',
      "    A rule can't be evaluated because its range of ports is reversed: TCP 443/80 ← 10.0.0.0/8, priority 1 (web (sg-web))",
      "    A rule can't be evaluated because its ports are missing or not written as a range: TCP 80,443 ← 10.0.0.0/8, priority 1 (web (sg-web))",
      "    A rule can't be evaluated because its ports are missing or not written as a range: TCP 80/80 ← 10.0.0.0/8, priority 1 (web (sg-web))",
      "    A rule can't be evaluated because its ports are missing or not written as a range: TCP 80/80 ← 10.0.0.0/8, priority 1 (web (sg-web))",
      "    A rule can't be evaluated because its policy is neither Accept nor Drop: ? ? ← ? (web (sg-web))",
    ]);
    expect(told(page(details))[2]).toBe('! Open to the whole internet: 22 (SSH, IPv4)');
  });
});
