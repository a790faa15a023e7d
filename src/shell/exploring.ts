import { checkAccess } from './commands/checkAccess.js';
import { copyId, copyIp, copyName } from './commands/copy.js';
import { explainErrorCode } from './commands/explainErrorCode.js';
import { openInConsole } from './commands/openInConsole.js';
import { pin, unpin } from './commands/pin.js';
import { chooseWorld, resetSandbox } from './commands/sandbox.js';
import { viewJson } from './commands/viewJson.js';
import { filter, clearFilter } from './commands/filter.js';
import { copyRamPolicy } from './commands/copyRamPolicy.js';
import { find } from './commands/find.js';
import { findRegionsInUse } from './commands/findRegionsInUse.js';
import { groupBy } from './commands/groupBy.js';
import { selectRegions } from './commands/selectRegions.js';
import { showAccounts } from './commands/showAccounts.js';
import { loadAll, loadMore, refresh, refreshRow } from './commands/tree.js';
import { toggleReadOnly } from './guards.js';

/**
 * What a person does to find their way in the tree, and to say of which accounts it is, in a bundle of its own (`dist/exploring.js`): loaded when one of
 * these commands is run, not when the tree is looked at.
 */
export const exploring = {
  checkAccess, chooseWorld, clearFilter, copyId, copyIp, copyName, copyRamPolicy, explainErrorCode, filter, find, findRegionsInUse,
  groupBy, loadAll, loadMore, openInConsole, pin, refresh, refreshRow, resetSandbox, selectRegions, showAccounts, toggleReadOnly, unpin, viewJson,
} as const;
