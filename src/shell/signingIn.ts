import { addAccessKey } from './commands/addAccessKey.js';
import { removeAccessKey } from './commands/removeAccessKey.js';
import { switchAccount } from './commands/switchAccount.js';

/** Entry of the bundle `dist/signingIn.js`: choosing one account, and the AccessKeys that are typed; loaded when the first such command runs. */
export const signingIn = { switchAccount, addAccessKey, removeAccessKey } as const;
