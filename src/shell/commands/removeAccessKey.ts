import * as vscode from 'vscode';
import { forMessage, forPick } from '../../present/literal.js';
import { forgetAccount } from '../chosenAccount.js';
import type { Services } from '../services.js';

/** Remove AccessKey…: takes a key out of the editor's secret storage, with what was kept of its account's lists. */
export async function removeAccessKey(services: Services, [first]: readonly unknown[]): Promise<void> {
  const names = await services.keys.names();
  if (names.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('VS Code keeps no AccessKey for ECS Explorer.'));
    return;
  }
  const name = typeof first === 'string' && names.includes(first) ? first : await pick(names);
  if (name === undefined) return;
  const remove = vscode.l10n.t('Remove');
  const detail = vscode.l10n.t('The key itself stays valid: delete it in the RAM console where it is not needed any more. What was kept of its lists is removed as well.');
  if ((await vscode.window.showWarningMessage(vscode.l10n.t('Remove this AccessKey from VS Code: {0}?', forMessage(name)), { modal: true, detail }, remove)) !== remove) return;
  const account = `key:${name}`;
  // Before the key goes: whose lists they are follows from it.
  const connected = await services.directory.connect(account);
  await forgetAccount(services, account);
  await services.keys.remove(name);
  if (connected.ok) await services.forgetLists(connected.value.identity);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('ECS: the AccessKey was removed'), 5000);
}

async function pick(names: readonly string[]): Promise<string | undefined> {
  const items = names.map((name) => ({ label: `$(key) ${forPick(name)}`, name }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove AccessKey'), placeHolder: vscode.l10n.t('Which one?') }))?.name;
}
