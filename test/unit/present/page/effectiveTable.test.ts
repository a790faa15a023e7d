import { describe, expect, it } from 'vitest';
import type { EffectiveRule, Standing, Unclear, Unknown } from '../../../../src/domain/exposure/effectiveRule.js';
import type { PageContext } from '../../../../src/present/page/context.js';
import { effectiveRecord, effectiveTable } from '../../../../src/present/page/effectiveTable.js';
import { LinkBook } from '../../../../src/present/page/linkBook.js';
import { unknownBlocks } from '../../../../src/present/page/unknownText.js';
import { toldBlocks } from './toldPage.js';
import { optionsIn, rule } from './world.js';

const context = (language: 'en' | 'zh'): PageContext => ({ options: optionsIn(language), language, regionId: 'cn-hangzhou', book: new LinkBook(), names: new Map([['sg-1', 'web']]), prefixLists: new Map() });
const ACTS: Standing = { standing: 'acts' };
const never = (...by: readonly number[]): Standing => ({ standing: 'never', by });
const unclear = (because: Unclear): Standing => ({ standing: 'unclear', because });
const of = (standing: Standing, made = rule('10.0.0.0/8', '80/80'), groupId = 'sg-1'): EffectiveRule => ({ from: 'rule', direction: 'ingress', policy: 'accept', groupId, rule: made, standing });
const byDefault = (direction: 'ingress' | 'egress', policy: 'accept' | 'drop' | 'unclear'): EffectiveRule => ({ from: 'default', direction, policy, standing: ACTS });

const lines: readonly EffectiveRule[] = [
  { from: 'inner', direction: 'ingress', policy: 'accept', groupId: 'sg-1', standing: ACTS },
  of(ACTS, rule('0.0.0.0/0', '22/22', { description: 'the way in' })),
  of(never(1), rule('10.0.0.0/8', '22/22', { description: 'too late' }), 'sg-2'),
  of(never(0, 1)),
  of(never(0, 1, 2)),
  of(never()),
  of(unclear('reversedPorts'), rule('10.0.0.0/8', '90/80')),
  byDefault('ingress', 'drop'),
];

/** The table as lines, without the head and the ways to export it. */
function rows(language: 'en' | 'zh', direction: 'ingress' | 'egress', rules: readonly EffectiveRule[]): readonly string[] {
  const within = context(language);
  return toldBlocks([effectiveTable('t', direction, rules, within)], within.book.links).slice(2);
}

describe('the table of effective rules', () => {
  it('has each line with what it does, the group that brings it, and why it never takes effect', () => {
    expect(rows('en', 'ingress', lines)).toEqual([
      '1 | Acts | <Accept> | All | All ports | members of the group | web[open sg-1] `sg-1` | before all | Members reach each other.',
      '!2 | Acts | <Accept> | TCP | `22 (SSH)` | `0.0.0.0/0` all IPv4 addresses | web[open sg-1] `sg-1` | 1 | the way in',
      '3 | Never takes effect | <Accept> | TCP | `22 (SSH)` | `10.0.0.0/8` | `sg-2`[open sg-2] | 1 | It has no traffic left: line 2 decides first. too late',
      '4 | Never takes effect | <Accept> | TCP | `80 (HTTP)` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | It has no traffic left: lines 1 and 2 decide first.',
      '5 | Never takes effect | <Accept> | TCP | `80 (HTTP)` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | It has no traffic left: lines 1, 2 and 3 decide first.',
      '6 | Never takes effect | <Accept> | TCP | `80 (HTTP)` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | Lines before it decide about everything that it matches.',
      '?7 | ?Unclear | <Accept> | TCP | ?`90/80` ?reversed | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | It can\'t be evaluated: its range of ports is reversed.',
      '8 | Acts | <Drop> | All | All ports | all the rest | default | after all | What no rule accepts does not get in.',
      '(Export as CSV)[export t csv] (Export as JSON)[export t json]',
    ]);
  });

  it('says the same in Chinese', () => {
    expect(rows('zh', 'ingress', lines)).toEqual([
      '1 | 生效 | <允许> | 全部 | 所有端口 | 该安全组的成员 | web[open sg-1] `sg-1` | 最先 | 组内成员互访。',
      '!2 | 生效 | <允许> | TCP | `22（SSH）` | `0.0.0.0/0` 所有 IPv4 地址 | web[open sg-1] `sg-1` | 1 | the way in',
      '3 | 从不生效 | <允许> | TCP | `22（SSH）` | `10.0.0.0/8` | `sg-2`[open sg-2] | 1 | 它匹配的流量都已由第 2 行决定。 too late',
      '4 | 从不生效 | <允许> | TCP | `80（HTTP）` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | 它匹配的流量都已由第 1、2 行决定。',
      '5 | 从不生效 | <允许> | TCP | `80（HTTP）` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | 它匹配的流量都已由第 1、2、3 行决定。',
      '6 | 从不生效 | <允许> | TCP | `80（HTTP）` | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | 它匹配的流量都已由前面的规则决定。',
      '?7 | ?不明确 | <允许> | TCP | ?`90/80` ?范围颠倒 | `10.0.0.0/8` | web[open sg-1] `sg-1` | 1 | 无法评估：其端口范围首尾颠倒。',
      '8 | 生效 | <拒绝> | 全部 | 所有端口 | 其余所有地址 | 默认 | 最后 | 没有规则允许的流量无法进入。',
      '(导出为 CSV)[export t csv] (导出为 JSON)[export t json]',
    ]);
  });

  it('says in words what happens to all the rest, by direction and policy', () => {
    const all = (['ingress', 'egress'] as const).flatMap((direction) => (['accept', 'drop', 'unclear'] as const).map((policy) => byDefault(direction, policy)));
    const words = (language: 'en' | 'zh') => all.map((line) => rows(language, line.direction, [line])[0]?.replace(/^1 \| [^|]* \| (.*?) \| .* \| /, '$1 | '));
    expect([words('en'), words('zh')]).toEqual([
      [
        '<Accept> | What no rule decides is accepted.',
        '<Drop> | What no rule accepts does not get in.',
        '?Unclear | The type of the groups is not known, and with it what happens to the rest.',
        '<Accept> | Basic groups let out what no rule drops.',
        '<Drop> | Advanced groups let nothing out that no rule accepts.',
        '?Unclear | The type of the groups is not known, and with it what happens to the rest.',
      ],
      [
        '<允许> | 没有规则决定的流量将被允许。',
        '<拒绝> | 没有规则允许的流量无法进入。',
        '?不明确 | 安全组类型未知，其余流量如何处理也未知。',
        '<允许> | 普通安全组：没有规则拒绝的流量可以发出。',
        '<拒绝> | 企业级安全组：没有规则允许的流量无法发出。',
        '?不明确 | 安全组类型未知，其余流量如何处理也未知。',
      ],
    ]);
  });

  it('is never empty without a word', () => {
    expect([rows('en', 'ingress', []), rows('zh', 'egress', [])]).toEqual([['Nothing is known of what applies here.'], ['此处适用的规则未知。']]);
  });

  it('counts lines from one for other programs as well', () => {
    expect([effectiveRecord(lines[2] ?? byDefault('ingress', 'drop'), 2), effectiveRecord(byDefault('egress', 'accept'), 7)]).toEqual([
      { line: 3, from: 'rule', direction: 'ingress', policy: 'accept', groupId: 'sg-2', rule: rule('10.0.0.0/8', '22/22', { description: 'too late' }), standing: { standing: 'never', by: [2] } },
      { line: 8, from: 'default', direction: 'egress', policy: 'accept', standing: { standing: 'acts' } },
    ]);
  });
});

