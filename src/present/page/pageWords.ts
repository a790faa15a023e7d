import type { Language, Text } from '../../domain/text.js';
import { ago } from '../durations.js';

/** What every page says by itself, whatever it is of. */
export const PAGE_WORDS = {
  lifeless: { en: 'Scripts did not run: the page can be read, but its buttons do nothing.', zh: '脚本未运行：此页面可以阅读，但按钮不起作用。' },
  search: { en: 'Search', zh: '搜索' },
  searchHint: { en: 'Words in any column', zh: '任意列中的文字' },
  all: { en: 'All', zh: '全部' },
  clear: { en: 'Clear search and filters', zh: '清除搜索和筛选' },
  nothingFits: { en: 'No row fits the search and the filters.', zh: '没有符合搜索和筛选条件的行。' },
  inWords: { en: 'The picture in words', zh: '图示的文字说明' },
  comes: { en: 'comes with the change', zh: '变更后新增' },
  goes: { en: 'goes with the change', zh: '变更后消失' },
  late: { en: 'No answer came. Whether it was done is not known.', zh: '没有收到响应，不清楚是否已执行。' },
  broke: { en: 'That did not work. The output tells more.', zh: '操作未成功，详情请查看输出。' },
} as const satisfies Readonly<Record<string, Text>>;

/** A tone in words, for those who don't see its colour and its sign. */
export const TONE_WORDS = {
  plain: { en: 'Note', zh: '说明' },
  muted: { en: 'Note', zh: '说明' },
  good: { en: 'Good', zh: '正常' },
  warning: { en: 'Warning', zh: '警告' },
  danger: { en: 'Danger', zh: '危险' },
} as const satisfies Readonly<Record<string, Text>>;

export function counted(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count);
}

/** How many rows there are, and how many of them are left of a search. */
export function rowsWord(shown: number, all: number, language: Language): string {
  const [some, total] = [counted(shown, language), counted(all, language)];
  if (shown === all) return language === 'zh' ? `共 ${total} 行` : `${total} ${all === 1 ? 'row' : 'rows'}`;
  return language === 'zh' ? `${some} / ${total} 行` : `${some} of ${total} rows`;
}

/** Below a table of which only the beginning is there. */
export function firstRowsWord(made: number, shown: number, language: Language): string {
  const [some, total] = [counted(made, language), counted(shown, language)];
  return language === 'zh' ? `以上是 ${total} 行中的前 ${some} 行；脚本运行后才会显示其余的行。` : `These are the first ${some} of ${total} rows; the rest needs scripts.`;
}

/** Below a table that is too long to be drawn. */
export function mostRowsWord(made: number, shown: number, language: Language): string {
  const [some, total] = [counted(made, language), counted(shown, language)];
  return language === 'zh' ? `以上是 ${total} 行中的前 ${some} 行；可通过搜索或筛选查看其余的行，导出时包含所有行。` : `These are the first ${some} of ${total} rows. A search or a filter finds the others; an export has all of them.`;
}

/** How old the facts are; without a clock, when they were read. */
export function ageWord(readAt: number, now: number | undefined, language: Language): string {
  if (now !== undefined) return language === 'zh' ? `${ago(now - readAt, language)}读取` : `Read ${ago(now - readAt, language)}`;
  const at = `${isoTime(readAt).slice(0, 19).replace('T', ' ')} UTC`;
  return language === 'zh' ? `读取于 ${at}` : `Read at ${at}`;
}

/** A wall clock as HTML writes it; the beginning of time for what is none. */
export function isoTime(ms: number): string {
  return new Date(Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString();
}

/** What is left out of a drawing. */
export function moreWord(count: number, language: Language): string {
  return language === 'zh' ? `还有 ${counted(count, language)} 个` : `${counted(count, language)} more`;
}
