import * as vscode from 'vscode';
import { forMessage } from '../../present/literal.js';
import { chooseAccount } from '../chosenAccount.js';
import { askInSteps, type InputStep } from '../inputSteps.js';
import type { Services } from '../services.js';

const LONGEST_NAME = 64;
/** What a header can carry; see the cloud room, which refuses the same. */
const KEY = /^[\x21-\x7e]+$/;

/** Add AccessKey…: keeps a key in the editor's secret storage, and shows what its account has. */
export async function addAccessKey(services: Services): Promise<void> {
  const names = await services.keys.names();
  const typed = await askInSteps(vscode.l10n.t('Add AccessKey'), steps(names));
  if (typed === undefined) return;
  const [name = '', accessKeyId = '', accessKeySecret = '', securityToken = ''] = typed;
  services.log.hide(accessKeySecret);
  if (securityToken !== '') services.log.hide(securityToken);
  await services.keys.add(name, { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) });
  await chooseAccount(services, `key:${name}`);
}

function steps(names: readonly string[]): readonly InputStep[] {
  return [
    { prompt: vscode.l10n.t('A name for this account, as you will see it in lists'), placeholder: vscode.l10n.t('For example: production, read only'), flaw: (text) => nameFlaw(text, names) },
    { prompt: vscode.l10n.t('AccessKey ID. It is kept encrypted by VS Code on this machine and never synced'), placeholder: 'LTAI…', flaw: (text) => keyFlaw(text) },
    { prompt: vscode.l10n.t('AccessKey secret'), isSecret: true, flaw: (text) => keyFlaw(text) },
    { prompt: vscode.l10n.t('STS token, for temporary keys only. Press Enter to leave it empty'), isSecret: true, flaw: (text) => (text === '' ? undefined : keyFlaw(text)) },
  ];
}

function nameFlaw(name: string, names: readonly string[]): string | undefined {
  if (name === '') return vscode.l10n.t('Type a name.');
  if (name.length > LONGEST_NAME) return vscode.l10n.t('A name has at most {0} characters.', LONGEST_NAME);
  if (names.includes(name)) return vscode.l10n.t('There is an AccessKey of this name already: {0}', forMessage(name));
  return undefined;
}

function keyFlaw(text: string): string | undefined {
  if (text === '') return vscode.l10n.t('It must not be empty.');
  return KEY.test(text) ? undefined : vscode.l10n.t('It has a space or a character that no key has. Copy it anew.');
}
