import { regionHint } from './ids.js';

/** What the codes inside ids were seen to mean; undefined for a code that was seen in several regions. */
export type RegionCodes = ReadonlyMap<string, string | undefined>;

export const NO_CODES: RegionCodes = new Map();

/** Only today's long ids have a code; the short ones of old begin with anything. */
const CODED = /^[a-z]+-([a-z0-9]{3})[a-z0-9]{15,}$/;

/**
 * What is known after some resources were listed; the same map where they taught nothing new. A code that turns up
 * in a second region means nothing from then on, whatever comes later.
 */
export function learnRegionCodes(known: RegionCodes, listed: Iterable<{ readonly id: string; readonly regionId: string }>): RegionCodes {
  let learned: Map<string, string | undefined> | undefined;
  for (const { id, regionId } of listed) {
    const code = CODED.exec(id)?.[1];
    if (code === undefined) continue;
    const codes = learned ?? known;
    const meaning = codes.has(code) && codes.get(code) !== regionId ? undefined : regionId;
    if (codes.has(code) && codes.get(code) === meaning) continue;
    learned ??= new Map(known);
    learned.set(code, meaning);
  }
  return learned ?? known;
}

/** Where an id is to be looked for first: what was seen counts more than the table, which is nobody's promise. */
export function hintedRegion(id: string, learned: RegionCodes): string | undefined {
  const code = CODED.exec(id)?.[1];
  return code !== undefined && learned.has(code) ? learned.get(code) : regionHint(id);
}

/**
 * The regions in the order in which they are worth asking, each once: where the id's code points to, then those in
 * use, then the others; among equals as they stood. A hint at a region that is not among them counts for nothing.
 */
export function regionOrder(regions: readonly string[], { hint, inUse }: { readonly hint?: string | undefined; readonly inUse: ReadonlySet<string> }): readonly string[] {
  const rank = (regionId: string) => (regionId === hint ? 0 : inUse.has(regionId) ? 1 : 2);
  return [...new Set(regions)].sort((a, b) => rank(a) - rank(b));
}
