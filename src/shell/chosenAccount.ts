import type { AccountId } from '../app/ports/accounts.js';
import type { Services } from './services.js';

const CHOICE = 'account';

/** The account that was chosen last: in this workspace, else anywhere. */
export function chosenAccount(choices: Services['choices']): AccountId | undefined {
  return choices.workspace.get<string>(CHOICE) ?? choices.everywhere.get<string>(CHOICE);
}

/** Keeps a choice, and shows what the account has. */
export async function chooseAccount({ choices, session, view }: Pick<Services, 'choices' | 'session' | 'view'>, account: AccountId): Promise<void> {
  await choices.workspace.update(CHOICE, account);
  await choices.everywhere.update(CHOICE, account);
  session.choose(account);
  view.reset();
}

/** Takes back every choice of an account that is to be no more; the choice of another one stands, here and elsewhere. */
export async function forgetAccount({ choices, session, view }: Pick<Services, 'choices' | 'session' | 'view'>, account: AccountId): Promise<void> {
  for (const kept of [choices.workspace, choices.everywhere]) if (kept.get<string>(CHOICE) === account) await kept.update(CHOICE, undefined);
  if (session.account !== account) return;
  session.choose(undefined);
  view.reset();
}
