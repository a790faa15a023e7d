import { optional, orNull, text, word } from './checks.js';
import { ENI_STATUSES, INSTANCE_STATUSES, LOCK_REASONS, type Eni, type EniStatus, type Instance, type InstanceStatus, type LockReason } from './model.js';
import type { Runtime } from './runtime.js';
import type { Found, RegionState } from './worldState.js';

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
  const found = runtime.world.find(resource);
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

/** `lock: null` takes all locks away. */
export const TOUCH_FIELDS = {
  resource: text(),
  status: optional(text()),
  addGroup: optional(text()),
  removeGroup: optional(text()),
  lock: optional(orNull(word(LOCK_REASONS))),
};

export interface Touch {
  readonly resource: string;
  readonly status: string | undefined;
  readonly addGroup: string | undefined;
  readonly removeGroup: string | undefined;
  readonly lock: LockReason | null | undefined;
}

/** Changes a resource by another hand: no rule is asked, and reads show it at once. Nothing changes unless all of it can. */
export function touch(runtime: Runtime, change: Touch): Report {
  const found = runtime.world.find(change.resource);
  if (found === undefined) return absent(`resource: ${change.resource}`);
  if (found.kind === 'group') return wrong(`only instances and network interfaces can be touched: ${change.resource}`);
  const status = readStatus(found.kind, change.status);
  if (status === 'unknown') return wrong(`no such status of this kind: ${change.status ?? ''}`);
  if (change.addGroup !== undefined && found.region.groups.get(change.addGroup) === undefined) {
    return absent(`security group in ${found.region.regionId}: ${change.addGroup}`);
  }
  if (change.lock !== undefined && found.kind === 'eni') return wrong('only instances have locks');
  if (found.kind === 'instance') touchInstance(found.instance, status.instance, change.lock);
  else touchEni(found.eni, status.eni);
  touchGroups(found.region, found.kind === 'instance' ? found.instance.primary : found.eni, change);
  return stateOf(found);
}

interface StatusChange {
  readonly instance?: InstanceStatus | undefined;
  readonly eni?: EniStatus | undefined;
}

function readStatus(kind: 'instance' | 'eni', status: string | undefined): StatusChange | 'unknown' {
  if (status === undefined) return {};
  const instance = INSTANCE_STATUSES.find((known) => known === status);
  const eni = ENI_STATUSES.find((known) => known === status);
  const fits = kind === 'instance' ? instance : eni;
  return fits === undefined ? 'unknown' : { instance, eni };
}

function touchInstance(instance: Instance, status: InstanceStatus | undefined, lock: LockReason | null | undefined): void {
  if (status !== undefined) instance.status = status;
  if (lock !== undefined) instance.locks = lock === null ? [] : [lock];
  instance.revision += 1;
}

function touchEni(eni: Eni, status: EniStatus | undefined): void {
  if (status !== undefined) eni.status = status;
  eni.revision += 1;
}

function touchGroups(region: RegionState, eni: Eni, { addGroup, removeGroup }: Touch): void {
  if (addGroup === undefined && removeGroup === undefined) return;
  const kept = eni.membership.current().filter((id) => id !== removeGroup && id !== addGroup);
  region.setGroups(eni, addGroup === undefined ? kept : [...kept, addGroup], undefined);
}
