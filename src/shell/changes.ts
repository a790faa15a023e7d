import { copyOperationAs } from './commands/copyAs.js';
import { dropOnto, join, joinResources, leave } from './commands/membership.js';
import { replace } from './commands/replace.js';
import { retryFailed, undo } from './commands/undo.js';

/**
 * Everything that changes memberships, in a bundle of its own (`dist/changes.js`): pickers, rules, plans and the
 * carrying out of operations are loaded when the first change is wanted, not when the tree is looked at.
 */
export const changes = { copyOperationAs, dropOnto, join, joinResources, leave, replace, retryFailed, undo };
