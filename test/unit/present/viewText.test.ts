import { describe, expect, it } from 'vitest';
import { viewText, type ViewSummary } from '../../../src/present/viewText.js';

const NOTHING: ViewSummary = { regions: undefined, inUse: undefined, loaded: 0, oldestMs: undefined, filters: 0 };
const both = (more: Partial<ViewSummary>) => (['en', 'zh'] as const).map((language) => viewText({ ...NOTHING, ...more }, language));

describe('what a view shows', () => {
  it.each<[string, Partial<ViewSummary>, string, string]>([
    ['nothing', {}, '', ''],
    ['nothing without regions', { inUse: 3 }, '', ''],
    ['one region', { regions: 1 }, '1 region', '1 个地域'],
    ['regions in use', { regions: 35, inUse: 0 }, '35 regions, 0 in use', '35 个地域，0 个在使用'],
    ['no age below a minute', { loaded: 7, oldestMs: 59_999 }, '7 loaded', '已加载 7 个'],
    ['one filter', { filters: 1 }, '1 filter', '1 个筛选'],
    ['everything', { regions: 35, inUse: 3, loaded: 240, oldestMs: 180_000, filters: 2 }, '35 regions, 3 in use · 240 loaded · 3 min ago · 2 filters', '35 个地域，3 个在使用 · 已加载 240 个 · 3 分钟前 · 2 个筛选'],
  ])('is told in one line: %s', (_what, summary, en, zh) => {
    expect(both(summary)).toEqual([en, zh]);
  });
});
