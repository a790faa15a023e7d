import { copyOperationAs } from './commands/copyAs.js';
import { changeNamed, dropOnto, join, joinResources, leave } from './commands/membership.js';
import { chooseComparison } from './comparisonPicker.js';
import { replace, replaceNamed } from './commands/replace.js';
import { retryFailed, undo } from './commands/undo.js';

/**
 * Everything that changes memberships, in a bundle of its own (`dist/changes.js`): pickers, rules, plans and the
 * carrying out of operations are loaded when the first change is wanted, not when the tree is looked at.
 */
export const changes = { changeNamed, chooseComparison, copyOperationAs, dropOnto, join, joinResources, leave, replace, replaceNamed, retryFailed, undo };
