import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegionUse } from '../../../src/domain/regionUse.js';
import type { Language } from '../../../src/domain/text.js';
import { openGroupRow, openGroupsRow, regionUseRow, scanRow, type OpenGroupsProgress } from '../../../src/present/scanText.js';
import { rule, securityGroup } from '../support/builders.js';
import { drawn, hostileText, length, unseen } from '../support/hostile.js';

const LANGUAGES = ['en', 'zh'] as const;
const uses: readonly RegionUse[] = [
  { regionId: 'a', instances: { count: 3 }, networkInterfaces: { count: 1 }, securityGroups: { count: 0 } },
  { regionId: 'b', instances: { count: 20, atLeast: true }, networkInterfaces: { count: 0 }, securityGroups: { count: 1 }, failedWith: 'Forbidden.RAM' },
  { regionId: 'c', instances: { count: 0 }, networkInterfaces: { count: 0 }, securityGroups: { count: 0 } },
  { regionId: 'd', failedWith: 'Client.Timeout' },
];

const NONE: OpenGroupsProgress = { open: 0, unclear: 0, read: 40, toRead: 40, left: 0, failed: 0, cut: 0 };
const both = (progress: Partial<OpenGroupsProgress>) => (['en', 'zh'] as const).map((language) => Object.values(openGroupsRow({ ...NONE, ...progress }, language)).join(' · '));

describe('a look through the regions', () => {
  it('says how far it is while regions are to come', () => {
    expect(LANGUAGES.map((language) => scanRow({ regions: 35, requests: 105, uses }, language))).toEqual([
      { label: '$(sync~spin) Looked at 4 of 35 regions', description: '105 requests in all' },
      { label: '$(sync~spin) 35 个地域中已查看 4 个', description: '共 105 次请求' },
    ]);
  });

  it('ends in how many are in use, what they have, and what could not be looked at', () => {
    expect(LANGUAGES.map((language) => scanRow({ regions: 4, requests: 12, uses }, language))).toEqual([
      { label: '$(globe) 2 of 4 regions are in use', description: '23+ instances · 1 network interface · 1 security group · 2 could not be looked at whole' },
      { label: '$(globe) 4 个地域中有 2 个在使用', description: '23+ 个实例 · 1 个弹性网卡 · 1 个安全组 · 2 个地域未能全部查看' },
    ]);
  });

  it('has a row for each region, with what was found or why nothing could be', () => {
    expect(uses.map((use) => regionUseRow({ id: use.regionId, name: `Region ${use.regionId}` }, use, 'en'))).toEqual([
      { label: '$(globe) Region a', description: 'a · 3 instances, 1 network interface' },
      { label: '$(error) Region b', description: 'b · 20+ instances, 1 security group · could not be looked at: Forbidden.RAM' },
      { label: '$(globe) Region c', description: 'c' },
      { label: '$(error) Region d', description: 'd · could not be looked at: Client.Timeout' },
    ]);
    expect(regionUseRow({ id: 'd', name: 'd' }, { regionId: 'd' }, 'zh')).toEqual({ label: '$(globe) d', description: '' });
  });
});

