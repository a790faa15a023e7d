import type { Tag } from './resources.js';

/** A controller that puts a resource back into the shape it wants, so that a change by hand may not last. */
export interface Controller {
  readonly controller: 'autoScaling' | 'kubernetes';
  /** Scaling group or cluster, as far as the tag names it. */
  readonly name: string;
}

/** Tags that Auto Scaling and Container Service put on what they own. */
const OWNER_TAGS: readonly { readonly key: string; readonly controller: Controller['controller'] }[] = [
  { key: 'acs:autoscaling:scalingGroupId', controller: 'autoScaling' },
  { key: 'ack.aliyun.com', controller: 'kubernetes' },
];

/** Who may revert a change to a resource with these tags (rule V22). */
export function controllerOf(tags: readonly Tag[]): Controller | undefined {
  for (const { key, controller } of OWNER_TAGS) {
    const tag = tags.find((candidate) => candidate.key === key);
    if (tag !== undefined) return { controller, name: tag.value };
  }
  return undefined;
}
