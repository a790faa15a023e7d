import type { OpenPort, WorldPorts } from '../domain/worldPorts.js';
import { isInUse, type RegionUse, type UseCount } from '../domain/regionUse.js';
import { displayName, type Region, type SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import type { ChoiceRow } from './choiceText.js';
import { CATEGORIES, type Category } from './explorerNode.js';
import { foundWords, useWords } from './listText.js';
import { forPick } from './literal.js';

/** How far a look through the regions is. */
export interface ScanProgress {
  readonly regions: number;
  readonly requests: number;
  readonly uses: readonly RegionUse[];
}

function total(uses: readonly RegionUse[], category: Category): UseCount {
  const counts = uses.flatMap((use) => use[category] ?? []);
  const sum = counts.reduce((all, { count }) => all + count, 0);
  return counts.some(({ atLeast }) => atLeast === true) ? { count: sum, atLeast: true } : { count: sum };
}

/** How many regions are in use and what they have; while regions are still to come, how many were looked at. */
export function scanRow({ regions, requests, uses }: ScanProgress, language: Language): ChoiceRow {
  const zh = language === 'zh';
  if (uses.length < regions) {
    return zh
      ? { label: `$(sync~spin) ${regions} 个地域中已查看 ${uses.length} 个`, description: `共 ${requests} 次请求` }
      : { label: `$(sync~spin) Looked at ${uses.length} of ${regions} regions`, description: `${requests} requests in all` };
  }
  const inUse = uses.filter((use) => isInUse(use) === true);
  const failed = uses.filter(({ failedWith }) => failedWith !== undefined).length;
  const counts = CATEGORIES.map((category) => foundWords(category, total(inUse, category), language));
  const failures = failed === 0 ? [] : [zh ? `${failed} 个地域未能全部查看` : `${failed} could not be looked at whole`];
  return { label: zh ? `$(globe) ${regions} 个地域中有 ${inUse.length} 个在使用` : `$(globe) ${inUse.length} of ${regions} regions are in use`, description: [...counts, ...failures].join(' · ') };
}

/** A region that is in use, or of which that could not be found out. */
export function regionUseRow(region: Region, use: RegionUse, language: Language): ChoiceRow {
  const icon = use.failedWith === undefined ? '$(globe)' : '$(error)';
  return { label: `${icon} ${forPick(region.name)}`, description: forPick([region.id === region.name ? '' : region.id, useWords(use, language)].filter((text) => text !== '').join(' · '), 200) };
}

function portWords(open: readonly OpenPort[]): string {
  const from = [...new Set(open.map(({ rule }) => rule.peer))].join(', ');
  return `${open.map(({ port }) => port).join(', ')} ← ${from}`;
}

/** A group that anybody can reach, with the ports. */
export function openGroupRow(group: SecurityGroup, { open, unclear }: WorldPorts, language: Language): ChoiceRow {
  const ports = open.length === 0 ? [] : [language === 'zh' ? `端口 ${portWords(open)}` : `ports ${portWords(open)}`];
  const doubt = unclear ? [language === 'zh' ? '有规则的端口不明' : 'a rule does not say its ports'] : [];
  return { label: `$(warning) ${forPick(displayName(group))}`, description: forPick([group.id, group.regionId, ...ports, ...doubt].join(' · '), 200) };
}

export interface OpenGroupsProgress {
  readonly open: number;
  /** Groups of which a rule for the whole world does not say its ports. */
  readonly unclear: number;
  readonly read: number;
  readonly toRead: number;
  readonly left: number;
  readonly failed: number;
  /** Regions with more groups than were listed. */
  readonly cut: number;
}

/** What the look at the groups' rules has found, and of how many. */
export function openGroupsRow({ open, unclear, read, toRead, left, failed, cut }: OpenGroupsProgress, language: Language): ChoiceRow {
  const zh = language === 'zh';
  const icon = read < toRead ? '$(sync~spin)' : open + unclear === 0 ? '$(pass)' : '$(warning)';
  const found = zh ? `${open} 个安全组向所有人开放敏感端口` : `${open} security ${open === 1 ? 'group is' : 'groups are'} open to the world on sensitive ports`;
  const of = zh ? `已查看 ${toRead + left} 个安全组中 ${read} 个的规则` : `rules of ${read} of ${toRead + left} groups read`;
  const doubts = unclear === 0 ? [] : [zh ? `另有 ${unclear} 个的规则端口不明` : `${unclear} more may be: a rule does not say its ports`];
  const failures = failed === 0 ? [] : [zh ? `${failed} 个未能读取` : `${failed} could not be read`];
  const unlisted = cut === 0 ? [] : [zh ? `${cut} 个地域还有未列出的安全组` : `${cut} ${cut === 1 ? 'region has' : 'regions have'} more groups than were listed`];
  return { label: `${icon} ${found}`, description: [...doubts, of, ...failures, ...unlisted].join(' · ') };
}
