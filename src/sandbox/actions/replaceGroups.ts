import { apiError, type ApiError, type Outcome } from '../apiError.js';
import { jsonBody, visibleAt, type Call } from '../call.js';
import type { Rule } from '../membershipFacts.js';
import type { Params } from '../params.js';
import { refuseWrite } from '../permissions.js';
import type { ReplaceLookup, Replacement, ReplaceRequest } from '../replacement.js';
import { firstRefusal } from '../serviceRules.js';
import type { RegionState } from '../worldState.js';

/** What the two operations that replace a list of groups do not share. */
export interface Replacing<F extends Replacement> {
  readonly request: ReplaceRequest;
  readonly region: RegionState | undefined;
  /** The target with its facts, but for the groups. */
  readonly target: Omit<F, 'groups'> | undefined;
  readonly requestRules: readonly Rule<ReplaceRequest>[];
  readonly lookupRules: readonly Rule<ReplaceLookup>[];
  join(target: Omit<F, 'groups'>, groups: Replacement['groups']): F;
  readonly rules: readonly Rule<F>[];
}

/** Parameters of every operation that say nothing about groups. */
const COMMON = ['RegionId', 'OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount'];

/** The rest of what these operations can change is not played here; to take it and not do it would be a lie. */
export function refuseOtherParameters(params: Params, known: readonly string[]): ApiError | undefined {
  const other = params.entries().find(([name]) => ![...COMMON, ...known].includes(name.replace(/\.\d+$/, '')));
  return other && apiError(400, 'UnsupportedParameter', `The sandbox changes nothing but groups here; it does not know the parameter "${other[0]}".`);
}

/** Steps 3 to 17, and the change. */
export function replaceGroups<F extends Replacement>(call: Call, replacing: Replacing<F>): Outcome {
  const { request, region, target } = replacing;
  const groups = request.groupIds.flatMap((id) => region?.groups.get(id) ?? []);
  const early =
    firstRefusal(replacing.requestRules, request) ??
    refuseWrite(call, [request.targetId, ...request.groupIds]) ??
    firstRefusal(replacing.lookupRules, { request, region, found: target !== undefined, groups });
  if (early !== undefined) return { error: early };
  if (target === undefined || region === undefined) throw new Error('The rules let an unknown resource through.');
  const done = { body: jsonBody({ RequestId: call.requestId }) };
  // "Empty list: not changed": then the groups' rules have nothing to say either.
  if (request.groupIds.length === 0) return done;
  const facts = replacing.join(target, groups);
  const refusal = firstRefusal(replacing.rules, facts);
  if (refusal !== undefined) return { error: refusal };
  region.setGroups(facts.nic, request.groupIds, visibleAt(call));
  return done;
}
