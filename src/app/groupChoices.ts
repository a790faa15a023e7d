import type { Step } from '../domain/change.js';
import { clientFailure, type Failure, type Result } from '../domain/failure.js';
import type { Finding, Verdict } from '../domain/finding.js';
import { displayName, type JoinTarget, type SecurityGroup, type TargetRef } from '../domain/resources.js';
import { chunks, readTargets } from './facts.js';
import { followPages } from './followPages.js';
import { StepJudge, type JudgeDeps } from './judging.js';
import { judgeSteps, type PlannedStep } from './plan.js';
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

export interface ChoiceDeps extends JudgeDeps {
  readonly ecs: Ecs;
}

/** Pages enough for any account; a service that never ends its list is stopped here. */
const MAX_PAGES = 200;

/** The largest page that all three lists give. */
const PAGE_SIZE = 100;

type PageReader<T> = (nextToken: string | undefined) => Promise<Result<Page<T>>>;

/** The list is not whole, and nobody is to take it for that (law 2). */
const ENDLESS = clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The list has no end.' });

/** Reads a list to its end, telling of each page; an item that comes twice is told once, and nothing after a cancel. */
async function eachPage<T extends { readonly id: string }>(read: PageReader<T>, signal: CancelSignal, onPage: (items: readonly T[]) => void): Promise<Failure | undefined> {
  const seen = new Set<string>();
  const ended = await followPages({
    most: MAX_PAGES,
    read,
    onPage: ({ items }) => {
      if (!signal.aborted) onPage(items.filter(({ id }) => !seen.has(id) && seen.add(id)));
      return !signal.aborted;
    },
  });
  if (signal.aborted || ended.end === 'all') return undefined;
  return ended.end === 'failed' ? ended.failure : ENDLESS;
}

/** What a choice comes to for several targets: it can be chosen as long as something would be sent for one of them. */
function together(steps: readonly PlannedStep[]): { readonly verdict: Verdict; readonly findings: readonly Finding[] } {
  const findings = [...new Map(steps.flatMap((step) => step.findings).map((finding) => [JSON.stringify(finding), finding])).values()];
  const verdicts = new Set(steps.map(({ verdict }) => verdict));
  const [only] = verdicts;
  if (verdicts.size === 1 && only !== undefined) return { verdict: only, findings };
  if (verdicts.has('ready') || verdicts.has('warn')) return { verdict: verdicts.has('warn') || verdicts.has('blocked') ? 'warn' : 'ready', findings };
  return { verdict: 'blocked', findings };
}

interface Wanted {
  readonly kind: 'join' | 'leave';
  readonly refs: readonly TargetRef[];
}

function judged({ kind, refs }: Wanted, securityGroupId: string, judge: StepJudge) {
  const change = { kind, securityGroupId };
  return together(judgeSteps(refs.map((ref): Step => ({ ref, change })), judge));
}

/** Choices as they arrive, each judged once. */
class JudgedChoices<T> {
  readonly #judge: (item: T) => Omit<Choice<T>, 'item'>;
  readonly #choices: Choice<T>[] = [];

  constructor(judge: (item: T) => Omit<Choice<T>, 'item'>) {
    this.#judge = judge;
  }

  get items(): readonly T[] {
    return this.#choices.map(({ item }) => item);
  }

  add(items: readonly T[]): this {
    for (const item of items) this.#choices.push({ item, ...this.#judge(item) });
    return this;
  }

