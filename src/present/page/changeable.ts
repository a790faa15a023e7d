import type { JoinTarget } from '../../domain/resources.js';

/**
 * Whether joining and leaving is offered: a primary interface shares the groups of its instance, and one that a cloud
 * product manages can't be changed (rules V8 and V9); a page of either says where to go instead.
 */
export function canChange(resource: JoinTarget): boolean {
  return resource.kind === 'instance' || (resource.type !== 'Primary' && resource.serviceManaged !== true);
}
