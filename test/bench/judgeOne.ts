import { groupChoices } from '../../src/app/groupChoices.js';
import { NEVER } from '../../src/app/cancelSource.js';
import { StepJudge } from '../../src/app/judging.js';
import { judgeSteps, membershipIntent } from '../../src/app/plan.js';
import type { Ecs, GroupQuery, Page } from '../../src/app/ports/ecs.js';
import { success, type Result } from '../../src/domain/failure.js';
import type { SecurityGroup } from '../../src/domain/resources.js';
import { cpuSince } from './figures.js';
import { collect } from './garbage.js';
import { largeRegion, refsOf, type LargeRegion } from './largeRegion.js';

/** A program: judges a large region as a plan or as the picker does, and prints the CPU of the first time, which is the one a person waits for, and of a later one. */
const INSTANCES = 500;
const GROUPS = 300;
const PAGE = 100;
const AGAIN = 5;
const limits = { groupsPerInterface: 5 };

/** Gets everything ready; what it gives back does the judging, and tells how many things it judged as it has to. */
type Work = (region: LargeRegion) => () => number | Promise<number>;

function plan({ regionId, instances, groups, joined, rules }: LargeRegion): () => number {
  const { steps } = membershipIntent('join', regionId, { securityGroupIds: [joined.id], targets: refsOf(instances) });
  const facts = { regionId, targets: new Map(instances.map((target) => [target.id, target])), groups: new Map([...groups, joined].map((group) => [group.id, group])), rules };
  return () => judgeSteps(steps, new StepJudge(facts, { limits })).filter(({ verdict, exposure }) => verdict === 'ready' && exposure.opens.length > 0).length;
}

/** The picker on a service that answers at once; gives how many rows could be chosen when its list was full. */
async function pick({ regionId, instances, groups }: LargeRegion, targets: number): Promise<number> {
  const chosen = instances.slice(0, targets);
  let seen = 0;
  await groupChoices({ regionId, refs: refsOf(chosen), targets: chosen }, { ecs: listing(groups), limits }, { signal: NEVER }, ({ choices }) => { seen = choices.filter(({ verdict }) => verdict !== 'blocked').length; });
  return seen;
}

/** Only what the picker asks of it. */
function listing(groups: readonly SecurityGroup[]): Ecs {
  const listSecurityGroups = ({ ids, nextToken }: GroupQuery): Promise<Result<Page<SecurityGroup>>> => {
    if (ids !== undefined) return Promise.resolve(success({ items: groups.filter(({ id }) => ids.includes(id)) }));
    const from = Number(nextToken ?? 0);
    const to = from + PAGE;
    return Promise.resolve(success({ items: groups.slice(from, to), ...(to < groups.length && { nextToken: String(to) }) }));
  };
  return { listSecurityGroups } as unknown as Ecs;
}

const WORKS: Readonly<Record<string, { readonly wanted: number; readonly prepare: Work }>> = {
  plan: { wanted: INSTANCES, prepare: plan },
  pickForOne: { wanted: GROUPS, prepare: (region) => () => pick(region, 1) },
  pickForMany: { wanted: GROUPS, prepare: (region) => () => pick(region, 50) },
};

/** CPU of judging a region that nobody has looked at before; the garbage of making it is not counted. */
async function once({ wanted, prepare }: { readonly wanted: number; readonly prepare: Work }): Promise<number> {
  const judge = prepare(largeRegion({ instances: INSTANCES, groups: GROUPS }));
  collect();
  const before = process.cpuUsage();
  const judged = await judge();
  const cpuMs = cpuSince(before);
  if (judged !== wanted) throw new Error(`judged ${judged} instead of ${wanted}`);
  return cpuMs;
}

const work = WORKS[process.argv[2] ?? ''];
if (work === undefined) throw new Error('what is to be judged?');
const first = await once(work);
const later: number[] = [];
for (let times = 0; times < AGAIN; times += 1) later.push(await once(work));
process.stdout.write(`${JSON.stringify({ first, later })}\n`);