describe('what is unknown', () => {
  const because = ['policy', 'protocol', 'ports', 'reversedPorts', 'peer', 'priority', 'prefixList', 'conditions'] as const;
  const tell = (language: 'en' | 'zh', unknown: readonly Unknown[]) => toldBlocks(unknownBlocks(unknown, context(language)), new Map());

  it('is nothing where all is known', () => {
    expect(tell('en', [])).toEqual([]);
  });

  it('is said of groups and prefix lists', () => {
    const unknown: readonly Unknown[] = [
      { unknown: 'groupRules', groupId: 'sg-1' },
      { unknown: 'groupType', groupId: 'sg-2' },
      { unknown: 'innerPolicy', groupId: 'sg-1' },
      { unknown: 'prefixList', prefixListId: 'pl-1' },
    ];
    expect([tell('en', unknown), tell('zh', unknown)]).toEqual([
      [
        '? Not all of it is known, so what is told here may be short or wrong.',
        '    The rules of a group could not be read, so what they do is missing: web (sg-1)',
        '    The type of a group is not known, and with it what it does by default: sg-2',
        '    Whether a group lets its members reach each other is not known: web (sg-1)',
        '    The addresses of a prefix list could not be read: pl-1',
      ],
      ['? 部分信息未知，因此以下内容可能不完整或不准确。', '    未能读取安全组的规则，其作用未计入：web (sg-1)', '    安全组的类型未知，无法得知其默认设置：sg-2', '    未知安全组成员之间能否互访：web (sg-1)', '    未能读取前缀列表的地址：pl-1'],
    ]);
  });

  it('is said of each rule with the reason, eight of them and how many more there are', () => {
    const unknown = [...because, ...because].map((why): Unknown => ({ unknown: 'rule', groupId: 'sg-1', rule: rule('10.0.0.0/8', '80/80', { priority: 7 }), because: why }));
    const end = ': TCP 80/80 ← 10.0.0.0/8, priority 7 (web (sg-1))';
    expect(tell('en', unknown).slice(1)).toEqual([
      `    A rule can't be evaluated because its policy is neither Accept nor Drop${end}`,
      `    A rule can't be evaluated because its protocol is missing or not known here${end}`,
      `    A rule can't be evaluated because its ports are missing or not written as a range${end}`,
      `    A rule can't be evaluated because its range of ports is reversed${end}`,
      `    A rule can't be evaluated because the other side is missing or not an address block${end}`,
      `    A rule can't be evaluated because its priority is missing or not between 1 and 100${end}`,
      `    A rule can't be evaluated because its prefix list could not be read${end}`,
      `    A rule can't be evaluated because it also asks for the sender’s port or for an own address, so it acts on some of the traffic only${end}`,
      '    and 8 more',
    ]);
    expect(tell('zh', unknown).slice(-2)).toEqual(['    无法评估一条规则，因为它还限定了源端口或本端地址，因此只对部分流量生效：TCP 80/80 ← 10.0.0.0/8，优先级 7（web (sg-1)）', '    另有 8 项']);
  });
});
