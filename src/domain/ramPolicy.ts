import { deniedActionOf, troubleKind } from './accountTrouble.js';
import type { Failure } from './failure.js';

/** Resources as RAM names them. */
type RamKind = 'instance' | 'eni' | 'securitygroup' | 'prefixlist';

/** How much a policy allows: to look around, to join and leave as well, or also to replace whole lists of groups. */
const POLICY_LEVELS = ['browse', 'membership', 'everything'] as const;
export type PolicyLevel = (typeof POLICY_LEVELS)[number];

interface RamAction {
  readonly level: PolicyLevel;
  /** What it is granted on; none where the service publishes nothing about it, so that it is granted on everything. */
  readonly on: readonly RamKind[];
}

/**
 * Every action that this extension calls. Sources: the RAM tables of the operations' pages; that an interface is named
 * `eni` in a join is concluded (ECS facts 1.3). DescribeRegions publishes no RAM data. GetCallerIdentity needs no permission.
 */
const RAM_ACTIONS: Readonly<Record<string, RamAction>> = {
  DescribeRegions: { level: 'browse', on: [] },
  DescribeInstances: { level: 'browse', on: ['instance'] },
  DescribeNetworkInterfaces: { level: 'browse', on: ['eni'] },
  DescribeSecurityGroups: { level: 'browse', on: ['securitygroup'] },
  DescribeSecurityGroupAttribute: { level: 'browse', on: ['securitygroup'] },
  DescribeSecurityGroupReferences: { level: 'browse', on: ['securitygroup'] },
  DescribePrefixListAttributes: { level: 'browse', on: ['prefixlist'] },
  JoinSecurityGroup: { level: 'membership', on: ['instance', 'eni', 'securitygroup'] },
  LeaveSecurityGroup: { level: 'membership', on: ['instance', 'eni', 'securitygroup'] },
  ModifyInstanceAttribute: { level: 'everything', on: ['instance', 'securitygroup'] },
  ModifyNetworkInterfaceAttribute: { level: 'everything', on: ['eni', 'securitygroup'] },
};

/** What a RAM policy allows: an action on resources of one region, whatever the account. */
export interface PolicyRequest {
  /** The denied action as the service named it, such as `ecs:JoinSecurityGroup`. */
  readonly action: string;
  /** `*` for all. */
  readonly regionId: string;
  readonly instanceId?: string;
  readonly networkInterfaceId?: string;
  readonly securityGroupIds?: readonly string[];
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

function policyOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '1', Statement: statements }, undefined, 2);
}

function arn(regionId: string, kind: RamKind, id = '*'): string {
  return `acs:ecs:${regionId}:*:${kind}/${id}`;
}

function tableEntry(action: string): RamAction | undefined {
  const name = action.replace(/^ecs:/, '');
  return Object.hasOwn(RAM_ACTIONS, name) ? RAM_ACTIONS[name] : undefined;
}

/**
 * The least RAM policy that allows one denied call: on the resources that it named, else on those that the action is
 * granted on.
 */
export function ramPolicy(request: PolicyRequest): string {
  const { action, regionId, instanceId, networkInterfaceId, securityGroupIds = [] } = request;
  const parts: readonly (readonly [RamKind, string | undefined])[] = [['instance', instanceId], ['eni', networkInterfaceId], ...securityGroupIds.map((id) => ['securitygroup', id] as const)];
  const named = parts.flatMap(([kind, id]) => (id === undefined ? [] : [arn(regionId, kind, id)]));
  const general = (tableEntry(action)?.on ?? []).map((kind) => arn(regionId, kind));
  const resources = [named, general, ['*']].find(({ length }) => length > 0) ?? [];
  return policyOf([{ Effect: 'Allow', Action: [action], Resource: resources }]);
}

/** What a permission refusal asks for; undefined for every other failure. */
export function missingPermission(failure: Failure, place: Omit<PolicyRequest, 'action'>): PolicyRequest | undefined {
  const action = troubleKind(failure.code) === 'denied' ? deniedActionOf(failure) : undefined;
  return action === undefined ? undefined : { action, ...place };
}

/** The levels from the least on, each with its actions. */
export function policyChoices(): readonly { readonly level: PolicyLevel; readonly actions: readonly string[] }[] {
  return POLICY_LEVELS.map((level) => ({ level, actions: actionsOf(level) }));
}

/** Those of the lesser levels among them. */
function actionsOf(level: PolicyLevel): readonly string[] {
  const highest = POLICY_LEVELS.indexOf(level);
  return Object.entries(RAM_ACTIONS).flatMap(([name, action]) => (POLICY_LEVELS.indexOf(action.level) <= highest ? [`ecs:${name}`] : []));
}

/** The least RAM policy with which this extension can do so much, in one region or with `*` in all; actions on the same resources stand together. */
export function extensionPolicy(level: PolicyLevel, regionId: string): string {
  const together = new Map<string, string[]>();
  for (const action of actionsOf(level)) {
    const resources = (tableEntry(action)?.on ?? []).map((kind) => arn(regionId, kind));
    const key = JSON.stringify(resources.length === 0 ? ['*'] : resources);
    together.set(key, [...(together.get(key) ?? []), action]);
  }
  return policyOf([...together].map(([resources, actions]) => ({ Effect: 'Allow', Action: actions, Resource: JSON.parse(resources) as readonly string[] })));
}

/** On what an action has to be granted, for a sentence: `instance, eni, securitygroup`; empty where that is not known. */
export function grantedOn(action: string): readonly string[] {
  return tableEntry(action)?.on ?? [];
}
