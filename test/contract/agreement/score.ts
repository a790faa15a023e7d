import { RULE_IDS } from '../../../src/domain/finding.js';
import { disagreement, type Observation } from './trial.js';

/** How often each rule spoke, each code came, and each bound was met with the answer that it must get. */
export type Hits = ReadonlyMap<string, number>;

export const EDGES = [
  'V15: one group below the limit, accepted',
  'V15: at the limit, refused',
  'V16: 1,000 rules, accepted',
  'V16: 1,001 rules, refused',
  'V17: the last places of a basic group, accepted',
  'V17: one address too many for a basic group, refused',
  'V17: the last place of an advanced group, accepted',
  'V17: one interface too many for an advanced group, refused',
] as const;
export type Edge = (typeof EDGES)[number];

/** Rules that a join can break; the others are of leaving and replacing only. */
const JOIN_RULES = RULE_IDS.filter((id) => id !== 'V23' && id !== 'V24');

/** The codes of JoinSecurityGroup that depend on request and state: its page's, but Conflict and InternalError, and those that older pages and all operations have. */
export const CODES = [
  'ok',
  'MissingParameter',
  'InvalidParam.EniIdAndInstanceId.Conflict',
  'MissingParameter.RegionId',
  'InvalidInstanceId.Malformed',
  'InvalidParam.Malformed',
  'Forbidden.RAM',
  'InvalidRegionId.NotFound',
  'InvalidSecurityGroupId.NotFound',
  'InvalidInstanceId.NotFound',
  'InvalidEniId.NotFound',
  'NotBelongUser',
  'InvalidOperation.EniAndGroupNotBelongSameUser',
  'InvalidOperation.ResourceManagedByCloudProduct',
  'InvalidOperation.EniServiceManaged',
  'Forbidden.InstanceIsBeingCreated',
  'InvalidStatus.EniOrInstanceIsBeingCreated',
  'InvalidOperation.InvalidEniType',
  'InvalidOperation.InvalidEniState',
  'IncorrectInstanceStatus',
  'InstanceLockedForSecurity',
  'InvalidInstanceId.Mismatch',
  'InvalidOperation.VpcMismatch',
  'InvalidInstanceId.AlreadyExists',
  'InvalidOperation.MultiGroupType',
  'InvalidOperation.NotSupportEnterpriseGroup',
  'InstanceSecurityGroupLimitExceeded',
  'SecurityGroupInstanceLimitExceeded',
  'InvalidOperation.NetworkInterfaceCountExceeded',
  'AclLimitExceed',
] as const;

/** Everything that one observation is a hit of. */
export function labelsOf({ trial, code }: Observation): readonly string[] {
  return [...trial.rules, code, ...trial.edges.filter((edge) => edge.code === code).map(({ name }) => name)];
}

export function countHits(observations: readonly Observation[]): Hits {
  const hits = new Map<string, number>();
  for (const label of observations.flatMap(labelsOf)) hits.set(label, (hits.get(label) ?? 0) + 1);
  return hits;
}

/** What a whole run needs: so many hits of every rule of a join, every code and every bound. */
export function wholeRun(enough: number): Hits {
  return new Map([...JOIN_RULES, ...CODES, ...EDGES].map((label) => [label, enough]));
}

/** Why a run does not pass: the first contradiction, else what was not met often enough. */
export function complaints(observations: readonly Observation[], needed: Hits): readonly string[] {
  const contradictions = observations.flatMap((observation) => disagreement(observation) ?? []);
  if (contradictions.length > 0) return contradictions;
  const hits = countHits(observations);
  return [...needed].filter(([label, enough]) => (hits.get(label) ?? 0) < enough).map(([label, enough]) => `${label}: ${hits.get(label) ?? 0} hits of ${enough}`);
}

/** The hits as a table of two columns, with what the verdicts came to. */
export function hitTable(observations: readonly Observation[], needed: Hits): string {
  const hits = countHits(observations);
  const row = (name: string, count: number): string => `  ${name.padEnd(60)}${String(count).padStart(6)}`;
  const outcomes = new Map<string, number>();
  for (const { trial, code } of observations) {
    const outcome = `${trial.verdict}, ${code === 'ok' ? 'accepted' : trial.predicted.includes(code) ? 'refused as predicted' : 'refused for what is hidden'}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  return ['Rules, codes and bounds, and how often each was met', ...[...needed.keys()].map((label) => row(label, hits.get(label) ?? 0)), 'Verdicts and answers', ...[...outcomes].sort().map(([name, count]) => row(name, count)), ''].join('\n');
}
