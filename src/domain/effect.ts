import { finding } from './commonRules.js';
import { ruleSign, type Exposure } from './exposure.js';
import type { Finding, Reason } from './finding.js';

/** Targets in the same groups share their exposure, and so what is said of it. */
const FINDINGS = new WeakMap<Exposure, readonly Finding[]>();

/** V21: what a change opens and closes, as findings that inform. */
export function effectFindings(exposure: Exposure): readonly Finding[] {
  const known = FINDINGS.get(exposure) ?? findingsOf(exposure);
  FINDINGS.set(exposure, known);
  return known;
}

function findingsOf(exposure: Exposure): readonly Finding[] {
  const inform = (because: Reason) => finding({ rule: 'V21', severity: 'inform', because });
  return [
    ...(exposure.opens.length > 0 ? [inform({ reason: 'opensToWorld', openings: exposure.opens.map(ruleSign) })] : []),
    ...(exposure.closes.length > 0 ? [inform({ reason: 'closes', drops: exposure.closes.map(ruleSign) })] : []),
    ...(exposure.loses.length > 0 ? [inform({ reason: 'noLongerLets', accepts: exposure.loses.map(ruleSign) })] : []),
    ...(exposure.releases.length > 0 ? [inform({ reason: 'noLongerDrops', drops: exposure.releases.map(ruleSign) })] : []),
    ...(exposure.membersReachEachOther ? [inform({ reason: 'membersReachEachOther' })] : []),
    ...(exposure.membersApart ? [inform({ reason: 'membersApart' })] : []),
    ...(exposure.unknown ? [inform({ reason: 'effectUnknown' })] : []),
  ];
}
