import { describe, expect, it } from 'vitest';
import { FILTER_FIELDS, isNoFilter, type FilterField, type ListFilter } from '../../../src/domain/listFilter.js';
import { FILTER_NAME, filterValue, filterWords, tagWord } from '../../../src/present/filterText.js';

const FULL: ListFilter = { name: 'web-*', status: 'Running', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-h', tag: { key: 'env', value: 'test' }, groupType: 'enterprise' };
const FIELDS = Object.keys(FULL) as FilterField[];

describe('the words of a filter', () => {
  it('have all its conditions in one line, in both languages', () => {
    expect([filterWords(FULL, 'en'), filterWords(FULL, 'zh')]).toEqual(['Filter: web-*, Running, vpc-1, cn-hangzhou-h, env=test, Advanced', '筛选：web-*、运行中、vpc-1、cn-hangzhou-h、env=test、企业级']);
  });

  it('have only those that there are', () => {
    expect([filterWords({ status: 'InUse' }, 'en'), filterWords({ tag: { key: 'env' } }, 'zh')]).toEqual(['Filter: In use', '筛选：env=*']);
  });

  it('tell each condition by itself, nothing of one that is not there', () => {
    expect([FIELDS.map((field) => filterValue(FULL, field, 'zh')), FIELDS.map((field) => filterValue({}, field, 'en'))]).toEqual([['web-*', '运行中', 'vpc-1', 'cn-hangzhou-h', 'env=test', '企业级'], FIELDS.map(() => '')]);
  });

  it('spell a state and a type that are newer than the tables as the service does', () => {
    expect(filterWords({ status: 'constructor', groupType: '__proto__' }, 'zh')).toBe('筛选：constructor、__proto__');
  });

  it('tell a tag of any value from one with an empty value', () => {
    expect([tagWord({ key: 'env' }), tagWord({ key: 'env', value: '' }), tagWord({ key: 'a=b', value: 'c' })]).toEqual(['env=*', 'env=', 'a=b=c']);
  });

  it('name every field in both languages, each differently', () => {
    for (const language of ['en', 'zh'] as const) expect(new Set(Object.values(FILTER_NAME).map((text) => text[language])).size).toBe(FIELDS.length);
    expect(new Set(Object.values(FILTER_FIELDS).flat())).toEqual(new Set(FIELDS));
  });
});

describe('a filter of nothing', () => {
  it('is one without any condition', () => {
    expect([isNoFilter({}), ...FIELDS.map((field) => isNoFilter({ [field]: FULL[field] })), isNoFilter({ name: '' })]).toEqual([true, ...FIELDS.map(() => false), false]);
  });

  it('leaves out what the service can’t decide: no zone of interfaces, no state of groups', () => {
    expect(FILTER_FIELDS).toEqual({ instance: ['name', 'status', 'vpcId', 'zoneId', 'tag'], networkInterface: ['name', 'status', 'vpcId', 'tag'], securityGroup: ['name', 'vpcId', 'tag', 'groupType'] });
  });
});
