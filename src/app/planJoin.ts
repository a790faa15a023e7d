import { success, type Result } from '../domain/failure.js';
import { verdictOf, type Finding, type Verdict } from '../domain/finding.js';
import { joinExposure, judgeJoin, type JoinFacts, type JoinLimits } from '../domain/joinRules.js';
import type { Exposure } from '../domain/exposure.js';
import type { JoinTarget, SecurityGroup, TargetRef } from '../domain/resources.js';
import { readFacts, type Facts } from './facts.js';
import type { Clock } from './ports/clock.js';
import type { Ecs, RequestContext } from './ports/ecs.js';

/** What a person wants: these targets in this group. */
export interface JoinIntent {
  readonly regionId: string;
  readonly securityGroupId: string;
  readonly targets: readonly TargetRef[];
}

/** One target of a plan, judged. */
export interface PlannedTarget {
  readonly ref: TargetRef;
  readonly target: JoinTarget | undefined;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly exposure: Exposure;
}

export interface JoinPlan extends JoinIntent {
  readonly group: SecurityGroup | undefined;
  readonly planned: readonly PlannedTarget[];
  /** Monotonic milliseconds when the facts were asked for. */
  readonly readAt: number;
}

export interface PlanDeps {
  readonly ecs: Ecs;
  readonly clock: Clock;
  readonly limits: JoinLimits;
  readonly accountId?: string | undefined;
}

/** Judges one target against one group on facts that were read together. */
export function planTarget(facts: Omit<JoinFacts, 'currentGroups'> & { readonly groups: ReadonlyMap<string, SecurityGroup> }): PlannedTarget {
  const { groups, ...rest } = facts;
  const current = (facts.target?.securityGroupIds ?? []).flatMap((id) => groups.get(id) ?? []);
  const judged: JoinFacts = { ...rest, currentGroups: new Map(current.map((group) => [group.id, group])) };
  const findings = judgeJoin(judged);
  return { ref: facts.targetRef, target: facts.target, verdict: verdictOf(findings), findings, exposure: joinExposure(judged) };
}

function planFrom(intent: JoinIntent, facts: Facts, deps: PlanDeps): JoinPlan {
  const { regionId, securityGroupId } = intent;
  const planned = intent.targets.map((ref) => {
    const target = facts.targets.get(ref.id);
    const host = target?.kind === 'networkInterface' ? facts.hosts.get(target.instanceId ?? '') : undefined;
    return planTarget({
      regionId,
      targetRef: ref,
      groupId: securityGroupId,
      target,
      ...(host === undefined ? {} : { host }),
      group: facts.groups.get(securityGroupId),
      groups: facts.groups,
      rules: facts.rules,
      limits: deps.limits,
      ...(deps.accountId === undefined ? {} : { accountId: deps.accountId }),
    });
  });
  return { ...intent, group: facts.groups.get(securityGroupId), planned, readAt: facts.readAt };
}

/** Re-reads the facts of a join and runs every rule on them (design, section 5). */
export async function planJoin(intent: JoinIntent, deps: PlanDeps, context: RequestContext): Promise<Result<JoinPlan>> {
  const readAt = deps.clock.monotonic();
  const facts = await readFacts(deps.ecs, { ...intent, groupIds: [intent.securityGroupId] }, { context, readAt });
  return facts.ok ? success(planFrom(intent, facts.value, deps)) : facts;
}

/** What a person has not seen yet: obstacles, openings and closings that were not in the plan they confirmed (rule V20). */
export function newObstacles(before: PlannedTarget, after: PlannedTarget): readonly Finding[] {
  const seen = new Set(before.findings.map((finding) => JSON.stringify(finding.because)));
  const matters = ({ severity, because }: Finding) => severity !== 'inform' || because.reason === 'opensToWorld' || because.reason === 'closes';
  return after.findings.filter((finding) => matters(finding) && !seen.has(JSON.stringify(finding.because)));
}

export type ConfirmLevel = 'always' | 'risky' | 'never';

/** Whether a plan is to be confirmed: several targets, openings to the world, something closed, an effect that could not be read, or warnings (setting `confirm`). */
export function needsConfirmation(plan: JoinPlan, level: ConfirmLevel): boolean {
  if (level !== 'risky') return level === 'always';
  const going = plan.planned.filter((target) => target.verdict === 'ready' || target.verdict === 'warn');
  return going.length > 1 || going.some(({ verdict, exposure }) => verdict === 'warn' || exposure.unknown || exposure.opens.length > 0 || exposure.closes.length > 0);
}
