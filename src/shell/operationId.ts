import { operationOfNode } from './activityView.js';
import type { Services } from './services.js';

/** The operation that a command is about: an id from a message, or a row of the Activity view. */
export function operationIdOf(services: Services, first: unknown): string | undefined {
  if (typeof first === 'string') return first;
  return services.activity.isNode(first) ? operationOfNode(first).operation.id : undefined;
}
