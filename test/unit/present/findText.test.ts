import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/domain/text.js';
import { hitRow, mayBeMeant, searchedText, searchingText, SEARCH_PROBLEM, searchRow, type SearchEnd, type SearchPlan } from '../../../src/present/findText.js';
import { instance, networkInterface, securityGroup, without } from '../support/builders.js';
import { drawn, hostileText, length, unseen } from '../support/hostile.js';

const PLAN: SearchPlan = { regions: 35, kinds: ['instance', 'networkInterface', 'securityGroup'], first: 2, most: 107, wholeNames: false };
const END: SearchEnd = { found: 2, regions: 35, kinds: 3, requests: 107, cut: 0, failures: 0 };
const LANGUAGES = ['en', 'zh'] as const;

describe('what a search will ask', () => {
  it('is said before it starts, with what it costs at least and at most', () => {
    expect(LANGUAGES.map((language) => searchRow('web', PLAN, language))).toEqual([
      { label: '$(search) web: search 35 regions', description: '2 requests, at most 107 where it is not there · instances, network interfaces, security groups' },
      { label: '$(search) web：在 35 个地域中查找', description: '2 次请求，找不到时最多 107 次 · 实例、弹性网卡、安全组' },
    ]);
  });

  it('says of which kinds only whole names are found', () => {
    expect(LANGUAGES.map((language) => searchRow('web', { ...PLAN, first: 105, most: 105, wholeNames: true }, language).description)).toEqual([
      '105 requests · instances, network interfaces (whole name), security groups (whole name)',
      '105 次请求 · 实例、弹性网卡（完整名称）、安全组（完整名称）',
    ]);
  });

  it('is said in the singular, and once where least and most are the same', () => {
    const plan: SearchPlan = { regions: 1, kinds: ['instance'], first: 1, most: 1, wholeNames: false };
    expect([searchRow('i-1', plan, 'en'), searchRow('i-1', plan, 'zh').description, searchRow('i-1', { ...plan, most: 2 }, 'en').description]).toEqual([
      { label: '$(search) i-1: search 1 region', description: '1 request · instances' },
      '1 次请求 · 实例',
      '1 request, at most 2 where it is not there · instances',
    ]);
  });
});

describe('what was searched', () => {
  it('is said with what came of it, what was cut and what failed', () => {
    expect(LANGUAGES.map((language) => [searchedText(END, language), searchedText({ ...END, cut: 1, failures: 2 }, language)])).toEqual([
      ['2 found · searched 35 regions, 3 kinds in 107 requests', '2 found · searched 35 regions, 3 kinds in 107 requests · 1 list has more: narrow it down · 2 lists could not be read'],
      ['找到 2 个 · 已查找 35 个地域、3 类资源，共 107 次请求', '找到 2 个 · 已查找 35 个地域、3 类资源，共 107 次请求 · 1 个列表还有更多结果：请缩小范围 · 2 个列表未能读取'],
    ]);
    expect(searchedText({ found: 0, regions: 1, kinds: 1, requests: 1, cut: 2, failures: 1 }, 'en')).toBe('0 found · searched 1 region, 1 kind in 1 request · 2 lists have more: narrow it down · 1 list could not be read');
  });

  it('is counted while it goes on', () => {
    expect([searchingText({ done: 1, of: 35, found: 0 }, 'en'), searchingText({ done: 0, of: 1, found: 3 }, 'en'), searchingText({ done: 1, of: 35, found: 2 }, 'zh')]).toEqual(['1 of 35 regions, 0 found', '0 of 1 region, 3 found', '35 个地域中已查 1 个，找到 2 个']);
  });

  it('has a word in both languages for each text that is no search', () => {
    const texts = Object.values(SEARCH_PROBLEM);
    expect(LANGUAGES.map((language) => new Set(texts.map((text) => text[language])).size)).toEqual([4, 4]);
  });
});

describe('a hit', () => {
  it('has its name, id, region, state or type, VPC and address', () => {
    expect([hitRow(instance({ id: 'i-1', vpcId: 'vpc-1', publicIps: ['47.0.0.1'] }), 'en'), hitRow(networkInterface({ id: 'eni-1', vpcId: 'vpc-1' }), 'zh'), hitRow(securityGroup({ id: 'sg-1', vpcId: '', type: 'enterprise' }), 'en')]).toEqual([
      { label: '$(vm) web-1', description: 'i-1 · cn-hangzhou · Running · vpc-1 · 47.0.0.1' },
      { label: '$(plug) data', description: 'eni-1 · cn-hangzhou · 已绑定 · vpc-1 · 10.0.0.2' },
      { label: '$(shield) ssh', description: 'sg-1 · cn-hangzhou · Advanced' },
    ]);
  });

  it('has its id once where it has no name', () => {
    expect(hitRow(without(securityGroup({ id: 'sg-1' }), 'name', 'type', 'vpcId'), 'en')).toEqual({ label: '$(shield) sg-1', description: 'cn-hangzhou' });
  });

  it('shows hostile text literally, adds no icon, and stays in bounds', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom<Language>(...LANGUAGES), (text, language) => {
        const rows = [searchRow(text, PLAN, language), hitRow(instance({ id: text, name: text, status: text, publicIps: [text] }), language), hitRow(securityGroup({ id: text, name: text, type: text, vpcId: text }), language)];
        for (const { label, description = '' } of rows) {
          expect([...unseen(label), ...unseen(description)]).toEqual([]);
          expect(drawn(label).icons).toHaveLength(1);
          expect(drawn(description).icons).toEqual([]);
          expect(length(label.replaceAll('\\$(', '$(')) <= 170 && length(description.replaceAll('\\$(', '$(')) <= 200).toBe(true);
        }
      }),
    );
  });
});

describe('a loaded resource', () => {
  const eni = networkInterface({ id: 'eni-1', name: 'Data', privateIps: ['10.0.0.2'], publicIps: ['47.0.0.1'], ipv6s: ['2001:db8::1'], tags: [{ key: 'Env', value: 'Test' }] });

  it('may be meant by part of its id, name, addresses or tags, in any case', () => {
    expect(['ENI-', 'dat', '0.0.2', '47.', '2001:DB8', 'env=test', 'nv=te', ''].filter((text) => !mayBeMeant(eni, text))).toEqual([]);
    expect(['i-2', 'Env:Test', 'vpc', 'cn-hangzhou'].filter((text) => mayBeMeant(eni, text))).toEqual([]);
  });

  it('without name or addresses is found by what it has', () => {
    const group = without(securityGroup({ id: 'sg-1', tags: [{ key: 'a', value: '' }] }), 'name');
    expect([['sg-', 'a='], ['10.', 'undefined']].map((texts) => texts.map((text) => mayBeMeant(group, text)))).toEqual([[true, true], [false, false]]);
  });
});
