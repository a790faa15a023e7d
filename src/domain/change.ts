import type { TargetRef } from './resources.js';

/** What is to become of the security groups of one target. */
export type Change =
  | { readonly kind: 'join'; readonly securityGroupId: string }
  | { readonly kind: 'leave'; readonly securityGroupId: string }
  /** The whole list at once. `before` is the list that the person saw; when it is another one by then, nothing is sent. */
  | { readonly kind: 'replace'; readonly before: readonly string[]; readonly after: readonly string[] };

export type ChangeKind = Change['kind'];

/** One change of one target: what is judged, sent, read back, journaled and undone as one. */
export interface Step {
  readonly ref: TargetRef;
  readonly change: Change;
}

/** Whether two lists name the same groups; their order means nothing to the service. */
export function sameGroups(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((id) => right.has(id));
}

/** The groups of a target once the change is made. */
export function groupsAfter(change: Change, groups: readonly string[]): readonly string[] {
  switch (change.kind) {
    case 'join':
      return groups.includes(change.securityGroupId) ? groups : [...groups, change.securityGroupId];
    case 'leave':
      return groups.filter((id) => id !== change.securityGroupId);
    case 'replace':
      return change.after;
  }
}

/**
 * What a target's groups tell of a change: that it is made, that it is not, or, of a replacement only, that the
 * list is neither the old one nor the new one, so that somebody else has written since.
 */
export function lookOf(change: Change, groups: readonly string[]): 'present' | 'absent' | 'other' {
  switch (change.kind) {
    case 'join':
      return groups.includes(change.securityGroupId) ? 'present' : 'absent';
    case 'leave':
      return groups.includes(change.securityGroupId) ? 'absent' : 'present';
    case 'replace':
      if (sameGroups(groups, change.after)) return 'present';
      return sameGroups(groups, change.before) ? 'absent' : 'other';
  }
}

/** The change that takes this one back. */
export function inverseOf(change: Change): Change {
  switch (change.kind) {
    case 'join':
      return { kind: 'leave', securityGroupId: change.securityGroupId };
    case 'leave':
      return { kind: 'join', securityGroupId: change.securityGroupId };
    case 'replace':
      return { kind: 'replace', before: change.after, after: change.before };
  }
}

/** The groups that a change is about: the one of a join or leave, those that a replacement adds or takes away. */
export function changedGroups(change: Change): readonly string[] {
  if (change.kind !== 'replace') return [change.securityGroupId];
  const { before, after } = change;
  return [...after.filter((id) => !before.includes(id)), ...before.filter((id) => !after.includes(id))];
}
