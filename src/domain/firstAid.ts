import type { FixAction } from './catalogueEntry.js';
import { decisive, type Finding, type ReasonName } from './finding.js';

/** The action that most likely mends what a rule found; reasons that are not listed have none. */
const FIX_OF: Readonly<Partial<Record<ReasonName, FixAction>>> = {
  targetNotListed: 'pickAnotherTarget',
  groupNotListed: 'pickAnotherGroup',
  instanceState: 'checkAgain',
  interfaceState: 'checkAgain',
  primaryInterface: 'pickAnotherTarget',
  managedInterface: 'pickAnotherTarget',
  managedGroup: 'pickAnotherGroup',
  securityLock: 'openConsole',
  otherNetworkType: 'pickAnotherGroup',
  otherVpc: 'pickAnotherGroup',
  otherGroupType: 'pickAnotherGroup',
  tooManyGroups: 'openConsole',
  groupLimit: 'openQuota',
  ruleTotal: 'pickAnotherGroup',
  groupFull: 'pickAnotherGroup',
  changedSincePlan: 'checkAgain',
};

/** The first action that mends one of the findings that decided. */
export function fixOfFindings(findings: readonly Finding[]): FixAction {
  return decisive(findings).map(({ because }) => FIX_OF[because.reason]).find((fix) => fix !== undefined) ?? 'none';
}
