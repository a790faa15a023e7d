import type { Explorer, ListKey } from '../../app/explore.js';
import { isSame } from '../../app/mergedItems.js';
import type { Details } from '../../domain/details.js';
import type { JoinTarget, Resource } from '../../domain/resources.js';

const LIST_OF = { instance: 'instances', networkInterface: 'networkInterfaces', securityGroup: 'securityGroups' } as const;

/** Whether a list of the tree knows the resource of a page otherwise than the page does, or has found it gone. */
export function isListedOtherwise({ resource }: Details, explorer: Pick<Explorer, 'list'>, key: ListKey): boolean {
  if (key.list !== LIST_OF[resource.kind] || key.regionId !== resource.regionId) return false;
  const { items, gone } = explorer.list(key).state;
  const listed = (items as readonly Resource[]).find(({ id }) => id === resource.id);
  return listed !== undefined && (gone?.has(listed.id) === true || !isSame(listed, resource));
}

/** What may start, stop, be attached or detached on the page of a target. */
export function targetsOn(details: Details | undefined): readonly JoinTarget[] {
  if (details?.about !== 'target') return [];
  const { resource, interfaces, host } = details;
  const all = [resource, ...(interfaces.ok ? interfaces.value : []), ...(host.ok && host.value !== undefined ? [host.value] : [])];
  return [...new Map(all.map((target) => [target.id, target] as const)).values()];
}

/** Whether a target was read otherwise than the page knows it. */
export function isOtherwise(details: Details, read: JoinTarget): boolean {
  return targetsOn(details).some((known) => known.id === read.id && !isSame(known, read));
}
