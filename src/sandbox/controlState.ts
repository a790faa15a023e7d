import { anyText, flag, optional, orNull, text, texts, word, type Values } from './checks.js';
import { ENI_STATUSES, INSTANCE_STATUSES, LOCK_REASONS, type Eni } from './model.js';
import { findAnywhere, type Runtime } from './runtime.js';
import type { Found, RegionState } from './worldState.js';

const MAX_NAME = 5_000;
const MAX_GROUPS = 100;

/** What a verb reports, or why it cannot; `status` 404 is for what does not exist. */
export type Report = Readonly<Record<string, unknown>> | Refusal;

interface Refusal {
  readonly problem: string;
  readonly status: 400 | 404;
}

export function isRefusal(report: Report): report is Refusal {
  return 'problem' in report;
}

const absent = (what: string): Report => ({ problem: `no such ${what}`, status: 404 });
const wrong = (problem: string): Report => ({ problem, status: 400 });

/** What the service itself knows of a resource, whatever reads still show. */
export function describeState(runtime: Runtime, resource: string): Report {
  const found = findAnywhere(runtime, resource);
  return found === undefined ? absent(`resource: ${resource}`) : stateOf(found);
}

function stateOf(found: Found): Readonly<Record<string, unknown>> {
  const { kind, region } = found;
  const where = { resource: idOf(found), kind, regionId: region.regionId };
  if (kind === 'group') return { ...where, members: [...region.members(found.group.id)].map((eni) => eni.id) };
  if (kind === 'eni') return { ...where, status: found.eni.status, securityGroupIds: found.eni.membership.current() };
  const { status, locks, primary } = found.instance;
  return { ...where, status, locks, securityGroupIds: primary.membership.current() };
}

function idOf(found: Found): string {
  if (found.kind === 'instance') return found.instance.id;
  return found.kind === 'eni' ? found.eni.id : found.group.id;
}

/** What was asked to be changed; `lock: null` takes all locks away, `groups` replaces the whole list. */
export const TOUCH_FIELDS = {
  resource: text(),
  status: optional(text()),
  name: optional(anyText(MAX_NAME)),
  addGroup: optional(text()),
  removeGroup: optional(text()),
  groups: optional(texts(MAX_GROUPS)),
  lock: optional(orNull(word(LOCK_REASONS))),
  delete: optional(flag),
};

export type Touch = Values<typeof TOUCH_FIELDS>;

/**
 * Changes a resource by another hand: no rule of the service is asked but that one group always remains, and
 * reads show it at once. Nothing changes unless all of it can.
 */
export function touch(runtime: Runtime, change: Touch): Report {
  const found = findAnywhere(runtime, change.resource);
  if (found === undefined) return absent(`resource: ${change.resource}`);
  if (change.delete === true) return remove(found, change);
  const problem = unfit(found, change);
  if (problem !== undefined) return problem;
  apply(found, change);
  return stateOf(found);
}

/** Why a change cannot be, if it cannot. */
function unfit(found: Found, change: Touch): Report | undefined {
  const { status, lock, resource } = change;
  if (found.kind === 'group') {
    return changes(change, ['name']).length === 0 ? undefined : wrong(`a security group can only be renamed or deleted: ${resource}`);
  }
  if (found.kind === 'eni' && lock !== undefined) return wrong('only instances have locks');
  const statuses: readonly string[] = found.kind === 'instance' ? INSTANCE_STATUSES : ENI_STATUSES;
  if (status !== undefined && !statuses.includes(status)) return wrong(`no such status of this kind: ${status}`);
  return unfitGroups(found.region, change) ?? (groupsAfter(interfaceOf(found), change).length > 0 ? undefined : wrong(`it would be in no security group: ${resource}`));
}

/** What a request asks for, but for some fields. */
function changes(change: Touch, but: readonly string[]): readonly string[] {
  return Object.entries(change).flatMap(([name, value]) => (value === undefined || name === 'resource' || name === 'delete' || but.includes(name) ? [] : [name]));
}

/** The interface whose groups are meant: for an instance, its primary one. */
function interfaceOf(found: Exclude<Found, { kind: 'group' }>): Eni {
  return found.kind === 'instance' ? found.instance.primary : found.eni;
}

function unfitGroups(region: RegionState, { groups, addGroup, removeGroup }: Touch): Report | undefined {
  if (groups !== undefined && (addGroup ?? removeGroup) !== undefined) return wrong('"groups" replaces the whole list; it goes with neither "addGroup" nor "removeGroup"');
  if (addGroup !== undefined && addGroup === removeGroup) return wrong('"addGroup" and "removeGroup" are the same');
  const named = groups ?? (addGroup === undefined ? [] : [addGroup]);
  const unknown = named.find((id) => region.groups.get(id) === undefined);
  return unknown === undefined ? undefined : absent(`security group in ${region.regionId}: ${unknown}`);
}

function apply(found: Found, change: Touch): void {
  if (found.kind === 'group') {
    found.group.name = change.name ?? found.group.name;
    return;
  }
  const thing = found.kind === 'instance' ? found.instance : found.eni;
  thing.name = change.name ?? thing.name;
  thing.revision += 1;
  if (found.kind === 'instance') {
    found.instance.status = INSTANCE_STATUSES.find((known) => known === change.status) ?? found.instance.status;
    if (change.lock !== undefined) found.instance.locks = change.lock === null ? [] : [change.lock];
  } else {
    found.eni.status = ENI_STATUSES.find((known) => known === change.status) ?? found.eni.status;
  }
  if ((change.groups ?? change.addGroup ?? change.removeGroup) === undefined) return;
  found.region.setGroups(interfaceOf(found), groupsAfter(interfaceOf(found), change), undefined);
}

/** The groups that an interface is in when a change is made. */
function groupsAfter(eni: Eni, { groups, addGroup, removeGroup }: Touch): readonly string[] {
  const kept = eni.membership.current().filter((id) => id !== removeGroup && id !== addGroup);
  return [...new Set(groups ?? (addGroup === undefined ? kept : [...kept, addGroup]))];
}

/** A group's members leave it first, so it stays while one of them has no other; an instance takes its interfaces with it. */
function remove(found: Found, change: Touch): Report {
  if (changes(change, []).length > 0) return wrong('"delete" goes with no other change');
  if (found.kind === 'group') {
    const stuck = [...found.region.members(found.group.id)].find((eni) => eni.membership.current().length === 1);
    if (stuck !== undefined) return wrong(`it is the last security group of ${stuck.id}`);
    found.region.removeGroup(found.group);
  } else if (found.kind === 'instance') {
    found.region.removeInstance(found.instance);
  } else {
    if (found.eni.type === 'Primary') return wrong('a primary interface goes with its instance only');
    found.region.removeEni(found.eni);
  }
  return { resource: idOf(found), kind: found.kind, regionId: found.region.regionId, deleted: true };
}
