import type { AccountId } from '../app/ports/accounts.js';
import type { Services } from './services.js';

const CHOICE = 'account';

/** The account that was chosen last: in this workspace, else anywhere. */
export function chosenAccount(choices: Services['choices']): AccountId | undefined {
  return choices.workspace.get<string>(CHOICE) ?? choices.everywhere.get<string>(CHOICE);
}

/** Keeps a choice, and shows what the account has; undefined takes the choice back. */
export async function chooseAccount({ choices, session, view }: Pick<Services, 'choices' | 'session' | 'view'>, account: AccountId | undefined): Promise<void> {
  await choices.workspace.update(CHOICE, account);
  await choices.everywhere.update(CHOICE, account);
  session.choose(account);
  view.reset();
}
