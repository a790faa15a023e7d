import { success, type Result } from '../domain/failure.js';
import type { Resource, ResourceKind } from '../domain/resources.js';
import { readTargets } from './facts.js';
import type { Ecs, RequestContext } from './ports/ecs.js';

/** Asks for one resource by its id. Undefined where it is not listed for this account, which does not mean that there is none (law 12). */
export async function readResource(ecs: Ecs, of: { readonly kind: ResourceKind; readonly id: string; readonly regionId: string }, context: RequestContext): Promise<Result<Resource | undefined>> {
  const { kind, id, regionId } = of;
  if (kind === 'securityGroup') {
    const page = await ecs.listSecurityGroups({ regionId, ids: [id] }, context);
    return page.ok ? success(page.value.items.find((group) => group.id === id)) : page;
  }
  const read = await readTargets(ecs, { regionId, targets: [{ kind, id }] }, context);
  return read.ok ? success(read.value.get(id)) : read;
}