  told(failure?: Failure): Choices<T> {
    const choices = [...this.#choices];
    return failure === undefined ? { choices } : { choices, failure };
  }
}

interface TargetsWanted {
  readonly kind: 'join' | 'leave';
  readonly regionId: string;
  readonly securityGroupId: string;
  /** Complete before the first target is taken. */
  readonly groups: ReadonlyMap<string, SecurityGroup>;
}

/** Targets for one group, told anew with every page that is taken. */
function targetList({ kind, regionId, securityGroupId, groups }: TargetsWanted, deps: JudgeDeps, onChange: (choices: Choices<JoinTarget>) => void) {
  const targets = new Map<string, JoinTarget>();
  const judge = new StepJudge({ regionId, targets, groups }, deps);
  const listed = new JudgedChoices<JoinTarget>((item) => judged({ kind, refs: [{ kind: item.kind, id: item.id }] }, securityGroupId, judge));
  return {
    take: (items: readonly JoinTarget[]) => {
      for (const item of items) targets.set(item.id, item);
      onChange(listed.add(items).told());
    },
    end: (failure: Failure | undefined) => { onChange(listed.told(failure)); },
  };
}

/** Targets as they are known already; the others are read. */
async function targetsOf({ regionId, refs }: { readonly regionId: string; readonly refs: readonly TargetRef[] }, given: readonly JoinTarget[], ecs: Ecs, context: RequestContext): Promise<ReadonlyMap<string, JoinTarget>> {
  const known = new Map(given.map((target) => [target.id, target]));
  const missing = refs.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return known;
  const read = await readTargets(ecs, { regionId, targets: missing }, context);
  return read.ok ? new Map([...known, ...read.value]) : known;
}

/** Reads groups by their ids, in requests of a hundred; what cannot be read is left out, and the rules warn. */
async function groupsById(ids: readonly string[], regionId: string, ecs: Ecs, context: RequestContext): Promise<readonly SecurityGroup[]> {
  const pages = await Promise.all(chunks(ids).map((some) => ecs.listSecurityGroups({ regionId, ids: some, pageSize: some.length }, context)));
  return pages.flatMap((page) => (page.ok ? page.value.items : []));
}

/** The groups of the targets' region, each judged for all of them, told anew with every page that arrives. */
export async function groupChoices(of: { readonly regionId: string; readonly refs: readonly TargetRef[]; readonly targets: readonly JoinTarget[] }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<SecurityGroup>) => void): Promise<void> {
  const { regionId, refs } = of;
  const groups = new Map<string, SecurityGroup>();
  const add = (items: readonly SecurityGroup[]) => { for (const group of items) groups.set(group.id, group); };
  const targets = await targetsOf(of, of.targets, deps.ecs, context);
  const make = () => {
    const judge = new StepJudge({ regionId, targets, groups }, deps);
    return new JudgedChoices<SecurityGroup>(({ id }) => judged({ kind: 'join', refs }, id, judge));
  };
  let listed = make();
  // The groups they are in decide about the type; they are asked for by id, since they may be on a late page.
  const current = [...new Set([...targets.values()].flatMap((target) => target.securityGroupIds ?? []))];
  const currentRead = groupsById(current, regionId, deps.ecs, context).then(add);
  const failure = await eachPage(
    async (nextToken) => {
      const [page] = await Promise.all([deps.ecs.listSecurityGroups({ regionId, nextToken, pageSize: PAGE_SIZE }, context), currentRead]);
      return page;
    },
    context.signal,
    (items) => {
      // One that could not be read by its id, and is listed after all, decides about those that came before it.
      const isLate = items.some(({ id }) => current.includes(id) && !groups.has(id));
      add(items);
      if (isLate) listed = make().add(listed.items);
      onChange(listed.add(items).told());
    },
  );
  if (failure !== undefined) onChange(listed.told(failure));
}

/** The groups that a target is in, each judged for leaving it. */
export async function leaveChoices(of: { readonly regionId: string; readonly refs: readonly TargetRef[] }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<SecurityGroup>) => void): Promise<void> {
  const { regionId } = of;
  const read = await readTargets(deps.ecs, { regionId, targets: of.refs }, context);
  if (context.signal.aborted) return;
  if (!read.ok) {
    onChange({ choices: [], failure: read.failure });
    return;
  }
  const ids = [...new Set([...read.value.values()].flatMap((target) => target.securityGroupIds ?? []))];
  const listed = await groupsById(ids, regionId, deps.ecs, context);
  const groups = new Map(listed.map((group) => [group.id, group]));
  // A group that permissions hide can be left all the same.
  const items = ids.map((id): SecurityGroup => groups.get(id) ?? { kind: 'securityGroup', id, regionId, tags: [] });
  const judge = new StepJudge({ regionId, targets: read.value, groups }, deps);
  onChange(new JudgedChoices<SecurityGroup>(({ id }) => judged({ kind: 'leave', refs: of.refs }, id, judge)).add(items).told());
}

