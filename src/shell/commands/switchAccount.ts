import * as vscode from 'vscode';
import { forMessage } from '../../present/literal.js';
import { accountName } from '../accountNames.js';
import type { Services } from '../services.js';

const CHOICE = 'account';

/** The accounts that there are for now, in the order of the list. */
const ACCOUNTS = ['sandbox', 'env'] as const;

/** The account that was chosen last: in this workspace, else anywhere. */
export function chosenAccount(choices: Services['choices']): string | undefined {
  return choices.workspace.get<string>(CHOICE) ?? choices.everywhere.get<string>(CHOICE);
}

/** Chooses an account by its id, or asks which. */
export async function switchAccount(services: Services, [first]: readonly unknown[]): Promise<void> {
  const account = typeof first === 'string' ? first : await ask(services);
  if (account === undefined) return;
  if (!ACCOUNTS.some((known) => known === account)) {
    void vscode.window.showErrorMessage(vscode.l10n.t('There is no such account: {0}', forMessage(account.slice(0, 60))));
    return;
  }
  if (typeof first === 'string' && !(await agreed(services, account))) return;
  await services.choices.workspace.update(CHOICE, account);
  await services.choices.everywhere.update(CHOICE, account);
  services.session.choose(account);
  services.view.reset();
}

/**
 * A task of the workspace can call a command with arguments, so credentials chosen that way are agreed to by
 * the person first (law 11). Only the sandbox as the first account needs no word: it reaches nothing.
 */
async function agreed(services: Services, account: string): Promise<boolean> {
  const { account: current } = services.session;
  if (account === current || (account === 'sandbox' && current === undefined)) return true;
  const use = vscode.l10n.t('Use This Account');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('Switch ECS Explorer to another account: {0}?', accountName(account)), { modal: true }, use)) === use;
}

async function ask(services: Services): Promise<string | undefined> {
  const detail: Readonly<Record<(typeof ACCOUNTS)[number], string>> = {
    sandbox: vscode.l10n.t('A local stand-in of ECS on this machine: try everything without a cloud account'),
    env: vscode.l10n.t('AccessKey from ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
  };
  const items = ACCOUNTS.map((id) => ({
    id,
    label: `${id === 'sandbox' ? '$(beaker)' : '$(key)'} ${accountName(id)}`,
    description: services.session.account === id ? vscode.l10n.t('current') : '',
    detail: detail[id],
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Switch Account'), placeHolder: vscode.l10n.t('Choose an account') });
  return picked?.id;
}
