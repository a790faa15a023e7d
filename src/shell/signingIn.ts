import { addAccessKey } from './commands/addAccessKey.js';
import { removeAccessKey } from './commands/removeAccessKey.js';
import { switchAccount } from './commands/switchAccount.js';

/** Entry of the bundle `dist/signingIn.js`: everything about which account is used, loaded when the first such command runs. */
export const signingIn = { switchAccount, addAccessKey, removeAccessKey } as const;
