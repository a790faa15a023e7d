import { notChecked, type Checklist, type Claim } from './claims.js';

/** What reading cannot settle, and why nobody should settle it with this program. */
const OPEN: readonly (Claim & { readonly why: string })[] = [
  { name: 'join-primary-interface', source: 'open point 1', expected: 'InvalidOperation.InvalidEniType', why: 'needs a join that is refused, or that is not' },
  { name: 'join-interface-twice', source: 'open point 1', expected: 'InvalidInstanceId.AlreadyExists', why: 'needs a second join' },
  { name: 'ram-interface', source: 'open point 2', expected: 'joins of interfaces need the resource eni', why: 'needs a user with a policy made for it' },
  { name: 'replace-interface-type', source: 'open point 2', expected: 'an interface keeps its type of groups', why: 'needs a write that replaces all groups' },
  { name: 'group-limit', source: 'open point 3', expected: '5 or 10', why: 'needs joins until one is refused; groups-per-interface tells what reading can' },
  { name: 'order-of-checks', source: 'open point 4', expected: 'the order of facts 8', why: 'needs joins that are refused for several reasons' },
  { name: 'throttle-numbers', source: 'open point 5', expected: '1,000 joins a minute', why: "would use up the account's quota, which others live on" },
  { name: 'conflict', source: 'open point 6', expected: '409 InvalidOperation.Conflict', why: 'needs two writes at once' },
  { name: 'wrong-signature', source: 'facts 3.5', expected: 'SignatureDoesNotMatch', why: 'looks like an attack and could lock the key, so it is never sent' },
  { name: 'wrong-key', source: 'facts 3.5', expected: 'InvalidAccessKeyId.NotFound', why: 'as for the signature' },
  { name: 'wrong-clock', source: 'facts 3.5', expected: 'InvalidTimeStamp.Expired', why: 'as for the signature' },
];

export async function addOpenPoints(checklist: Checklist): Promise<void> {
  for (const { why, ...claim } of OPEN) await checklist.check(claim, () => notChecked(why));
}
