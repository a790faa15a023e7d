import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../../src/domain/failure.js';
import type { SecurityGroupRule } from '../../../../src/domain/resources.js';
import type { Picture } from '../../../../src/present/page/page.js';
import type { LinkedPage } from '../../../../src/present/page/details.js';
import { networkInterface, securityGroup } from '../../support/builders.js';
import { timedOut } from '../../support/failures.js';
import { toldSection } from './toldPage.js';
import { groupFacts, INSTANCE, page, PRIMARY, rule, SSH, SSH_RULES, targetDetails, WEB, WEB_RULES } from './world.js';


const BOTH = ['en', 'zh'] as const;

/** An instance in these groups, each by its rules. */
function inGroups(...groups: readonly (readonly SecurityGroupRule[])[]): ReturnType<typeof targetDetails> {
  const facts = groups.map((rules, index) => groupFacts(securityGroup({ id: `sg-${index}`, name: `g${index}` }), rules));
  const securityGroupIds = facts.map(({ id }) => id);
  return targetDetails({ resource: { ...INSTANCE, securityGroupIds }, interfaces: success([{ ...PRIMARY, securityGroupIds }]) }, ...facts);
}

function pictureOf(linked: LinkedPage): Picture | undefined {
  return linked.page.sections.flatMap(({ blocks }) => blocks).find((block) => block.block === 'picture');
}

