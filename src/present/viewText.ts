import type { Language } from '../domain/text.js';
import { ago } from './durations.js';

/** What a view of resources shows, as numbers. */
export interface ViewSummary {
  /** Regions that are shown; undefined before they are known. */
  readonly regions: number | undefined;
  /** How many of them are in use; undefined where nobody has looked. */
  readonly inUse: number | undefined;
  /** Resources that are loaded. */
  readonly loaded: number;
  /** Age of the oldest list that is shown, in milliseconds. */
  readonly oldestMs: number | undefined;
  readonly filters: number;
}

/** A view that was read less long ago than this needs no word about it. */
const YOUNG_MS = 60_000;

function regionsWord({ regions, inUse }: ViewSummary, language: Language): string | undefined {
  if (regions === undefined) return undefined;
  if (language === 'zh') return inUse === undefined ? `${regions} 个地域` : `${regions} 个地域，${inUse} 个在使用`;
  const all = `${regions} ${regions === 1 ? 'region' : 'regions'}`;
  return inUse === undefined ? all : `${all}, ${inUse} in use`;
}

/** What the view shows, for the place beside its title: regions, how many resources, how old, how many filters. */
export function viewText(summary: ViewSummary, language: Language): string {
  const { loaded, oldestMs, filters } = summary;
  const zh = language === 'zh';
  return [
    regionsWord(summary, language),
    loaded === 0 ? undefined : zh ? `已加载 ${loaded} 个` : `${loaded} loaded`,
    oldestMs === undefined || oldestMs < YOUNG_MS ? undefined : ago(oldestMs, language),
    filters === 0 ? undefined : zh ? `${filters} 个筛选` : `${filters} ${filters === 1 ? 'filter' : 'filters'}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
