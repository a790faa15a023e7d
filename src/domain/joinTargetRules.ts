import type { Finding } from './finding.js';
import type { Instance, NetworkInterface } from './resources.js';

/** Rules about a target alone, whatever the group. */

/** States that JoinSecurityGroup's page allows, and those that pass by themselves. */
const JOINABLE_STATES = new Set(['Running', 'Stopped']);
const PASSING_STATES = new Set(['Pending', 'Starting', 'Stopping']);
const STATE_CODES = ['IncorrectInstanceStatus', 'Forbidden.InstanceIsBeingCreated', 'InvalidStatus.EniOrInstanceIsBeingCreated'];

/** V6: the instance is Running or Stopped (JoinSecurityGroup page). A state newer than this code only warns. */
function instanceState({ status }: Instance): readonly Finding[] {
  const base = { rule: 'V6', codes: STATE_CODES, evidence: 'documented' } as const;
  if (status === undefined) return [{ ...base, severity: 'warn', because: { reason: 'missingFact', fact: 'status' } }];
  if (JOINABLE_STATES.has(status)) return [];
  const passing = PASSING_STATES.has(status);
  return [{ ...base, severity: passing ? 'block' : 'warn', because: { reason: 'instanceState', state: status, passing } }];
}

/** V11: a security lock refuses the call; other locks do not, as far as the appendix of 2021 tells. */
function locks({ locks: found }: Instance): readonly Finding[] {
  return found.map(({ reason }) => {
    if (reason.toLowerCase() === 'security') {
      return { rule: 'V11', severity: 'block', codes: ['InstanceLockedForSecurity'], evidence: 'documented', because: { reason: 'securityLock' } };
    }
    return { rule: 'V11', severity: 'warn', codes: ['InstanceLockedForSecurity'], evidence: 'inferred', because: { reason: 'otherLock', lock: reason } };
  });
}

const ACCEPTED_ENI_STATES = new Set(['Available', 'InUse']);

/** V7: concluded from sibling operations that document exactly these two states, so it warns. */
function interfaceState({ status }: NetworkInterface): readonly Finding[] {
  const base = {
    rule: 'V7',
    severity: 'warn',
    codes: ['InvalidOperation.InvalidEniState', 'InvalidStatus.EniOrInstanceIsBeingCreated'],
    evidence: 'inferred',
  } as const;
  if (status === undefined) return [{ ...base, because: { reason: 'missingFact', fact: 'interfaceStatus' } }];
  return ACCEPTED_ENI_STATES.has(status) ? [] : [{ ...base, because: { reason: 'interfaceState', state: status } }];
}

/** V8: a primary interface shares its instance's groups; which types are refused, no page says. */
function interfaceType({ type, instanceId }: NetworkInterface): readonly Finding[] {
  const base = { rule: 'V8', severity: 'warn', codes: ['InvalidOperation.InvalidEniType'], evidence: 'inferred' } as const;
  if (type === undefined) return [{ ...base, because: { reason: 'missingFact', fact: 'interfaceType' } }];
  if (type === 'Secondary') return [];
  if (type === 'Primary') return [{ ...base, because: { reason: 'primaryInterface', instanceId } }];
  return [{ ...base, because: { reason: 'interfaceType', type } }];
}

/** V9: an interface that a cloud product manages refuses every write (JoinSecurityGroup page). */
function interfaceUnmanaged({ serviceManaged }: NetworkInterface): readonly Finding[] {
  const base = { rule: 'V9', codes: ['InvalidOperation.EniServiceManaged'], evidence: 'documented' } as const;
  if (serviceManaged === undefined) return [{ ...base, severity: 'warn', because: { reason: 'missingFact', fact: 'managedInterface' } }];
  return serviceManaged ? [{ ...base, severity: 'block', because: { reason: 'managedInterface' } }] : [];
}

export const INSTANCE_RULES: readonly ((target: Instance) => readonly Finding[])[] = [instanceState, locks];
export const ENI_RULES: readonly ((target: NetworkInterface) => readonly Finding[])[] = [interfaceState, interfaceType, interfaceUnmanaged];