describe('a group that is open to the world', () => {
  const group = securityGroup({ id: 'sg-1', regionId: 'a' });
  const open = ([22, 3389] as const).map((port) => ({ port, rule: rule({ peer: '0.0.0.0/0' }) }));

  it('has its ports and who reaches them, each peer once, or the doubt', () => {
    const both = (of: Parameters<typeof openGroupRow>[1]) => LANGUAGES.map((language) => openGroupRow(group, of, language).description);
    expect(openGroupRow(group, { open, unclear: false }, 'en').label).toBe('$(warning) ssh');
    expect([both({ open, unclear: false }), both({ open: [{ port: 6379, rule: rule({ peer: '::/0' }) }, ...open], unclear: true }), both({ open: [], unclear: true })]).toEqual([
      ['sg-1 · a · ports 22, 3389 ← 0.0.0.0/0', 'sg-1 · a · 端口 22, 3389 ← 0.0.0.0/0'],
      ['sg-1 · a · ports 6379, 22, 3389 ← ::/0, 0.0.0.0/0 · a rule does not say its ports', 'sg-1 · a · 端口 6379, 22, 3389 ← ::/0, 0.0.0.0/0 · 有规则的端口不明'],
      ['sg-1 · a · a rule does not say its ports', 'sg-1 · a · 有规则的端口不明'],
    ]);
  });

  it('is counted, with how many were read of how many and what failed', () => {
    const rows = (language: Language) => [{ open: 0, read: 3, toRead: 40, left: 0, failed: 0 }, { open: 0, read: 40, toRead: 40, left: 0, failed: 0 }, { open: 1, read: 38, toRead: 38, left: 12, failed: 2 }, { open: 2, read: 1, toRead: 2, left: 0, failed: 0 }].map((progress) => openGroupsRow({ ...NONE, ...progress }, language));
    expect(rows('en')).toEqual([
      { label: '$(sync~spin) 0 security groups are open to the world on sensitive ports', description: 'rules of 3 of 40 groups read' },
      { label: '$(pass) 0 security groups are open to the world on sensitive ports', description: 'rules of 40 of 40 groups read' },
      { label: '$(warning) 1 security group is open to the world on sensitive ports', description: 'rules of 38 of 50 groups read · 2 could not be read' },
      { label: '$(sync~spin) 2 security groups are open to the world on sensitive ports', description: 'rules of 1 of 2 groups read' },
    ]);
    expect(rows('zh')[2]).toEqual({ label: '$(warning) 1 个安全组向所有人开放敏感端口', description: '已查看 50 个安全组中 38 个的规则 · 2 个未能读取' });
  });
});

describe('hostile text of a look through the regions', () => {
  it('is shown literally, adds no icon, and stays in bounds', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom<Language>(...LANGUAGES), (text, language) => {
        const rows = [
          regionUseRow({ id: text, name: `${text}x` }, { regionId: text, failedWith: text }, language),
          openGroupRow(securityGroup({ id: text, name: text, regionId: text }), { open: [{ port: 22, rule: rule({ peer: text }) }], unclear: true }, language),
        ];
        for (const { label, description = '' } of rows) {
          expect([...unseen(label), ...unseen(description)]).toEqual([]);
          expect(drawn(label).icons).toHaveLength(1);
          expect([drawn(description).icons, length(drawn(description).words) <= 200]).toEqual([[], true]);
        }
      }),
    );
  });
});

describe('the look at the groups of an account', () => {
  it.each<[string, Partial<OpenGroupsProgress>, readonly string[]]>([
    ['none is open', {}, ['$(pass) 0 security groups are open to the world on sensitive ports · rules of 40 of 40 groups read', '$(pass) 0 个安全组向所有人开放敏感端口 · 已查看 40 个安全组中 40 个的规则']],
    ['one is open, more are to come', { open: 1, read: 3, left: 60 }, ['$(sync~spin) 1 security group is open to the world on sensitive ports · rules of 3 of 100 groups read', '$(sync~spin) 1 个安全组向所有人开放敏感端口 · 已查看 100 个安全组中 3 个的规则']],
    ['what is not clear is not called open', { unclear: 2 }, ['$(warning) 0 security groups are open to the world on sensitive ports · 2 more may be: a rule does not say its ports · rules of 40 of 40 groups read', '$(warning) 0 个安全组向所有人开放敏感端口 · 另有 2 个的规则端口不明 · 已查看 40 个安全组中 40 个的规则']],
    ['what was not read or listed is said', { open: 2, failed: 3, cut: 1 }, ['$(warning) 2 security groups are open to the world on sensitive ports · rules of 40 of 40 groups read · 3 could not be read · 1 region has more groups than were listed', '$(warning) 2 个安全组向所有人开放敏感端口 · 已查看 40 个安全组中 40 个的规则 · 3 个未能读取 · 1 个地域还有未列出的安全组']],
  ])('is summed up: %s', (_what, progress, texts) => {
    expect(both(progress)).toEqual(texts);
  });
});
