import * as vscode from 'vscode';
import type { AccountEntry } from '../../app/ports/accounts.js';
import { explain } from '../../domain/explain.js';
import { forPick } from '../../present/literal.js';
import { modeName, SOURCE_ICON } from '../../present/sourceText.js';
import type { Language } from '../../domain/text.js';
import { accountName } from '../accountNames.js';
import { failureRows } from '../choiceRows.js';
import { pickSeveral, type PickItem } from '../pick.js';
import type { Services } from '../services.js';
import { keepAccounts } from '../chosenAccount.js';

/** Lets the person tick the accounts to show side by side, as roots of the tree; kept in this workspace. */
export async function showAccounts(services: Services): Promise<void> {
  const { accounts, directory, choices, language, view } = services;
  const ticked = new Set(accounts.shown);
  const picked = await pickSeveral<AccountEntry>({
    title: vscode.l10n.t('Show Several Accounts'),
    placeholder: vscode.l10n.t('Tick the accounts to show in the tree'),
    canGoBack: false,
    several: 'always',
    keyOf: ({ id }) => id,
    ticked: ({ id }) => ticked.has(id),
    fill: async (show) => {
      const { entries, failures } = await directory.list();
      show([...entries.map((entry) => rowOf(entry, language)), ...failures.flatMap((failure) => failureRows<AccountEntry>(failure, language))]);
    },
  });
  if (picked.kind !== 'picked') return;
  const ids = picked.value.map(({ id }) => id);
  // The chosen account stays the first as long as it is among them.
  const main = accounts.main.account;
  const shown = main !== undefined && ids.includes(main) ? [main, ...ids.filter((id) => id !== main)] : ids;
  await keepAccounts(choices, shown);
  accounts.show(shown);
  view.rearrange();
}

/** What is known of the account without asking anybody. */
function rowOf(entry: AccountEntry, language: Language): PickItem<AccountEntry> {
  const { id, kind, mode, regionId, failure } = entry;
  const about = [mode === undefined ? undefined : modeName(mode, language), regionId === undefined ? undefined : forPick(regionId)].filter((part) => part !== undefined).join(' · ');
  const detail = failure === undefined ? {} : { detail: forPick(explain(failure).meaning[language]) };
  return { label: `$(${failure === undefined ? SOURCE_ICON[kind] : 'error'}) ${forPick(accountName(id))}`, description: about, ...detail, value: entry };
}
