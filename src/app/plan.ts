import { groupsAfter, type Change, type ChangeKind, type Step } from '../domain/change.js';
import { success, type Result } from '../domain/failure.js';
import { verdictOf, type Finding, type ReasonName, type Verdict } from '../domain/finding.js';
import type { GroupRules, JoinTarget, SecurityGroup, TargetRef } from '../domain/resources.js';
import { readFacts } from './facts.js';
import { StepJudge, type JudgeDeps, type Judgement } from './judging.js';
import type { Clock } from './ports/clock.js';
import type { Ecs, RequestContext } from './ports/ecs.js';

/** What a person wants, in one region. */
export interface Intent {
  readonly kind: ChangeKind;
  readonly regionId: string;
  /** Steps of one target are carried out in this order. */
  readonly steps: readonly Step[];
  /** The operation that this one takes back. */
  readonly undoes?: string;
}

/** One step of a plan, judged. */
export interface PlannedStep extends Step, Judgement {
  /** As it was read; undefined where it is not listed. */
  readonly target: JoinTarget | undefined;
  readonly verdict: Verdict;
}

export interface Plan extends Intent {
  /** Groups of the steps and of the targets, as far as they are listed, by id. */
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  /** Of those groups, as far as they could be read, by id. */
  readonly rules: ReadonlyMap<string, GroupRules>;
  readonly planned: readonly PlannedStep[];
  /** Monotonic milliseconds when the facts were asked for. */
  readonly readAt: number;
}

export interface PlanDeps extends JudgeDeps {
  readonly ecs: Ecs;
  readonly clock: Clock;
}

/** These targets in these groups, or out of them; what is named twice counts once. */
export function membershipIntent(kind: 'join' | 'leave', regionId: string, of: { readonly securityGroupIds: readonly string[]; readonly targets: readonly TargetRef[] }): Intent {
  const targets = new Map(of.targets.map((ref) => [ref.id, ref]));
  const groupIds = [...new Set(of.securityGroupIds)];
  return { kind, regionId, steps: [...targets.values()].flatMap((ref) => groupIds.map((securityGroupId): Step => ({ ref, change: { kind, securityGroupId } }))) };
}

/** The groups that a step needs facts about, besides those its target is in. */
function namedGroups({ change }: Step): readonly string[] {
  return change.kind === 'replace' ? [...change.before, ...change.after] : [change.securityGroupId];
}

/** Whether something is sent for a step. */
export function isGoing({ verdict }: Pick<PlannedStep, 'verdict'>): boolean {
  return verdict === 'ready' || verdict === 'warn';
}

/** Steps that something is sent for. */
export function goingSteps(plan: Pick<Plan, 'planned'>): readonly PlannedStep[] {
  return plan.planned.filter(isGoing);
}

/**
 * Judges steps on facts that were read together. A later step of the same target is judged as if the earlier
 * ones were done, so that five groups at once are counted as five.
 */
export function judgeSteps(steps: readonly Step[], judge: StepJudge): readonly PlannedStep[] {
  const assumed = new Map<string, readonly string[]>();
  return steps.map((step) => {
    const { ref, change } = step;
    const target = judge.facts.targets.get(ref.id);
    const before = assumed.get(ref.id);
    const { findings, exposure } = judge.of(step, target === undefined || before === undefined ? target : { ...target, securityGroupIds: before });
    const planned: PlannedStep = { ref, change, target, verdict: verdictOf(findings), findings, exposure };
    const groups = before ?? target?.securityGroupIds;
    if (groups !== undefined && isGoing(planned)) assumed.set(ref.id, groupsAfter(change, groups));
    return planned;
  });
}

