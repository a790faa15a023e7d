import type { Result } from '../domain/failure.js';
import type { RegionUse } from '../domain/regionUse.js';
import type { ResourceKind } from '../domain/resources.js';
import type { Ecs, RequestContext, ResourceCount } from './ports/ecs.js';
import { inRegionTurns } from './regionTurns.js';

export interface ScanDeps {
  readonly ecs: Ecs;
  readonly context: RequestContext;
  /** Requests under way at once (setting `requests.concurrentReads`). */
  readonly concurrency: number;
  /** Told of each region once all of its kinds are counted, or could not be. */
  readonly onRegion?: (use: RegionUse, progress: { readonly done: number; readonly of: number }) => void;
}

/** In this order a region's failures are looked through, too. */
const KINDS: readonly ResourceKind[] = ['instance', 'networkInterface', 'securityGroup'];

/** How many requests a scan takes. */
export function scanRequests(regions: readonly string[]): number {
  return new Set(regions).size * KINDS.length;
}

/**
 * Counts what the regions have, in as many requests as {@link scanRequests} says. Never rejects. Cancelled, it
 * resolves at once with the regions that are counted; one that was not counted to its end is left out, since what
 * it has is not known. In the order of the regions, each once.
 */
export async function scanRegions(regions: readonly string[], { ecs, context, concurrency, onRegion }: ScanDeps): Promise<readonly RegionUse[]> {
  const ids = [...new Set(regions)];
  const counts = new Map(ids.map((regionId) => [regionId, new Map<ResourceKind, Result<ResourceCount>>()]));
  const uses = new Map<string, RegionUse>();
  const count = async ({ regionId, kind }: { readonly regionId: string; readonly kind: ResourceKind }): Promise<void> => {
    const result = await ecs.countResources({ regionId, kind }, { ...context, mayShare: true });
    const known = counts.get(regionId)?.set(kind, result);
    if (context.signal.aborted || known?.size !== KINDS.length) return;
    const use = useOf(regionId, known);
    uses.set(regionId, use);
    onRegion?.(use, { done: uses.size, of: ids.length });
  };
  await inRegionTurns(ids.flatMap((regionId) => KINDS.map((kind) => ({ regionId, kind }))), count, { atOnce: concurrency, signal: context.signal });
  return ids.flatMap((regionId) => uses.get(regionId) ?? []);
}

function useOf(regionId: string, counts: ReadonlyMap<ResourceKind, Result<ResourceCount>>): RegionUse {
  const results = KINDS.map((kind) => counts.get(kind));
  const [instances, networkInterfaces, securityGroups] = results.map((result) => (result?.ok === true ? result.value : undefined));
  const failed = results.find((result) => result?.ok === false);
  return {
    regionId,
    ...(instances && { instances }),
    ...(networkInterfaces && { networkInterfaces }),
    ...(securityGroups && { securityGroups }),
    ...(failed?.ok === false && { failedWith: failed.failure.code }),
  };
}
