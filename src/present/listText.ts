import type { RegionUse, UseCount } from '../domain/regionUse.js';
import type { Language, Text } from '../domain/text.js';
import { ago, duration } from './durations.js';
import { CATEGORIES, type BucketNode, type Category, type CategoryNode, type EmptyNode } from './explorerNode.js';
import { filterWords } from './filterText.js';
import type { Grouping } from './grouping.js';
import { joined, plain, type Live, type NodeText } from './rowText.js';
import { CATEGORY_NAME, EMPTY_TEXT } from './words.js';

/** Texts of the rows that stand for lists: categories, what their items are put together by, and that there are none. */

const CATEGORY_ICON = { instances: 'server', networkInterfaces: 'plug', securityGroups: 'shield' } as const;

function counted(count: UseCount): string {
  return count.atLeast === true ? `${count.count}+` : String(count.count);
}

export function foundWords(category: Category, count: UseCount, language: Language): string {
  if (language === 'zh') return `${counted(count)} 个${CATEGORY_NAME[category].zh}`;
  const name = CATEGORY_NAME[category].en.toLowerCase();
  return `${counted(count)} ${count.count === 1 && count.atLeast !== true ? name.replace(/s$/, '') : name}`;
}

/** What was found in a region, in the order of its categories; kinds of which there are none are left out. */
export function useWords(use: RegionUse | undefined, language: Language): string {
  if (use === undefined) return '';
  const found = CATEGORIES.flatMap((category) => {
    const count = use[category];
    return count === undefined || count.count === 0 ? [] : [foundWords(category, count, language)];
  });
  const failed = use.failedWith === undefined ? undefined : language === 'zh' ? `未能查看：${use.failedWith}` : `could not be looked at: ${use.failedWith}`;
  return joined([found.join(language === 'zh' ? '，' : ', '), failed]);
}

/** Older than this, the age of a list is worth saying. */
const YOUNG_MS = 60_000;

/** That the service lets us wait, and how long. */
export function waitingWords(ms: number, language: Language): string | undefined {
  if (ms === 0) return undefined;
  return language === 'zh' ? `正在等待服务：${duration(ms, 'zh')}` : `waiting for the service: ${duration(ms, 'en')}`;
}

/** How many are loaded, and of how many as far as that is known. */
function loadedWords({ loaded, more, of }: { readonly loaded: number; readonly more: boolean; readonly of: UseCount | undefined }, language: Language): string {
  if (!more) return String(loaded);
  if (of === undefined || of.count <= loaded) return `${loaded}+`;
  return language === 'zh' ? `${loaded} / ${counted(of)}` : `${loaded} of ${counted(of)}`;
}

/** How many, how old, and what the list waits for; before it is read, what a look through the regions has found. */
function listWords({ use }: CategoryNode, language: Language, { list, filter }: Live): readonly (string | undefined)[] {
  const found = filter === undefined && use !== undefined ? counted(use) : undefined;
  if (list === undefined) return [found];
  const { ageMs, loaded, more, waitingMs } = list;
  const count = ageMs === undefined ? found : loadedWords({ loaded, more, of: filter === undefined ? use : undefined }, language);
  return [count, ageMs === undefined || ageMs < YOUNG_MS ? undefined : ago(ageMs, language), waitingWords(waitingMs, language)];
}

export function categoryText(node: CategoryNode, language: Language, live: Live): NodeText {
  const { list, filter } = live;
  const chip = filter === undefined ? undefined : filterWords(filter, language);
  const icon = filter === undefined ? CATEGORY_ICON[node.category] : 'filter';
  const context = `category ${node.category}${filter === undefined ? '' : ' +filter'}${list?.more === true ? ' +more' : ''}`;
  return plain(CATEGORY_NAME[node.category][language], icon, { description: joined([chip, ...listWords(node, language, live)]), expandable: true, context });
}

const BUCKET_ICON = { none: 'server', vpc: 'type-hierarchy', zone: 'location', tag: 'tag' } as const;

const WITHOUT: Readonly<Record<Grouping['by'], Text>> = {
  none: { en: '', zh: '' },
  vpc: { en: 'VPC unknown', zh: '专有网络未知' },
  zone: { en: 'Zone unknown', zh: '可用区未知' },
  tag: { en: 'Without this tag', zh: '没有此标签' },
};

function bucketLabel({ grouping, bucket: { value } }: BucketNode, language: Language): string {
  if (value === undefined) return WITHOUT[grouping.by][language];
  if (grouping.by === 'vpc' && value === '') return language === 'zh' ? '经典网络' : 'Classic network';
  return grouping.by === 'tag' ? `${grouping.key}=${value}` : value;
}

export function bucketText(node: BucketNode, language: Language): NodeText {
  const { length } = node.bucket.items;
  return plain(bucketLabel(node, language), BUCKET_ICON[node.grouping.by], { description: language === 'zh' ? `${length} 个` : String(length), expandable: true, context: 'bucket' });
}

const ALLOWED: Text = { en: 'this account may read the list', zh: '此账号可以读取该列表' };

/** An empty list of a whole region may also be one that permissions hide: the service filters without a word. */
export function emptyText({ of, whole }: EmptyNode, language: Language, { access }: Live): NodeText {
  const word = access === undefined ? undefined : access === 'allowed' ? ALLOWED[language] : `${language === 'zh' ? '未能确认：' : 'not confirmed: '}${access.code}`;
  const offer = whole !== undefined && access === undefined ? (language === 'zh' ? '检查此账号能否读取' : 'check whether this account may read it') : undefined;
  return plain(EMPTY_TEXT[of][language], of === 'filtered' ? 'filter' : 'info', { description: word ?? offer ?? '', context: `empty${whole === undefined ? '' : ' +check'}${of === 'filtered' ? ' +filter' : ''}` });
}