/** With the route `replace` a join becomes one replacement for each target, from the groups it is in now. */
function throughReplacing(steps: readonly Step[], targets: ReadonlyMap<string, JoinTarget>): readonly Step[] {
  const changes = new Map<string, { readonly ref: TargetRef; readonly changes: Change[] }>();
  for (const { ref, change } of steps) {
    const of = changes.get(ref.id);
    if (of === undefined) changes.set(ref.id, { ref, changes: [change] });
    else of.changes.push(change);
  }
  return [...changes.values()].map(({ ref, changes: wanted }) => {
    const before = targets.get(ref.id)?.securityGroupIds ?? [];
    const after = wanted.reduce((groups, change) => groupsAfter(change, groups), before);
    return { ref, change: { kind: 'replace', before, after } satisfies Change };
  });
}

/** A list names each group once: the service refuses one that repeats (InvalidParameter.SecurityGroupIdRepeated). */
function withoutRepeats(step: Step): Step {
  const { ref, change } = step;
  return change.kind === 'replace' ? { ref, change: { ...change, before: [...new Set(change.before)], after: [...new Set(change.after)] } } : step;
}

export interface PlanOptions {
  /** How a join is made: by the additive call, or by replacing the whole list (setting `join.route`). */
  readonly route?: 'join' | 'replace';
}

/** Re-reads the facts of what is wanted and runs every rule on them (design, section 5). */
export async function planChanges(intent: Intent, deps: PlanDeps, context: RequestContext, { route = 'join' }: PlanOptions = {}): Promise<Result<Plan>> {
  const readAt = deps.clock.monotonic();
  const { regionId } = intent;
  const wanted = intent.steps.map(withoutRepeats);
  const refs = new Map(wanted.map(({ ref }) => [ref.id, ref]));
  const facts = await readFacts(deps.ecs, { regionId, targets: [...refs.values()], groupIds: [...new Set(wanted.flatMap(namedGroups))] }, { context, readAt });
  if (!facts.ok) return facts;
  const steps = intent.kind === 'join' && route === 'replace' ? throughReplacing(wanted, facts.value.targets) : wanted;
  return success({ ...intent, steps, groups: facts.value.groups, rules: facts.value.rules, planned: judgeSteps(steps, new StepJudge({ regionId, ...facts.value }, deps)), readAt });
}

/** The plan without the steps that the person took out, by their positions. */
export function withoutSteps(plan: Plan, positions: ReadonlySet<number>): Plan {
  const kept = <T>(items: readonly T[]) => items.filter((_item, index) => !positions.has(index));
  return { ...plan, steps: kept(plan.steps), planned: kept(plan.planned) };
}

/** Findings that only inform, but that nobody should meet unseen. */
const EFFECTS: ReadonlySet<ReasonName> = new Set<ReasonName>(['opensToWorld', 'closes', 'noLongerLets', 'noLongerDrops', 'typeChanges']);

/** What a person has not seen yet: obstacles and effects that were not in the plan they confirmed (rule V20). */
export function newObstacles(before: Pick<PlannedStep, 'findings'>, after: Pick<PlannedStep, 'findings'>): readonly Finding[] {
  const seen = new Set(before.findings.map((finding) => JSON.stringify(finding.because)));
  return after.findings.filter(({ severity, because }) => (severity !== 'inform' || EFFECTS.has(because.reason)) && !seen.has(JSON.stringify(because)));
}

export type ConfirmLevel = 'always' | 'risky' | 'never';

function hasEffect({ exposure, findings }: PlannedStep): boolean {
  const lists = [exposure.opens, exposure.closes, exposure.loses, exposure.releases];
  return exposure.unknown || lists.some((rules) => rules.length > 0) || findings.some(({ because }) => EFFECTS.has(because.reason));
}

/**
 * Whether a plan is to be confirmed (setting `confirm`): risky are several steps, openings to the world, something
 * closed, an effect that could not be read, warnings, and every replacement, which nothing protects from a concurrent edit.
 */
export function needsConfirmation(plan: Pick<Plan, 'planned'>, level: ConfirmLevel): boolean {
  if (level !== 'risky') return level === 'always';
  const going = goingSteps(plan);
  return going.length > 1 || going.some((step) => step.verdict === 'warn' || step.change.kind === 'replace' || hasEffect(step));
}
