import * as vscode from 'vscode';
import type { AccountId } from '../app/ports/accounts.js';
import type { ChangeKind } from '../domain/change.js';
import { displayName, type JoinTarget } from '../domain/resources.js';
import { forLabel } from '../present/literal.js';
import { chooseGroups } from './changePicker.js';
import { openExplorer } from './openExplorer.js';
import { chooseList } from './replacePicker.js';
import type { Services } from './services.js';

const TITLE: Readonly<Record<ChangeKind, (name: string) => string>> = {
  join: (name) => vscode.l10n.t('What joining would change, nothing is sent: {0}', name),
  leave: (name) => vscode.l10n.t('What leaving would change, nothing is sent: {0}', name),
  replace: (name) => vscode.l10n.t('What replacing would change, nothing is sent: {0}', name),
};

/** The groups of a change that is only looked at, chosen as for the change itself, in read-only mode too; undefined when the box was closed. */
export async function chooseComparison(services: Services, account: AccountId, { kind, target }: { readonly kind: ChangeKind; readonly target: JoinTarget }): Promise<readonly string[] | undefined> {
  const explorer = await openExplorer(services, 'Open Details', [account]);
  if (explorer === undefined) return undefined;
  const { language, recent } = services;
  const title = TITLE[kind](forLabel(displayName(target)));
  if (kind === 'replace') return chooseList({ explorer, language, target, before: target.securityGroupIds ?? [], title });
  const of = { regionId: target.regionId, refs: [{ kind: target.kind, id: target.id }], targets: [target] };
  return (await chooseGroups({ explorer, language, recent, title }, kind, of))?.groupIds;
}
