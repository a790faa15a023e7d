import * as v from 'valibot';
import type { Explorer } from '../app/explore.js';
import { readTargets } from '../app/facts.js';
import { codeOf, type OperationReport } from '../app/stepReport.js';
import { clientFailure, type Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { idProblem, regionHint } from '../domain/ids.js';
import { judgeArguments, targetOf } from '../domain/joinArguments.js';
import type { Outcome } from '../domain/outcome.js';
import type { TargetRef } from '../domain/resources.js';
import { reasonLines } from '../present/planText.js';
import { failureSentence } from '../present/reportText.js';
import { stepMessage } from './report.js';
import type { Services } from './services.js';

/** What the commands take from a keybinding, a task or another extension (design, section 3). */
const WHERE = { account: v.optional(v.string()), regionId: v.optional(v.string()) };
const TARGET = { instanceId: v.optional(v.string()), networkInterfaceId: v.optional(v.string()) };
const MEMBERSHIP = v.object({ ...WHERE, ...TARGET, securityGroupId: v.string(), targets: v.optional(v.pipe(v.array(v.object(TARGET)), v.maxLength(10_000))) });
const REPLACEMENT = v.object({ ...WHERE, ...TARGET, securityGroupIds: v.pipe(v.array(v.string()), v.maxLength(100)) });

export type MembershipArguments = v.InferOutput<typeof MEMBERSHIP>;
export type ReplacementArguments = v.InferOutput<typeof REPLACEMENT>;

interface ReportedTarget {
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  /** Of a join or leave. */
  readonly securityGroupId?: string;
  /** Of a replacement. */
  readonly securityGroupIds?: readonly string[];
  readonly outcome: Outcome;
  readonly sent: boolean;
  readonly code?: string;
  readonly requestId?: string;
  readonly message: string;
}

/** The report that a call by argument resolves to; it never rejects. */
export interface ArgumentReport {
  readonly outcome: Outcome;
  readonly sent: boolean;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly serviceMessage?: string;
  readonly requestId?: string;
  readonly message: string;
  readonly targets: readonly ReportedTarget[];
}

/** The arguments, or undefined when the value is something else. */
export function parseMembership(value: unknown): MembershipArguments | undefined {
  const parsed = v.safeParse(MEMBERSHIP, value);
  return parsed.success ? parsed.output : undefined;
}

export function parseReplacement(value: unknown): ReplacementArguments | undefined {
  const parsed = v.safeParse(REPLACEMENT, value);
  return parsed.success ? parsed.output : undefined;
}

const NAMES = ['securityGroupId', 'securityGroupIds', 'instanceId', 'networkInterfaceId', 'targets', 'regionId'];

/** Whether the value was meant as arguments, so that wrong ones are refused and no picker opens. */
export function meantAsArguments(value: unknown): boolean {
  return typeof value === 'object' && value !== null && NAMES.some((name) => name in value) && !('kind' in value);
}

export type Wanted = { readonly ok: true; readonly targets: readonly TargetRef[] } | { readonly ok: false; readonly findings: readonly Finding[] };

/** The targets that the arguments name, or the findings of rules V1 to V3 that forbid going on. */
export function wantedTargets(asked: MembershipArguments): Wanted {
  const { regionId, securityGroupId, instanceId, networkInterfaceId } = asked;
  const one = { instanceId, networkInterfaceId };
  const named = instanceId !== undefined || networkInterfaceId !== undefined || asked.targets === undefined;
  const all = [...(asked.targets ?? []), ...(named ? [one] : [])];
  if (all.length === 0) return { ok: false, findings: judgeArguments({ securityGroupId }) };
  const findings = all.flatMap((target) => judgeArguments({ regionId, securityGroupId, ...target }));
  if (findings.some(({ severity }) => severity === 'block')) return { ok: false, findings };
  const refs = new Map(all.map((target) => targetOf({ securityGroupId, ...target })).map((ref) => [ref.id, ref]));
  return { ok: true, targets: [...refs.values()] };
}

/** The one target of a replacement; an empty list of groups, or an empty id in it, is refused like a missing group. */
export function wantedReplacement(asked: ReplacementArguments): Wanted {
  const { regionId, instanceId, networkInterfaceId, securityGroupIds } = asked;
  const securityGroupId = securityGroupIds.find((id) => idProblem(id, 'securityGroup') !== undefined) ?? securityGroupIds[0] ?? '';
  return wantedTargets({ regionId, instanceId, networkInterfaceId, securityGroupId });
}

/** A refusal before anything was sent, with the documented code. */
export function refusedByRule(services: Services, asked: Partial<MembershipArguments & ReplacementArguments>, findings: readonly Finding[]): ArgumentReport {
  const code = findings.flatMap(({ codes }) => codes)[0];
  const message = reasonLines(findings, services.language).join(' ');
  const common = { outcome: 'refused', sent: false, message, ...(code === undefined ? {} : { code }) } as const;
  const { securityGroupId, securityGroupIds, instanceId, networkInterfaceId } = asked;
  const ids = {
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(networkInterfaceId === undefined ? {} : { networkInterfaceId }),
    ...(securityGroupId === undefined ? {} : { securityGroupId }),
    ...(securityGroupIds === undefined ? {} : { securityGroupIds }),
  };
  return { ...common, targets: [{ ...ids, ...common }] };
}

/** A failure before or instead of a change: nothing was sent. */
export function notSent(services: Services, failure: Failure): ArgumentReport {
  const { code, httpStatus, serviceMessage, requestId } = failure;
  return {
    outcome: 'notSent',
    sent: false,
    message: services.log.clean(failureSentence(failure, services.language)),
    code,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(serviceMessage === undefined ? {} : { serviceMessage: services.log.clean(serviceMessage) }),
    ...(requestId === undefined ? {} : { requestId }),
    targets: [],
  };
}

/** The operation's report in the shape for callers. */
export function argumentReport(services: Services, report: OperationReport): ArgumentReport {
  const targets = report.steps.map((step): ReportedTarget => {
    const { ref, change, outcome, sent, requestId } = step;
    const code = codeOf(step);
    return {
      ...(ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }),
      ...(change.kind === 'replace' ? { securityGroupIds: change.after } : { securityGroupId: change.securityGroupId }),
      outcome,
      sent,
      ...(code === undefined ? {} : { code }),
      ...(requestId === undefined ? {} : { requestId }),
      message: stepMessage(services, report, step),
    };
  });
  const worst = report.steps.findIndex(({ outcome }) => outcome === report.outcome);
  const failure = report.steps[worst]?.failure;
  const httpStatus = report.steps[worst]?.httpStatus;
  const { code, requestId, message = '' } = targets[worst] ?? {};
  return {
    outcome: report.outcome,
    sent: report.sent,
    ...(code === undefined ? {} : { code }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(failure?.serviceMessage === undefined ? {} : { serviceMessage: services.log.clean(failure.serviceMessage) }),
    ...(requestId === undefined ? {} : { requestId }),
    message,
    targets,
  };
}

/**
 * The region of an instance that was named without one: where its id's code hints first, then the shown
 * regions one after the other.
 */
export async function findRegion(explorer: Explorer, targets: readonly TargetRef[]): Promise<string | Failure> {
  const regions = await explorer.regions();
  if (regions.failure !== undefined) return regions.failure;
  const hint = regionHint(targets[0]?.id ?? '');
  const shown = regions.items.map(({ id }) => id);
  const order = hint === undefined || !shown.includes(hint) ? shown : [hint, ...shown.filter((id) => id !== hint)];
  let failure: Failure | undefined;
  for (const regionId of order) {
    const read = await readTargets(explorer.scope.connection.ecs, { regionId, targets }, { signal: explorer.scope.signal });
    if (read.ok && read.value.size > 0) return regionId;
    // One region that fails leaves the others to be looked at (law 2).
    if (!read.ok) failure ??= read.failure;
  }
  return failure ?? clientFailure('Client.NotListed', { operation: 'DescribeInstances', detail: `Looked in ${order.join(', ')}` });
}
