import { clientFailure, failed, type Result } from '../../domain/failure.js';
import type { ResourceKind } from '../../domain/resources.js';
import type { Clock } from '../ports/clock.js';
import type { Ecs, RequestContext } from '../ports/ecs.js';
import type { Details } from '../../domain/details.js';
import { readGroupDetails } from './groupDetails.js';
import { readTargetDetails } from './targetDetails.js';

/** What a details page is about. */
export interface DetailsOf {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly regionId: string;
  /** Groups to compare with: read like those that a target is in. Of a group's page there is nothing to compare. */
  readonly alsoGroups?: readonly string[];
}

export interface DetailsDeps {
  readonly context: RequestContext;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Reads all that a details page tells, in as few round trips as what names what allows: three for a target, two for
 * a group. The resource itself decides whether there is a page: undefined where it is not listed any more. Any other
 * part that can't be read is a failure in its own place, with the rest there (law 2); none of them is read without end.
 */
export async function readDetails(ecs: Ecs, of: DetailsOf, { context, clock }: DetailsDeps): Promise<Result<Details | undefined>> {
  const { kind, id, regionId, alsoGroups = [] } = of;
  // As old as the oldest answer in it.
  const [reads, readAt] = [{ ecs, regionId, context }, clock.now()];
  const details = kind === 'securityGroup' ? await readGroupDetails(reads, id, readAt) : await readTargetDetails(reads, { kind, id, alsoGroups }, readAt);
  return context.signal.aborted ? failed(clientFailure('Client.Cancelled')) : details;
}
