import * as v from 'valibot';
import type { JoinReport } from '../app/runJoin.js';
import type { Explorer } from '../app/explore.js';
import { readTargets } from '../app/facts.js';
import { clientFailure, type Failure } from '../domain/failure.js';
import type { Finding } from '../domain/finding.js';
import { regionHint } from '../domain/ids.js';
import { judgeArguments, targetOf } from '../domain/joinArguments.js';
import type { Outcome } from '../domain/outcome.js';
import type { SecurityGroup, TargetRef } from '../domain/resources.js';
import { reasonLines } from '../present/planText.js';
import { failureSentence } from '../present/reportText.js';
import type { Services } from './services.js';
import { targetMessage } from './report.js';

/** What the command takes from a keybinding, a task or another extension (design, section 3). */
const TARGET = v.object({ instanceId: v.optional(v.string()), networkInterfaceId: v.optional(v.string()) });
const ARGUMENTS = v.object({
  account: v.optional(v.string()),
  regionId: v.optional(v.string()),
  securityGroupId: v.string(),
  instanceId: v.optional(v.string()),
  networkInterfaceId: v.optional(v.string()),
  targets: v.optional(v.pipe(v.array(TARGET), v.maxLength(10_000))),
});

export type AskedByArgument = v.InferOutput<typeof ARGUMENTS>;

/** The report that a call by argument resolves to; it never rejects. */
export interface ArgumentReport {
  readonly outcome: Outcome;
  readonly sent: boolean;
  readonly code?: string;
  readonly httpStatus?: number;
  readonly serviceMessage?: string;
  readonly requestId?: string;
  readonly message: string;
  readonly targets: readonly {
    readonly instanceId?: string;
    readonly networkInterfaceId?: string;
    readonly securityGroupId: string;
    readonly outcome: Outcome;
    readonly sent: boolean;
    readonly code?: string;
    readonly requestId?: string;
    readonly message: string;
  }[];
}

/** The arguments, or undefined when the value is something else: a tree node, nothing at all. */
export function parseArguments(value: unknown): AskedByArgument | undefined {
  const parsed = v.safeParse(ARGUMENTS, value);
  return parsed.success ? parsed.output : undefined;
}

/** Whether the value was meant as arguments, so that wrong ones are refused and no picker opens. */
export function meantAsArguments(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ['securityGroupId', 'instanceId', 'networkInterfaceId', 'targets', 'regionId'].some((name) => name in value) && !('kind' in value);
}

type Wanted = { readonly ok: true; readonly targets: readonly TargetRef[] } | { readonly ok: false; readonly findings: readonly Finding[] };

/** The targets that the arguments name, or the findings of rules V1 to V3 that forbid going on. */
export function wantedTargets(asked: AskedByArgument): Wanted {
  const { regionId, securityGroupId, instanceId, networkInterfaceId } = asked;
  const one = { instanceId, networkInterfaceId };
  const named = instanceId !== undefined || networkInterfaceId !== undefined || asked.targets === undefined;
  const all = [...(asked.targets ?? []), ...(named ? [one] : [])];
  if (all.length === 0) return { ok: false, findings: judgeArguments({ securityGroupId }) };
  const findings = all.flatMap((target) => judgeArguments({ regionId, securityGroupId, ...target }));
  if (findings.some(({ severity }) => severity === 'block')) return { ok: false, findings };
  const refs = all.map((target) => targetOf({ securityGroupId, ...target }));
  return { ok: true, targets: refs.filter((ref, index) => refs.findIndex((other) => other.id === ref.id) === index) };
}

/** A refusal before anything was sent, with the documented code. */
export function refusedByRule(services: Services, asked: AskedByArgument, findings: readonly Finding[]): ArgumentReport {
  const code = findings.flatMap(({ codes }) => codes)[0];
  const message = reasonLines(findings, services.language).join(' ');
  const common = { outcome: 'refused', sent: false, message, ...(code === undefined ? {} : { code }) } as const;
  const { securityGroupId, instanceId, networkInterfaceId } = asked;
  const ids = { ...(instanceId === undefined ? {} : { instanceId }), ...(networkInterfaceId === undefined ? {} : { networkInterfaceId }) };
  return { ...common, targets: [{ ...ids, securityGroupId, ...common }] };
}

/** A failure before or instead of a join: nothing was sent. */
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
export function argumentReport(services: Services, report: JoinReport, group: SecurityGroup | undefined): ArgumentReport {
  const targets = report.targets.map((target) => {
    const code = target.failure?.code ?? (target.sent ? undefined : target.findings.find(({ severity }) => severity === 'block')?.codes[0]);
    return {
      ...(target.ref.kind === 'instance' ? { instanceId: target.ref.id } : { networkInterfaceId: target.ref.id }),
      securityGroupId: report.securityGroupId,
      outcome: target.outcome,
      sent: target.sent,
      ...(code === undefined ? {} : { code }),
      ...(target.requestId === undefined ? {} : { requestId: target.requestId }),
      message: targetMessage(services, report, target, group),
    };
  });
  const worst = report.targets.findIndex(({ outcome }) => outcome === report.outcome);
  const failure = report.targets[worst]?.failure;
  const httpStatus = report.targets[worst]?.httpStatus;
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
  const regions = await explorer.list({ list: 'regions' }).first();
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