/** The instances and interfaces of the group's region, each judged for joining the group. */
export async function targetChoices(of: { readonly group: SecurityGroup }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<JoinTarget>) => void): Promise<void> {
  const { regionId, id: groupId } = of.group;
  const groups = new Map<string, SecurityGroup>([[groupId, of.group]]);
  const { take, end } = targetList({ kind: 'join', regionId, groups, securityGroupId: groupId }, deps, onChange);
  const allGroups = eachPage((nextToken) => deps.ecs.listSecurityGroups({ regionId, nextToken, pageSize: PAGE_SIZE }, context), context.signal, (items) => { for (const group of items) groups.set(group.id, group); });
  const failures = await Promise.all([
    eachPage(async (nextToken) => (await Promise.all([deps.ecs.listInstances({ regionId, nextToken, pageSize: PAGE_SIZE }, context), allGroups]))[0], context.signal, take),
    eachPage(async (nextToken) => (await Promise.all([deps.ecs.listNetworkInterfaces({ regionId, nextToken, pageSize: PAGE_SIZE }, context), allGroups]))[0], context.signal, take),
  ]);
  if (context.signal.aborted) return;
  end(failures.find((found) => found !== undefined));
}

/** The members of a group, each judged for leaving it: instances by their primary interface, and secondary interfaces. */
export async function memberChoices(of: { readonly group: SecurityGroup }, deps: ChoiceDeps, context: RequestContext, onChange: (choices: Choices<JoinTarget>) => void): Promise<void> {
  const { regionId, id: securityGroupId } = of.group;
  const groups = new Map<string, SecurityGroup>([[securityGroupId, of.group]]);
  const { take, end } = targetList({ kind: 'leave', regionId, groups, securityGroupId: securityGroupId }, deps, onChange);
  const failures = await Promise.all([
    eachPage((nextToken) => deps.ecs.listInstances({ regionId, securityGroupId, nextToken, pageSize: PAGE_SIZE }, context), context.signal, take),
    eachPage((nextToken) => deps.ecs.listNetworkInterfaces({ regionId, securityGroupId, nextToken, pageSize: PAGE_SIZE }, context), context.signal, take),
  ]);
  if (context.signal.aborted) return;
  end(failures.find((found) => found !== undefined));
}

/** The groups that a target's list may be made of. */
export interface ListChoices {
  /** Those it is in, by name; one that cannot be read stands with its id alone. */
  readonly current: readonly SecurityGroup[];
  /** The others of its network, by name. */
  readonly others: readonly SecurityGroup[];
  readonly failure?: Failure;
}

function byName(a: SecurityGroup, b: SecurityGroup): number {
  return displayName(a) < displayName(b) ? -1 : Number(displayName(a) > displayName(b));
}

/** The groups of a target's network, told anew with every page that arrives. */
export async function groupsForList(ecs: Ecs, of: { readonly target: JoinTarget; readonly before: readonly string[] }, context: RequestContext, onChange: (choices: ListChoices) => void): Promise<void> {
  const { regionId, vpcId } = of.target;
  const known = new Map((await groupsById(of.before, regionId, ecs, context)).map((group) => [group.id, group]));
  const current = of.before.map((id): SecurityGroup => known.get(id) ?? { kind: 'securityGroup', id, regionId, tags: [] }).sort(byName);
  const others: SecurityGroup[] = [];
  const show = (failure?: Failure) => {
    if (!context.signal.aborted) onChange({ current, others, ...(failure === undefined ? {} : { failure }) });
  };
  show();
  const failure = await eachPage(
    (nextToken) => ecs.listSecurityGroups({ regionId, nextToken, pageSize: PAGE_SIZE, ...(vpcId === undefined || vpcId === '' ? {} : { vpcId }) }, context),
    context.signal,
    (items) => {
      others.push(...items.filter(({ id }) => !of.before.includes(id)));
      others.sort(byName);
      show();
    },
  );
  if (failure !== undefined) show(failure);
}
