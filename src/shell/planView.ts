import type { Plan } from '../app/plan.js';
import type { ChangeEffects } from '../domain/exposure/changeEffects.js';
import { displayName, type SecurityGroup } from '../domain/resources.js';
import type { GroupNames, PlanView } from '../present/planText.js';

/** Names of groups by id, for texts. */
export function groupNames(groups: ReadonlyMap<string, SecurityGroup>): GroupNames {
  return new Map([...groups].map(([id, group]) => [id, displayName(group)]));
}

/** A plan as its texts need it. */
export function planView(plan: Plan, about: { readonly account: string; readonly remarks?: readonly string[] | undefined; readonly effects?: ChangeEffects }): PlanView {
  const { kind, regionId, planned, groups } = plan;
  return {
    kind,
    account: about.account,
    regionId,
    groupNames: groupNames(groups),
    steps: planned.map(({ ref, change, target, verdict, findings }) => ({ ref, change, verdict, findings, name: target === undefined ? undefined : displayName(target) })),
    ...(about.remarks === undefined ? {} : { remarks: about.remarks }),
    ...(about.effects === undefined ? {} : { effects: about.effects }),
  };
}
