/** The preflight rules, numbered as in the documentation of the project (README, "How a join is validated"). */
export const RULE_IDS = [
  'V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11',
  'V12', 'V13', 'V14', 'V15', 'V16', 'V17', 'V18', 'V19', 'V20', 'V21', 'V22',
  'V23', 'V24',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

/**
 * - `block`: a document makes the service's refusal certain; nothing is sent.
 * - `nothingToDo`: what is asked for is already so.
 * - `warn`: refusal or a surprise is likely, or a fact is missing; the person may try anyway.
 * - `inform`: worth knowing, no obstacle.
 */
export type Severity = 'block' | 'nothingToDo' | 'warn' | 'inform';

/** What a rule found, with the values that its sentence names. */
export type Reason =
  | { readonly reason: 'bothIds' }
  | { readonly reason: 'noTarget' }
  | { readonly reason: 'interfaceWithoutRegion' }
  | { readonly reason: 'malformedId'; readonly id: string; readonly problem: 'empty' | 'characters' | 'length' | 'otherKind' }
  | { readonly reason: 'targetNotListed'; readonly id: string; readonly regionId: string }
  | { readonly reason: 'groupNotListed'; readonly id: string; readonly regionId: string }
  | { readonly reason: 'instanceState'; readonly state: string; readonly passing: boolean }
  | { readonly reason: 'interfaceState'; readonly state: string }
  | { readonly reason: 'hostBeingCreated'; readonly instanceId: string }
  | { readonly reason: 'primaryInterface'; readonly instanceId: string | undefined }
  | { readonly reason: 'interfaceType'; readonly type: string }
  | { readonly reason: 'managedInterface' }
  | { readonly reason: 'managedGroup' }
  | { readonly reason: 'securityLock' }
  | { readonly reason: 'otherLock'; readonly lock: string }
  | { readonly reason: 'otherNetworkType'; readonly target: 'vpc' | 'classic'; readonly group: 'vpc' | 'classic' }
  | { readonly reason: 'otherVpc'; readonly targetVpc: string; readonly groupVpc: string }
  | { readonly reason: 'alreadyMember' }
  | { readonly reason: 'notMember' }
  | { readonly reason: 'lastGroup' }
  | { readonly reason: 'noGroups' }
  | { readonly reason: 'sameGroups' }
  | { readonly reason: 'listChanged'; readonly groups: readonly string[] }
  | { readonly reason: 'mixedTypes' }
  | { readonly reason: 'typeChanges'; readonly to: 'basic' | 'advanced' }
  | { readonly reason: 'classicTarget' }
  | { readonly reason: 'changedElsewhere' }
  | { readonly reason: 'otherGroupType'; readonly group: 'basic' | 'advanced'; readonly current: 'basic' | 'advanced' }
  | { readonly reason: 'groupsUnreadable'; readonly ids: readonly string[] }
  | { readonly reason: 'tooManyGroups'; readonly current: number; readonly ceiling: number }
  | { readonly reason: 'groupLimit'; readonly current: number; readonly limit: number }
  | { readonly reason: 'ruleTotal'; readonly total: number; readonly limit: number }
  | { readonly reason: 'ruleTotalNear'; readonly total: number; readonly limit: number }
  | { readonly reason: 'ruleTotalUnknown'; readonly ids: readonly string[] }
  | { readonly reason: 'groupFull'; readonly need: number; readonly available: number }
  | { readonly reason: 'advancedGroupSupport'; readonly instanceType: string }
  | { readonly reason: 'otherOwner'; readonly owner: string; readonly account: string }
  | { readonly reason: 'changedSincePlan' }
  | { readonly reason: 'opensToWorld'; readonly openings: readonly string[] }
  | { readonly reason: 'closes'; readonly drops: readonly string[] }
  | { readonly reason: 'noLongerLets'; readonly accepts: readonly string[] }
  | { readonly reason: 'noLongerDrops'; readonly drops: readonly string[] }
  | { readonly reason: 'membersReachEachOther' }
  | { readonly reason: 'membersApart' }
  | { readonly reason: 'effectUnknown' }
  | { readonly reason: 'controllerOwned'; readonly controller: 'autoScaling' | 'kubernetes'; readonly name: string }
  | { readonly reason: 'missingFact'; readonly fact: FactName };

/** Facts that a rule needed and the answer did not carry. */
export type FactName = 'status' | 'network' | 'groups' | 'interfaceType' | 'groupType' | 'interfaceStatus' | 'managedInterface' | 'managedGroup';

export type ReasonName = Reason['reason'];

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Error codes of which the service would answer one. */
  readonly codes: readonly string[];
  /** Whether a page states the rule or we conclude it. */
  readonly evidence: 'documented' | 'inferred';
  readonly because: Reason;
}

export type Verdict = 'ready' | 'warn' | 'nothingToDo' | 'blocked';

/** One word for all findings: being a member already outranks every obstacle to becoming one. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const has = (severity: Severity) => findings.some((finding) => finding.severity === severity);
  if (has('nothingToDo')) return 'nothingToDo';
  if (has('block')) return 'blocked';
  return has('warn') ? 'warn' : 'ready';
}

/** The findings that decided the verdict, gravest first, for a line that has room for few. */
export function decisive(findings: readonly Finding[]): readonly Finding[] {
  const verdict = verdictOf(findings);
  const severity: Readonly<Record<Verdict, Severity>> = { nothingToDo: 'nothingToDo', blocked: 'block', warn: 'warn', ready: 'inform' };
  return findings.filter((finding) => finding.severity === severity[verdict]);
}
