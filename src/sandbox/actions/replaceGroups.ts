import { apiError, type ApiError, type Outcome } from '../apiError.js';
import { jsonBody, visibleAt, type Call } from '../call.js';
import type { Rule } from '../membershipFacts.js';
import type { Group } from '../model.js';
import type { Params } from '../params.js';
import { refuseWrite } from '../permissions.js';
import type { ReplaceLookup, Replacement, ReplaceRequest } from '../replacement.js';
import { firstRefusal } from '../serviceRules.js';
import type { RegionState } from '../worldState.js';

/** What the two operations that replace a list of groups do not share. */
export interface Replacing<F extends Replacement> {
  readonly request: ReplaceRequest;
  readonly region: RegionState | undefined;
  /** The groups of the list that exist. */
  readonly groups: readonly Group[];
  /** Absent where the target is not found. */
  readonly facts: F | undefined;
  readonly requestRules: readonly Rule<ReplaceRequest>[];
  readonly lookupRules: readonly Rule<ReplaceLookup>[];
  readonly rules: readonly Rule<F>[];
}

/** Parameters of every operation that say nothing about groups. */
const COMMON = ['RegionId', 'OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount'];

/** The rest of what these operations can change is not played here; to take it and not do it would be a lie. */
export function refuseOtherParameters(params: Params, known: readonly string[]): ApiError | undefined {
  const other = params.entries().find(([name]) => ![...COMMON, ...known].includes(name.replace(/\.\d+$/, '')));
  return other && apiError(400, 'UnsupportedParameter', `The sandbox changes nothing but groups here; it does not know the parameter "${other[0]}".`);
}

/** The groups of a request's list that a region has. */
export function groupsOf({ groupIds }: ReplaceRequest, region: RegionState | undefined): readonly Group[] {
  return groupIds.flatMap((id) => region?.groups.get(id) ?? []);
}

/** Steps 3 to 17, and the change. */
export function replaceGroups<F extends Replacement>(call: Call, replacing: Replacing<F>): Outcome {
  const { request, region, groups, facts } = replacing;
  const early =
    firstRefusal(replacing.requestRules, request) ??
    refuseWrite(call, [request.targetId, ...request.groupIds]) ??
    firstRefusal(replacing.lookupRules, { request, region, found: facts !== undefined, groups });
  if (early !== undefined) return { error: early };
  if (facts === undefined) throw new Error('The rules let an unknown resource through.');
  const done = { body: jsonBody({ RequestId: call.requestId }) };
  // "Empty list: not changed": then the groups' rules have nothing to say either.
  if (request.groupIds.length === 0) return done;
  const refusal = firstRefusal(replacing.rules, facts);
  if (refusal !== undefined) return { error: refusal };
  facts.region.setGroups(facts.nic, request.groupIds, visibleAt(call));
  return done;
}
