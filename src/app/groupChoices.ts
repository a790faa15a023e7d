import { clientFailure, type Failure, type Result } from '../domain/failure.js';
import type { Finding, Verdict } from '../domain/finding.js';
import type { JoinLimits } from '../domain/joinRules.js';
import type { JoinTarget, SecurityGroup, TargetRef } from '../domain/resources.js';
import { readTargets } from './facts.js';
import { planTarget } from './planJoin.js';
import type { CancelSignal } from './ports/cancel.js';
import type { Ecs, Page, RequestContext } from './ports/ecs.js';

/** A group or a target that could be chosen, judged on what is known while the box is open. */
export interface Choice<T> {
  readonly item: T;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface Choices<T> {
  readonly choices: readonly Choice<T>[];
  /** Why the list may be short. */
  readonly failure?: Failure;
}

export interface ChoiceDeps {
  readonly ecs: Ecs;
  readonly limits: JoinLimits;
  readonly accountId?: string | undefined;
}

/** Pages enough for any account; a service that never ends its list is stopped here. */
const MAX_PAGES = 200;

type PageReader<T> = (nextToken: string | undefined) => Promise<Result<Page<T>>>;

/** Reads a list to its end, telling of each page; an item that comes twice is told once, and nothing after a cancel. */
async function eachPage<T extends { readonly id: string }>(read: PageReader<T>, signal: CancelSignal, onPage: (items: readonly T[]) => void): Promise<Failure | undefined> {
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await read(nextToken);
    if (signal.aborted) return undefined;
    if (!answer.ok) return answer.failure;
    onPage(answer.value.items.filter(({ id }) => !seen.has(id) && seen.add(id)));
    nextToken = answer.value.nextToken;
    if (nextToken === undefined) return undefined;
    if (tokens.has(nextToken)) break;
    tokens.add(nextToken);
  }
  // The list is not whole, and nobody is to take it for that (law 2).
  return clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token, or its list has no end.' });
}

function judge(pair: { readonly regionId: string; readonly ref: TargetRef; readonly target: JoinTarget | undefined; readonly groupId: string; readonly groups: ReadonlyMap<string, SecurityGroup> }, deps: ChoiceDeps) {
  const { regionId, ref, target, groupId, groups } = pair;
  const accountId = deps.accountId === undefined ? {} : { accountId: deps.accountId };
  return planTarget({ regionId, targetRef: ref, groupId, target, group: groups.get(groupId), groups, limits: deps.limits, ...accountId });
}

/** The groups of the target's region, each judged for it, told anew with every page that arrives. */
export async function groupChoices(of: { readonly regionId: string; readonly ref: TargetRef; readonly target: JoinTarget | undefined }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<SecurityGroup>) => void): Promise<void> {
  const { regionId, ref } = of;
  const groups = new Map<string, SecurityGroup>();
  const listed: SecurityGroup[] = [];
  const add = (items: readonly SecurityGroup[]) => { for (const group of items) groups.set(group.id, group); };
  // The groups it is in decide about the type; they are asked for by id, since they may be on a late page.
  const target = of.target ?? (await known(regionId, ref, { deps, context }));
  const ids = target?.securityGroupIds ?? [];
  const current = ids.length === 0 ? Promise.resolve() : deps.ecs.listSecurityGroups({ regionId, ids }, context).then((page) => { if (page.ok) add(page.value.items); });
  const show = (failure?: Failure) => {
    const choices = listed.map((item) => ({ item, ...verdictAndFindings(judge({ regionId, ref, target, groupId: item.id, groups }, deps)) }));
    onChange(failure === undefined ? { choices } : { choices, failure });
  };
  const failure = await eachPage(
    async (nextToken) => {
      const [page] = await Promise.all([deps.ecs.listSecurityGroups({ regionId, nextToken }, context), current]);
      return page;
    },
    context.signal,
    (items) => {
      add(items);
      listed.push(...items);
      show();
    },
  );
  if (failure !== undefined) show(failure);
}

/** The instances and interfaces of the group's region, each judged for the group. */
export async function targetChoices(of: { readonly group: SecurityGroup }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<JoinTarget>) => void): Promise<void> {
  const { regionId, id: groupId } = of.group;
  const groups = new Map<string, SecurityGroup>([[groupId, of.group]]);
  const targets: JoinTarget[] = [];
  const show = (failure?: Failure) => {
    const choices = targets.map((item) => ({ item, ...verdictAndFindings(judge({ regionId, ref: { kind: item.kind, id: item.id }, target: item, groupId, groups }, deps)) }));
    onChange(failure === undefined ? { choices } : { choices, failure });
  };
  const allGroups = eachPage((nextToken) => deps.ecs.listSecurityGroups({ regionId, nextToken }, context), context.signal, (items) => { for (const group of items) groups.set(group.id, group); });
  const take = (items: readonly JoinTarget[]) => {
    targets.push(...items);
    show();
  };
  const failures = await Promise.all([
    eachPage(async (nextToken) => (await Promise.all([deps.ecs.listInstances({ regionId, nextToken }, context), allGroups]))[0], context.signal, take),
    eachPage(async (nextToken) => (await Promise.all([deps.ecs.listNetworkInterfaces({ regionId, nextToken }, context), allGroups]))[0], context.signal, take),
  ]);
  if (context.signal.aborted) return;
  show(failures.find((found) => found !== undefined));
}

async function known(regionId: string, ref: TargetRef, parts: { readonly deps: ChoiceDeps; readonly context: RequestContext }): Promise<JoinTarget | undefined> {
  const read = await readTargets(parts.deps.ecs, { regionId, targets: [ref] }, parts.context);
  return read.ok ? read.value.get(ref.id) : undefined;
}

function verdictAndFindings({ verdict, findings }: Choice<unknown> | ReturnType<typeof judge>): { readonly verdict: Verdict; readonly findings: readonly Finding[] } {
  return { verdict, findings };
}
