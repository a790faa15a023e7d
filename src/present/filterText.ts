import type { FilterField, ListFilter, TagCondition } from '../domain/listFilter.js';
import type { Language, Text } from '../domain/text.js';
import { groupTypeWord, stateWord } from './words.js';

export const FILTER_NAME: Readonly<Record<FilterField, Text>> = {
  name: { en: 'Name', zh: '名称' },
  status: { en: 'State', zh: '状态' },
  vpcId: { en: 'VPC', zh: '专有网络' },
  zoneId: { en: 'Zone', zh: '可用区' },
  tag: { en: 'Tag', zh: '标签' },
  groupType: { en: 'Type', zh: '类型' },
};

export function tagWord({ key, value }: TagCondition): string {
  return value === undefined ? `${key}=*` : `${key}=${value}`;
}

/** Each condition in words; what it is tells by itself. */
function values({ name, status, vpcId, zoneId, tag, groupType }: ListFilter, language: Language): Readonly<Record<FilterField, string | undefined>> {
  return {
    name,
    status: status === undefined ? undefined : stateWord(status, language),
    vpcId,
    zoneId,
    tag: tag === undefined ? undefined : tagWord(tag),
    groupType: groupType === undefined ? undefined : groupTypeWord(groupType, language),
  };
}

/** One condition's value in words; empty where the filter does not have it. */
export function filterValue(filter: ListFilter, field: FilterField, language: Language): string {
  return values(filter, language)[field] ?? '';
}

/** What a list is narrowed by, as one line. */
export function filterWords(filter: ListFilter, language: Language): string {
  const words = Object.values(values(filter, language)).filter((text) => text !== undefined);
  return language === 'zh' ? `筛选：${words.join('、')}` : `Filter: ${words.join(', ')}`;
}
