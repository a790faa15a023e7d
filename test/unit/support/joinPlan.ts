import { membershipIntent, planChanges, type Plan, type PlanDeps } from '../../../src/app/plan.js';
import type { RequestContext } from '../../../src/app/ports/ecs.js';
import { runOperation, type RunDeps } from '../../../src/app/runOperation.js';
import type { OperationReport } from '../../../src/app/stepReport.js';
import type { Result } from '../../../src/domain/failure.js';
import type { TargetRef } from '../../../src/domain/resources.js';
import { FakeDisk } from './fakeJournal.js';
import { FakeTurns } from './fakeTurns.js';

/** A plan to join targets to one group. */
export function planJoin(join: { readonly regionId: string; readonly securityGroupId: string; readonly targets: readonly TargetRef[] }, deps: PlanDeps, context: RequestContext): Promise<Result<Plan>> {
  return planChanges(membershipIntent('join', join.regionId, { securityGroupIds: [join.securityGroupId], targets: join.targets }), deps, context);
}

/** Carries a plan out one target after the other, with a journal in memory and turns that come at once. */
export function runPlan(plan: Plan, operationId: string, deps: PlanDeps & Pick<RunDeps, 'verifySeconds' | 'signal'>): Promise<OperationReport> {
  const owner = { operationId, account: 'test', identity: { key: 'test' } };
  return runOperation(plan, { ...deps, owner, journal: new FakeDisk().window('w-1'), turns: new FakeTurns(deps.clock), concurrentWrites: 1 });
}
