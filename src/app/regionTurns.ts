import { inTurns, type Turns } from './inTurns.js';

/**
 * Works through jobs of many regions, so many at once. The region with the fewest under way goes next, the first of
 * the list among equals: so one that hangs holds a single turn while others have something to ask, and no turn
 * stays empty while anything is left.
 */
export function inRegionTurns<J extends { readonly regionId: string }>(jobs: readonly J[], work: (job: J) => Promise<void>, turns: Turns): Promise<void> {
  const regions = [...queuesOf(jobs).values()];
  const take = () => {
    const region = regions.filter(({ waiting }) => waiting.length > 0).reduce<RegionQueue<J> | undefined>((best, one) => (best === undefined || one.underWay < best.underWay ? one : best), undefined);
    const job = region?.waiting.shift();
    if (region === undefined || job === undefined) return undefined;
    region.underWay += 1;
    return { region, job };
  };
  return inTurns(take, async ({ region, job }) => {
    await work(job);
    region.underWay -= 1;
  }, turns);
}

interface RegionQueue<J> {
  readonly waiting: J[];
  underWay: number;
}

function queuesOf<J extends { readonly regionId: string }>(jobs: readonly J[]): ReadonlyMap<string, RegionQueue<J>> {
  const queues = new Map<string, RegionQueue<J>>();
  for (const job of jobs) {
    const queue = queues.get(job.regionId) ?? { waiting: [], underWay: 0 };
    queue.waiting.push(job);
    queues.set(job.regionId, queue);
  }
  return queues;
}
