import { NEVER } from '../../../src/app/cancelSource.js';
import type { PlannedStep } from '../../../src/app/plan.js';
import { planJoin } from '../../unit/support/joinPlan.js';
import { FRESH_MS } from '../../../src/app/freshSteps.js';
import type { StepReport } from '../../../src/app/stepReport.js';
import { runPlan } from '../../unit/support/joinPlan.js';
import { verdictOf } from '../../../src/domain/finding.js';
import { ENI_STATUSES, INSTANCE_STATUSES, LOCK_REASONS } from '../../../src/sandbox/model.js';
import { pick, seeded, type Random } from '../../../src/sandbox/random.js';
import { VirtualClock } from '../../unit/support/virtualClock.js';
import { CONTEXT, valueOf } from '../support/cloudConnection.js';
import { control } from '../support/sandboxControl.js';
import { pairTrial, shuffled } from './pairTrials.js';
import { HERE, type TrueGroup, type TrueTarget, type TrueWorld } from './randomWorld.js';
import { saidBy, type Observation } from './trial.js';
import type { OpenWorld } from './worldRun.js';

/** One target between the plan and the join that follows it too late. */
export interface LateJoin {
  readonly before: PlannedStep;
  readonly change: Change;
  readonly report: StepReport;
  /** The rules on the facts that were read again, and the service's answer. */
  readonly observation: Observation;
}

export interface LateRun {
  readonly joins: readonly LateJoin[];
  /** Requests of JoinSecurityGroup that the service saw while the plan was carried out. */
  readonly received: number;
}

/** What another hand does, as the control verb `touch` takes it; undefined: nothing. */
type Change = Readonly<Record<string, unknown>> | undefined;

const TARGETS = 12;
const KINDS = ['nothing', 'status', 'status', 'lock', 'groups', 'join', 'delete'] as const;

function randomChange(random: Random, target: TrueTarget, { world, group }: { readonly world: TrueWorld; readonly group: TrueGroup }): Change {
  const resource = target.ref.id;
  const alike = world.groups.filter(({ network, advanced }) => network === target.network && advanced === target.advanced).map((other) => other.group.id);
  switch (pick(random, KINDS)) {
    case 'nothing':
      return undefined;
    case 'status':
      return { resource, status: pick(random, target.instance === undefined ? ENI_STATUSES : INSTANCE_STATUSES) };
    case 'lock':
      return target.instance === undefined ? undefined : { resource, lock: pick(random, [...LOCK_REASONS, null]) };
    case 'groups':
      return { resource, groups: shuffled(alike, random).slice(0, 1 + Math.floor(random() * 16)) };
    case 'join':
      return { resource, addGroup: group.group.id };
    case 'delete':
      return target.nic.type === 'Primary' && target.instance === undefined ? undefined : { resource, delete: true };
  }
}

/** Plans a dozen joins, lets another hand change some targets and the facts grow too old, and carries the plan out. */
export async function lateRun(open: OpenWorld, at: number): Promise<LateRun> {
  await control(open.sandbox, 'reset');
  const world = open.world();
  const random = seeded('late', open.name, at);
  const group = pick(random, world.groups.filter(({ role, network }) => role === 'plain' && network === 'main'));
  const targets = shuffled(world.targets.filter(({ network, advanced }) => network === group.network && advanced === group.advanced), random).slice(0, TARGETS);
  const clock = new VirtualClock();
  const deps = { ecs: open.ecs, clock, limits: { groupsPerInterface: world.setting }, accountId: world.data.accountId };
  const plan = valueOf(await planJoin({ regionId: HERE, securityGroupId: group.group.id, targets: targets.map(({ ref }) => ref) }, deps, CONTEXT));
  const changes = targets.map((target) => randomChange(random, target, { world, group }));
  for (const change of changes) if (change !== undefined) await control(open.sandbox, 'touch', change);
  clock.advance(FRESH_MS + 1);
  await control(open.sandbox, 'clearRequests');
  const report = await runPlan(plan, `late-${at}`, { ...deps, verifySeconds: 1, signal: NEVER });
  const { requests } = (await control(open.sandbox, 'requests', { action: 'JoinSecurityGroup' })) as { requests: readonly unknown[] };
  const joins: LateJoin[] = [];
  for (const [index, target] of report.steps.entries()) {
    const before = plan.planned[index];
    if (before !== undefined) joins.push({ before, change: changes[index], report: target, observation: await observed(open, { securityGroupId: group.group.id, before, report: target }) });
  }
  return { joins, received: requests.length };
}

/** What was sent has its answer; what was not is sent now, without asking the rules again. */
async function observed(open: OpenWorld, { securityGroupId, before, report }: { readonly securityGroupId: string; readonly before: PlannedStep; readonly report: StepReport }): Promise<Observation> {
  // That nobody has seen the new findings stops the product; it is nothing that the service would know of.
  const findings = report.findings.filter(({ rule }) => rule !== 'V20');
  const planned = { ...before, findings, verdict: verdictOf(findings) };
  const trial = { ...pairTrial({ securityGroupId }, planned, { key: 'ecs', world: open.world(), name: open.name }), edges: [], rules: saidBy(report.findings).rules };
  return { trial, code: report.sent ? (report.failure?.code ?? 'ok') : await trial.send(open) };
}

