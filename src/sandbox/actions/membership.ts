import type { ApiError, Outcome } from '../apiError.js';
import { jsonBody, visibleAt, type Call } from '../call.js';
import { refuseWrite } from '../permissions.js';
import type { RegionState, WorldState } from '../worldState.js';
import type { Facts, Lookup, MembershipRequest, MembershipRules, Rule, Target } from '../membershipFacts.js';
import { firstRefusal, LEAVE_RULES, MEMBERSHIP_RULES } from '../serviceRules.js';

/** Source: the JoinSecurityGroup page, EN id 59402222191. */
export function joinSecurityGroup(call: Call): Outcome {
  return change(call, call.rules.join, (groups, groupId) => [...groups, groupId]);
}

/** Source: the LeaveSecurityGroup page, EN id 59531902228. */
export function leaveSecurityGroup(call: Call): Outcome {
  return change(call, LEAVE_RULES, (groups, groupId) => groups.filter((id) => id !== groupId));
}

type Edit = (groups: readonly string[], groupId: string) => readonly string[];

function change(call: Call, rules: readonly Rule<Facts>[], edit: Edit): Outcome {
  const request = readRequest(call);
  const permit = (): ApiError | undefined => refuseWrite(call, [request.securityGroupId, request.instanceId, request.networkInterfaceId]);
  const facts = findFacts(request, call.world, { permit, rules: call.rules });
  if ('code' in facts) return { error: facts };
  const refusal = firstRefusal(rules, facts);
  if (refusal !== undefined) return { error: refusal };
  const { nic } = facts.target;
  facts.region.setGroups(nic, edit(nic.membership.current(), facts.group.id), visibleAt(call));
  return { body: jsonBody({ RequestId: call.requestId }) };
}

function readRequest({ params }: Call): MembershipRequest {
  return {
    securityGroupId: params.text('SecurityGroupId'),
    instanceId: params.text('InstanceId'),
    networkInterfaceId: params.text('NetworkInterfaceId'),
    regionId: params.text('RegionId'),
  };
}

interface FindOptions {
  /** Step 4; by default everything is permitted. */
  readonly permit?: () => ApiError | undefined;
  readonly rules?: MembershipRules;
}

/** The existing group and target of a request, or why it is refused before any of their facts matter. */
export function findFacts(request: MembershipRequest, world: WorldState, { permit, rules = MEMBERSHIP_RULES }: FindOptions = {}): Facts | ApiError {
  const unfit = firstRefusal(rules.request, request) ?? permit?.();
  if (unfit !== undefined) return unfit;
  const lookup = lookUp(request, world);
  const unknown = firstRefusal(rules.lookup, lookup);
  if (unknown !== undefined) return unknown;
  const { region, group, target } = lookup;
  if (region === undefined || group === undefined || target === undefined) throw new Error('The rules let an unknown resource through.');
  return { ...lookup, region, group, target };
}

function lookUp(request: MembershipRequest, world: WorldState): Lookup {
  const region = regionOf(request, world);
  return { request, world, region, group: region?.groups.get(request.securityGroupId ?? ''), target: region && targetIn(region, request) };
}

/**
 * "Instance joins may leave the region out": the endpoint decides then. There is one endpoint here for all
 * regions, so the instance decides, and for an unknown instance the group.
 */
function regionOf(request: MembershipRequest, world: WorldState): RegionState | undefined {
  if (request.regionId !== undefined) return world.region(request.regionId);
  return (world.find(request.instanceId ?? '') ?? world.find(request.securityGroupId ?? ''))?.region;
}

function targetIn(region: RegionState, request: MembershipRequest): Target | undefined {
  if (request.networkInterfaceId !== undefined) {
    const nic = region.enis.get(request.networkInterfaceId);
    return nic && { kind: 'eni', nic, host: region.instances.get(nic.instanceId) };
  }
  const instance = region.instances.get(request.instanceId ?? '');
  return instance && { kind: 'instance', instance, nic: instance.primary };
}