describe('the picture of who can reach it', () => {
  it('draws what comes with a change and what goes, and says it', () => {
    const details = targetDetails({}, groupFacts(WEB, WEB_RULES), groupFacts(SSH, SSH_RULES));
    expect(BOTH.map((language) => toldSection(page(details, { language, comparison: { kind: 'replace', groupIds: ['sg-ssh'] } }), 'picture'))).toEqual([
      [
        'picture picture-0: Who can reach it',
        'Outside: outside:0=!Anywhere (0.0.0.0/0)',
        'Security groups: group:0=web (Basic group · 2 rules) goes; group:1=ssh (Basic group · 1 rule) comes',
        'Network interfaces: interface:0=first (47.0.0.1)',
        'outside:0 -> group:0 TCP 443 (HTTPS) goes',
        'outside:0 -> group:1 !TCP 22 (SSH) comes',
        'group:0 -> interface:0 goes',
        'group:1 -> interface:0 comes',
        'No longer: anywhere (0.0.0.0/0) reaching TCP 443 (HTTPS) through web (sg-web).',
        'New: anywhere (0.0.0.0/0) could reach TCP 22 (SSH) through ssh (sg-ssh).',
        'Groups that first would join: ssh.',
        'Groups that first would leave: web.',
      ],
      [
        'picture picture-0: 谁可以访问',
        '外部: outside:0=!任意地址 (0.0.0.0/0)',
        '安全组: group:0=web (普通安全组 · 2 条规则) goes; group:1=ssh (普通安全组 · 1 条规则) comes',
        '弹性网卡: interface:0=first (47.0.0.1)',
        'outside:0 -> group:0 TCP 443（HTTPS） goes',
        'outside:0 -> group:1 !TCP 22（SSH） comes',
        'group:0 -> interface:0 goes',
        'group:1 -> interface:0 comes',
        '不再：任意地址（0.0.0.0/0）将无法通过 web (sg-web) 访问：TCP 443（HTTPS）。',
        '新增：任意地址（0.0.0.0/0）将可以通过 ssh (sg-ssh) 访问：TCP 22（SSH）。',
        'first 将加入的安全组：ssh。',
        'first 将移出的安全组：web。',
      ],
    ]);
  });

  it('draws other groups’ members, single addresses, exceptions, and prefix lists that could not be read', () => {
    const rules = [
      rule('sg-9', '80/80'),
      rule('10.0.0.1/32', '5432/5432'),
      rule('pl-1', '443/443'),
      rule('0.0.0.0/0', '8080/8080', { priority: 2 }),
      rule('192.0.2.0/24', '8080/8080', { policy: 'Drop' }),
    ];
    const details = { ...inGroups(rules), prefixLists: new Map([['pl-1', failed(timedOut())]]) };
    expect(BOTH.map((language) => toldSection(page(details, { language }), 'picture'))).toEqual([
      [
        'picture picture-0: Who can reach it',
        'Outside: outside:0=Anywhere (0.0.0.0/0 · except 1 block); outside:1=10.0.0.1; outside:2=?pl-1 (prefix list, not read); outside:3=sg-9 (members of the group)',
        'Security groups: group:0=g0 (Basic group · 5 rules)',
        'Network interfaces: interface:0=first (47.0.0.1)',
        'outside:0 -> group:0 TCP 8080 (HTTP)',
        'outside:1 -> group:0 TCP 5432 (PostgreSQL)',
        'outside:2 -> group:0 TCP 443 (HTTPS)',
        'outside:3 -> group:0 TCP 80 (HTTP)',
        'group:0 -> interface:0',
        'Anywhere (0.0.0.0/0) can reach TCP 8080 (HTTP) through g0 (sg-0).',
        '10.0.0.1 can reach TCP 5432 (PostgreSQL) through g0 (sg-0).',
        'Prefix list pl-1 (its addresses could not be read) can reach TCP 443 (HTTPS) through g0 (sg-0).',
        'Members of sg-9 can reach TCP 80 (HTTP) through g0 (sg-0).',
        'Groups of first: g0.',
      ],
      [
        'picture picture-0: 谁可以访问',
        '外部: outside:0=任意地址 (0.0.0.0/0 · 1 个地址段除外); outside:1=10.0.0.1; outside:2=?pl-1 (前缀列表，未能读取); outside:3=sg-9 (该安全组的成员)',
        '安全组: group:0=g0 (普通安全组 · 5 条规则)',
        '弹性网卡: interface:0=first (47.0.0.1)',
        'outside:0 -> group:0 TCP 8080（HTTP）',
        'outside:1 -> group:0 TCP 5432（PostgreSQL）',
        'outside:2 -> group:0 TCP 443（HTTPS）',
        'outside:3 -> group:0 TCP 80（HTTP）',
        'group:0 -> interface:0',
        '任意地址（0.0.0.0/0）可以通过 g0 (sg-0) 访问：TCP 8080（HTTP）。',
        '10.0.0.1 可以通过 g0 (sg-0) 访问：TCP 5432（PostgreSQL）。',
        '前缀列表 pl-1（地址未能读取）可以通过 g0 (sg-0) 访问：TCP 443（HTTPS）。',
        '安全组 sg-9 的成员可以通过 g0 (sg-0) 访问：TCP 80（HTTP）。',
        'first 所在的安全组：g0。',
      ],
    ]);
  });

  it('lets in by a group only those whom its rules name, though members that it lets in are among all addresses', () => {
    const details = targetDetails({}, groupFacts(WEB, WEB_RULES, 'Accept'), groupFacts(SSH, [rule('10.0.0.0/8', '9100/9100'), rule('sg-9', '443/443')], 'Accept'));
    const picture = pictureOf(page(details, { language: 'en', comparison: { kind: 'join', groupIds: ['sg-ssh'] } }));
    const everybody = (picture?.lines ?? []).filter(({ from }) => picture?.columns[0]?.nodes.find(({ id }) => id === from)?.label === 'Anywhere');
    expect(everybody).toEqual([expect.objectContaining({ to: 'group:0', labels: ['TCP 443 (HTTPS)'] })]);
  });

  it('says that nobody can reach it', () => {
    expect(BOTH.map((language) => toldSection(page(inGroups([rule('10.0.0.0/8', '80/80', { direction: 'egress' })]), { language }), 'picture'))).toEqual([
      [
        'picture picture-0: Who can reach it',
        'Outside: nobody=Nobody',
        'Security groups: group:0=g0 (Basic group · 1 rule)',
        'Network interfaces: interface:0=first (47.0.0.1)',
        'group:0 -> interface:0',
        'Nobody can reach it.',
        'Groups of first: g0.',
      ],
      [
        'picture picture-0: 谁可以访问',
        '外部: nobody=无人可以访问',
        '安全组: group:0=g0 (普通安全组 · 1 条规则)',
        '弹性网卡: interface:0=first (47.0.0.1)',
        'group:0 -> interface:0',
        '没有任何来源可以访问。',
        'first 所在的安全组：g0。',
      ],
    ]);
  });

  it('stays clear with five groups and forty rules: those to whom the same is open stand together', () => {
    const ports = [443, 80, 8080, 3306, 22];
    const groups = ports.map((port, group) => Array.from({ length: 8 }, (_, index) => rule(index === 7 && group === 4 ? '0.0.0.0/0' : `10.${group}.${index}.0/24`, `${port}/${port}`)));
    expect(toldSection(page(inGroups(...groups)), 'picture')).toEqual([
      'picture picture-0: Who can reach it',
      'Outside: outside:0=!Anywhere (0.0.0.0/0); outside:1=10.0.0.0/24 (and 7 more); outside:2=10.1.0.0/24 (and 7 more); outside:3=10.2.0.0/24 (and 7 more); outside:4=10.3.0.0/24 (and 7 more)',
      'Security groups: group:0=g0 (Basic group · 8 rules); group:1=g1 (Basic group · 8 rules); group:2=g2 (Basic group · 8 rules); group:3=g3 (Basic group · 8 rules); group:4=g4 (Basic group · 8 rules)',
      'Network interfaces: interface:0=first (47.0.0.1)',
      'outside:0 -> group:4 !TCP 22 (SSH)',
      'outside:1 -> group:0 TCP 443 (HTTPS)',
      'outside:2 -> group:1 TCP 80 (HTTP)',
      'outside:3 -> group:2 TCP 8080 (HTTP)',
      'outside:4 -> group:3 TCP 3306 (MySQL)',
      'group:0 -> interface:0',
      'group:1 -> interface:0',
      'group:2 -> interface:0',
      'group:3 -> interface:0',
      'group:4 -> interface:0',
      'Anywhere (0.0.0.0/0) can reach TCP 22 (SSH) through g4 (sg-4).',
      '10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24 and 5 more can reach TCP 443 (HTTPS) through g0 (sg-0).',
      '10.1.0.0/24, 10.1.1.0/24, 10.1.2.0/24 and 5 more can reach TCP 80 (HTTP) through g1 (sg-1).',
      '10.2.0.0/24, 10.2.1.0/24, 10.2.2.0/24 and 5 more can reach TCP 8080 (HTTP) through g2 (sg-2).',
      '10.3.0.0/24, 10.3.1.0/24, 10.3.2.0/24 and 5 more can reach TCP 3306 (MySQL) through g3 (sg-3).',
      'Groups of first: g0, g1, g2, g3, g4.',
    ]);
    expect(toldSection(page(inGroups(...groups), { language: 'zh' }), 'picture').filter((line) => line.includes('10.0.0.0/24'))).toEqual([
      '外部: outside:0=!任意地址 (0.0.0.0/0); outside:1=10.0.0.0/24 (等 8 个地址段); outside:2=10.1.0.0/24 (等 8 个地址段); outside:3=10.2.0.0/24 (等 8 个地址段); outside:4=10.3.0.0/24 (等 8 个地址段)',
      '10.0.0.0/24、10.0.1.0/24、10.0.2.0/24 等 8 项可以通过 g0 (sg-0) 访问：TCP 443（HTTPS）。',
    ]);
  });

  it('shows eight outside, those first that are loud or widest, and the others as one', () => {
    const rules = Array.from({ length: 12 }, (_, index) => rule(`10.${2 * index}.0.0/16`, `${8001 + 2 * index}/${8001 + 2 * index}`));
    const others = Array.from({ length: 3 }, (_, index) => rule(`10.${100 + 2 * index}.0.0/16`, '9000/9000'));
    const details = inGroups([...rules, ...others], [rule('0.0.0.0/0', '22/22'), rule('10.0.0.0/8', '9999/9999')]);
    expect(BOTH.map((language) => toldSection(page(details, { language }), 'picture').filter((line) => /^(?:Outside|外部|outside…|\d+ more|另有)/.test(line)))).toEqual([
      [
        'Outside: outside:0=!Anywhere (0.0.0.0/0); outside:1=10.0.0.0/8; outside:2=10.0.0.0/16; outside:3=10.2.0.0/16; outside:4=10.4.0.0/16; outside:5=10.6.0.0/16; outside:6=10.8.0.0/16; outside:7=10.10.0.0/16; outside…=9 more sources',
        'outside… -> group:0 9 sources',
        '9 more sources can reach it.',
      ],
      [
        '外部: outside:0=!任意地址 (0.0.0.0/0); outside:1=10.0.0.0/8; outside:2=10.0.0.0/16; outside:3=10.2.0.0/16; outside:4=10.4.0.0/16; outside:5=10.6.0.0/16; outside:6=10.8.0.0/16; outside:7=10.10.0.0/16; outside…=另有 9 个来源',
        'outside… -> group:0 9 个来源',
        '另有 9 个来源可以访问。',
      ],
    ]);
  });

  it('names eight kinds of traffic for a line and counts the others', () => {
    const rules = Array.from({ length: 10 }, (_, at) => rule('0.0.0.0/0', `${8002 + 2 * at}/${8002 + 2 * at}`));
    const line = { from: 'outside:0', to: 'group:0', labels: Array.from({ length: 8 }, (_, at) => `TCP ${8002 + 2 * at}`), tone: 'plain' };
    expect([pictureOf(page(inGroups(rules)))?.lines[0], pictureOf(page(inGroups(rules.slice(0, 8))))?.lines[0]]).toEqual([{ ...line, more: 2 }, line]);
  });

  it('says of each group only what that group opens, where several together open a range', () => {
    const picture = pictureOf(page(inGroups([rule('10.0.0.0/8', '80/90'), rule('10.0.0.0/8', '443/443', { protocol: 'UDP' })], [rule('10.0.0.0/8', '85/85'), rule('10.0.0.0/8', '91/100')])));
    expect(picture?.lines.filter(({ from }) => from.startsWith('outside')).map(({ to, labels }) => [to, labels])).toEqual([['group:0', ['TCP 80–90', 'UDP 443 (HTTPS)']], ['group:1', ['TCP 91–100']]]);
    expect(picture?.sentences.slice(0, 2)).toEqual(['10.0.0.0/8 can reach TCP 80–90, UDP 443 (HTTPS) through g0 (sg-0).', '10.0.0.0/8 can reach TCP 91–100 through g1 (sg-1).']);
  });

  it('puts together more groups and interfaces than it has room for, never one that comes or goes', () => {
    const groups = Array.from({ length: 15 }, (_, index) => [rule('0.0.0.0/0', `${8001 + 2 * index}/${8001 + 2 * index}`)]);
    const details = inGroups(...groups);
    const ids = [...details.groups.keys()];
    const interfaces = success(Array.from({ length: 9 }, (_, index) => networkInterface({ id: `eni-${index}`, name: `nic ${index}`, securityGroupIds: ids })));
    const picture = pictureOf(page({ ...details, interfaces }, { comparison: { kind: 'leave', groupIds: ['sg-14'] } }));
    expect(picture?.columns.map(({ nodes }) => nodes.map(({ id, label, change }) => [id, label, change ?? ''].join(' ').trim()))).toEqual([
      ['outside:0 Anywhere'],
      [
        'group:14 g14 goes',
        'group:0 g0',
        'group:1 g1',
        'group:2 g2',
        'group:3 g3',
        'group:4 g4',
        'group:5 g5',
        'group:6 g6',
        'group:7 g7',
        'group:8 g8',
        'group:9 g9',
        'group… 4 more groups',
      ],
      [
        'interface:0 nic 0',
        'interface:1 nic 1',
        'interface:2 nic 2',
        'interface:3 nic 3',
        'interface:4 nic 4',
        'interface:5 nic 5',
        'interface… 3 more interfaces',
      ],
    ]);
    const nodes = new Set(picture?.columns.flatMap((column) => column.nodes.map(({ id }) => id)));
    expect(picture?.lines.filter(({ from, to }) => !nodes.has(from) || !nodes.has(to))).toEqual([]);
    expect(picture?.lines.filter(({ to }) => to === 'group…').map(({ labels }) => labels)).not.toEqual([]);
  });
});
