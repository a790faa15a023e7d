import type { SearchProblem } from '../domain/searchTerm.js';
import { displayName, type Resource, type ResourceKind } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import type { ChoiceRow } from './choiceText.js';
import { forPick } from './literal.js';
import { groupTypeWord, stateWord } from './words.js';

/** Why a text is no search; nothing is said while nothing is typed. */
export const SEARCH_PROBLEM: Readonly<Record<Exclude<SearchProblem, 'empty'>, Text>> = {
  tooLong: { en: 'No name, tag or ID is as long as this', zh: '没有这么长的名称、标签或 ID' },
  characters: { en: 'No name has a line break or a control character in it', zh: '名称中不会有换行或控制字符' },
  noTagKey: { en: 'A tag has a key before its "="', zh: '标签在“=”之前要有键' },
  everything: { en: 'Type more than "*": that would be everything there is', zh: '请输入“*”以外的内容，否则就是全部资源' },
};

const KIND_WORDS: Readonly<Record<ResourceKind, Text>> = {
  instance: { en: 'instances', zh: '实例' },
  networkInterface: { en: 'network interfaces', zh: '弹性网卡' },
  securityGroup: { en: 'security groups', zh: '安全组' },
};

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

export interface SearchPlan {
  readonly regions: number;
  readonly kinds: readonly ResourceKind[];
  /** Requests at least and at most; further pages of many hits come on top. */
  readonly first: number;
  readonly most: number;
  /** Names of interfaces and groups are found whole only: the service knows no part of one there. */
  readonly wholeNames: boolean;
}

function requestWords({ first, most }: SearchPlan, language: Language): string {
  if (language === 'zh') return first === most ? `${most} 次请求` : `${first} 次请求，找不到时最多 ${most} 次`;
  return first === most ? many(most, 'request', 'requests') : `${many(first, 'request', 'requests')}, at most ${most} where it is not there`;
}

/** What a search will ask, said before it starts. What is looked for stands first: the box puts such rows on top. */
export function searchRow(text: string, plan: SearchPlan, language: Language): ChoiceRow {
  const kinds = plan.kinds.map((kind) => `${KIND_WORDS[kind][language]}${plan.wholeNames && kind !== 'instance' ? (language === 'zh' ? '（完整名称）' : ' (whole name)') : ''}`);
  return language === 'zh'
    ? { label: `$(search) ${forPick(text)}：在 ${plan.regions} 个地域中查找`, description: `${requestWords(plan, 'zh')} · ${kinds.join('、')}` }
    : { label: `$(search) ${forPick(text)}: search ${many(plan.regions, 'region', 'regions')}`, description: `${requestWords(plan, 'en')} · ${kinds.join(', ')}` };
}

export interface SearchEnd {
  readonly found: number;
  readonly regions: number;
  readonly kinds: number;
  readonly requests: number;
  /** Lists that had more hits than were read. */
  readonly cut: number;
  readonly failures: number;
}

/** What was searched and what came of it. */
export function searchedText({ found, regions, kinds, requests, cut, failures }: SearchEnd, language: Language): string {
  const parts =
    language === 'zh'
      ? [`找到 ${found} 个`, `已查找 ${regions} 个地域、${kinds} 类资源，共 ${requests} 次请求`, cut === 0 ? undefined : `${cut} 个列表还有更多结果：请缩小范围`, failures === 0 ? undefined : `${failures} 个列表未能读取`]
      : [
          `${found} found`,
          `searched ${many(regions, 'region', 'regions')}, ${many(kinds, 'kind', 'kinds')} in ${many(requests, 'request', 'requests')}`,
          cut === 0 ? undefined : `${many(cut, 'list has', 'lists have')} more: narrow it down`,
          failures === 0 ? undefined : `${many(failures, 'list', 'lists')} could not be read`,
        ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** How far a search is, for the title of its box. */
export function searchingText({ done, of, found }: { readonly done: number; readonly of: number; readonly found: number }, language: Language): string {
  return language === 'zh' ? `${of} 个地域中已查 ${done} 个，找到 ${found} 个` : `${done} of ${many(of, 'region', 'regions')}, ${found} found`;
}

const ICON: Readonly<Record<ResourceKind, string>> = { instance: '$(vm)', networkInterface: '$(plug)', securityGroup: '$(shield)' };

/** One hit: what it is called, its id, where it is and how it is. */
export function hitRow(resource: Resource, language: Language): ChoiceRow {
  const { id, regionId, vpcId } = resource;
  const name = displayName(resource);
  const more = resource.kind === 'securityGroup' ? [groupTypeWord(resource.type, language), vpcId] : [stateWord(resource.status, language), vpcId, resource.publicIps[0] ?? resource.privateIps[0]];
  const description = [name === id ? undefined : id, regionId, ...more].filter((part) => part !== undefined && part !== '').join(' · ');
  return { label: `${ICON[resource.kind]} ${forPick(name)}`, description: forPick(description, 200) };
}

/** Whether a loaded resource is one that the text may mean: part of its id, its name, an address or a tag. */
export function mayBeMeant(resource: Resource, text: string): boolean {
  const wanted = text.toLowerCase();
  const addresses = resource.kind === 'securityGroup' ? [] : [...resource.privateIps, ...resource.publicIps, ...(resource.kind === 'networkInterface' ? resource.ipv6s : [])];
  return [resource.id, resource.name ?? '', ...addresses, ...resource.tags.map(({ key, value }) => `${key}=${value}`)].some((word) => word.toLowerCase().includes(wanted));
}
