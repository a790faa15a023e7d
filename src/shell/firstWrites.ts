import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Connection, Identity } from '../app/ports/accounts.js';
import type { Services } from './services.js';

const KEY = 'identitiesThatWrote';
const KEYS = v.fallback(v.array(v.string()), []);
/** More identities than anybody has; the oldest are asked about once more. */
const MOST = 200;

/** Whether this identity of the cloud has never been agreed to for a change: then it is asked, whatever the setting says. */
export function isFirstWrite({ choices }: Pick<Services, 'choices'>, { sandbox }: Pick<Connection, 'sandbox'>, { key }: Identity): boolean {
  return !sandbox && !v.parse(KEYS, choices.everywhere.get(KEY) ?? []).includes(key);
}

/** Remembers that the person has agreed to a change under this identity. */
export async function rememberWrite({ choices }: Pick<Services, 'choices'>, { key }: Identity): Promise<void> {
  const known = v.parse(KEYS, choices.everywhere.get(KEY) ?? []);
  if (!known.includes(key)) await choices.everywhere.update(KEY, [...known, key].slice(-MOST));
}

/** What the first confirmation says of whose change it will be. */
export function firstWriteRemarks({ accountId, principalId }: Identity): readonly string[] {
  const who =
    accountId === undefined
      ? vscode.l10n.t('The service has not said whose keys these are.')
      : vscode.l10n.t('Account number {0}, principal {1}', accountId, principalId ?? accountId);
  return [vscode.l10n.t('This is the first change under these credentials. Look whether they are those you mean.'), who];
}
