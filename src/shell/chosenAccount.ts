import type { AccountId } from '../app/ports/accounts.js';
import type { Services } from './services.js';

const CHOICE = 'account';
const SHOWN = 'accounts';

/** The account that was chosen last: in this workspace, else anywhere. */
export function chosenAccount(choices: Services['choices']): AccountId | undefined {
  return choices.workspace.get<string>(CHOICE) ?? choices.everywhere.get<string>(CHOICE);
}

/** The accounts that are shown: the chosen one, and those that this workspace shows beside it. */
export function shownAccounts(choices: Services['choices'], preset: AccountId | undefined): readonly AccountId[] {
  const main = chosenAccount(choices) ?? preset;
  if (main === undefined) return [];
  const kept = choices.workspace.get<unknown>(SHOWN);
  const all = Array.isArray(kept) ? kept.filter((account): account is string => typeof account === 'string') : [];
  // Where another account was chosen meanwhile, as in another workspace, it is shown by itself.
  return all[0] === main ? all : [main];
}

/** Keeps which accounts are shown, the chosen one first; none takes the choice back. */
export async function keepAccounts({ workspace, everywhere }: Services['choices'], shown: readonly AccountId[]): Promise<void> {
  const [main] = shown;
  await workspace.update(SHOWN, shown.length > 1 ? shown : undefined);
  await workspace.update(CHOICE, main);
  await everywhere.update(CHOICE, main);
}

type Chooser = Pick<Services, 'choices' | 'accounts' | 'view'>;

/** Chooses one account, and shows what it has and no other. */
export async function chooseAccount({ choices, accounts, view }: Chooser, account: AccountId): Promise<void> {
  await keepAccounts(choices, [account]);
  accounts.main.choose(account);
  accounts.show([account]);
  view.reset();
}

/** Takes back every choice of an account that is to be no more; the choices of others stand, here and elsewhere. */
export async function forgetAccount({ choices, accounts, view }: Chooser, account: AccountId): Promise<void> {
  const { workspace, everywhere } = choices;
  for (const kept of [workspace, everywhere]) if (kept.get<string>(CHOICE) === account) await kept.update(CHOICE, undefined);
  if (!accounts.shown.includes(account)) return;
  const rest = accounts.shown.filter((shown) => shown !== account);
  const [main] = rest;
  await workspace.update(SHOWN, rest.length > 1 ? rest : undefined);
  if (main !== undefined) await workspace.update(CHOICE, main);
  accounts.show(rest);
  view.reset();
}
