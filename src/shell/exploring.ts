import { filter, clearFilter } from './commands/filter.js';
import { copyRamPolicy } from './commands/copyRamPolicy.js';
import { find } from './commands/find.js';
import { findRegionsInUse } from './commands/findRegionsInUse.js';
import { groupBy } from './commands/groupBy.js';
import { selectRegions } from './commands/selectRegions.js';

/**
 * What a person does to find their way in the tree, in a bundle of its own (`dist/exploring.js`): loaded when one of
 * these commands is run, not when the tree is looked at.
 */
export const exploring = { clearFilter, copyRamPolicy, filter, find, findRegionsInUse, groupBy, selectRegions };
