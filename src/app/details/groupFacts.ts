import { clientFailure, failed, success, type Result } from '../../domain/failure.js';
import type { GroupRules, SecurityGroup, SecurityGroupRule } from '../../domain/resources.js';
import { readAllRules } from '../allRules.js';
import { chunks } from '../facts.js';
import type { Ecs, RequestContext } from '../ports/ecs.js';
import type { GroupFacts, PrefixLists } from '../../domain/details.js';
import { readPart } from './partOfList.js';

/** Of so many groups, and of so many prefix lists, something is read for one page. */
export const MOST_READ = 100;

/** How and where something is read. */
export interface Reads {
  readonly ecs: Ecs;
  readonly regionId: string;
  readonly context: RequestContext;
}

/** Groups by their ids, what is listed of them; a list that fails fails each that stood in its request. */
export async function readGroups({ ecs, regionId, context }: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, Result<SecurityGroup | undefined>>> {
  const lists = chunks(ids).map(async (some) => {
    const read = (nextToken: string | undefined) => ecs.listSecurityGroups({ regionId, ids: some, nextToken, pageSize: 100 }, context);
    const listed = await readPart({ read, most: some.length, signal: context.signal });
    return some.map((id) => [id, listed.ok ? success(listed.value.items.find((group) => group.id === id)) : listed] as const);
  });
  return new Map((await Promise.all(lists)).flat());
}

/** Groups with their rules, read as they become known to be wanted, each once. */
export class GroupReader {
  readonly #reads: Reads;
  readonly #facts = new Map<string, Promise<GroupFacts>>();

  constructor(reads: Reads) {
    this.#reads = reads;
  }

  /** Begins to read those that nobody has asked for yet. */
  want(ids: readonly string[]): void {
    const fresh = [...new Set(ids)].filter((id) => !this.#facts.has(id));
    const wanted = fresh.slice(0, Math.max(0, MOST_READ - this.#facts.size));
    const listed = readGroups(this.#reads, wanted);
    for (const id of wanted) this.#facts.set(id, this.#read(id, listed));
    for (const id of fresh.slice(wanted.length)) this.#facts.set(id, Promise.resolve({ id, group: TOO_MANY, rules: TOO_MANY }));
  }

  async all(): Promise<ReadonlyMap<string, GroupFacts>> {
    return new Map((await Promise.all(this.#facts.values())).map((facts) => [facts.id, facts] as const));
  }

  async #read(id: string, listed: ReturnType<typeof readGroups>): Promise<GroupFacts> {
    const { ecs, regionId, context } = this.#reads;
    const rules = readAllRules(ecs, { regionId, securityGroupId: id }, context);
    return { id, group: (await listed).get(id) ?? success(undefined), rules: await rules };
  }
}

const TOO_MANY = failed(clientFailure('Client.OddAnswer', { reached: 'yes', detail: `More than ${String(MOST_READ)} security groups were named; the others were not read.` }));

/** Every group or prefix list that rules name, each once. */
export function namedBy(rules: readonly SecurityGroupRule[], kind: SecurityGroupRule['peerKind']): readonly string[] {
  return [...new Set(rules.flatMap(({ peer, peerKind }) => (peerKind === kind ? [peer] : [])))];
}

/** The prefix lists that these rules name, as many as are read for one page. */
export async function readPrefixLists({ ecs, regionId, context }: Reads, of: readonly Result<GroupRules>[]): Promise<PrefixLists> {
  const ids = namedBy(of.flatMap((rules) => (rules.ok ? rules.value.rules : [])), 'prefixList').slice(0, MOST_READ);
  return new Map(await Promise.all(ids.map(async (prefixListId) => [prefixListId, await ecs.readPrefixList({ regionId, prefixListId }, context)] as const)));
}
