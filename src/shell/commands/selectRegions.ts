import * as vscode from 'vscode';
import type { AccountId } from '../../app/ports/accounts.js';
import type { Region } from '../../domain/resources.js';
import { useWords } from '../../present/listText.js';
import { forPick } from '../../present/literal.js';
import { accountSettings } from '../accountSettings.js';
import { openExplorer } from '../openExplorer.js';
import { pickSeveral } from '../pick.js';
import type { Services } from '../services.js';
import { setting } from '../settings.js';
import { ofAccount, showFailure } from '../showFailure.js';

/** Lets the person tick the regions to show; all or none of them means all. Kept in the setting, where it was set before. */
export async function selectRegions(services: Services, [first]: readonly unknown[]): Promise<void> {
  const { view } = services;
  const explorer = await openExplorer(services, 'Select Regions', view.isNode(first) ? view.accountsOf([first]) : []);
  if (explorer === undefined) return;
  const { account } = explorer.scope;
  const chosen = new Set(accountSettings(account).regions);
  const [state, uses] = await Promise.all([explorer.look({ list: 'regions' }), view.lists.explorers.uses(explorer.scope).get()]);
  // Without the list nobody can say what "all" is, and what is chosen must not be lost over it.
  if (state.failure !== undefined && state.items.length === 0) {
    showFailure(services, 'Select Regions', state.failure, ofAccount(explorer.scope.account));
    return;
  }
  // One that the setting names and the account does not list can be taken off, too.
  const strangers = [...chosen].filter((id) => !state.items.some((region) => region.id === id)).map((id) => ({ id, name: id }));
  const all: readonly Region[] = [...state.items, ...strangers];
  const picked = await pickSeveral<Region>({
    title: vscode.l10n.t('Select Regions'),
    placeholder: vscode.l10n.t('Tick the regions to show; none means all'),
    canGoBack: false,
    until: explorer.signal,
    several: 'always',
    mayBeEmpty: true,
    keyOf: ({ id }) => id,
    ticked: ({ id }) => chosen.has(id),
    fill: (show) => {
      show(all.map((value) => ({ label: `$(globe) ${forPick(value.name)}`, description: forPick([value.id, useWords(uses?.get(value.id), services.language)].filter((text) => text !== '').join(' · ')), value })));
      return Promise.resolve();
    },
  });
  if (picked.kind !== 'picked') return;
  const ids = picked.value.map(({ id }) => id);
  await keep(ids.length === all.length ? [] : ids, account);
}

/** In the setting that decides: the account's own, where it has one. */
async function keep(ids: readonly string[], account: AccountId): Promise<void> {
  const settings = vscode.workspace.getConfiguration('ecsExplorer');
  const all = setting('accounts');
  const own = Object.hasOwn(all, account) ? all[account] : undefined;
  if (typeof own === 'object' && own !== null && 'regions' in own) {
    await settings.update('accounts', { ...all, [account]: { ...own, regions: ids.length === 0 ? undefined : ids } }, vscode.ConfigurationTarget.Global);
    return;
  }
  const inWorkspace = settings.inspect('regions')?.workspaceValue !== undefined;
  // In a workspace, all regions are a choice as well: without a value, the one of everywhere would count.
  if (inWorkspace) await settings.update('regions', ids, vscode.ConfigurationTarget.Workspace);
  else await settings.update('regions', ids.length === 0 ? undefined : ids, vscode.ConfigurationTarget.Global);
}
