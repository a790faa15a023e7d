import * as vscode from 'vscode';
import type { AccountId } from '../../app/ports/accounts.js';
import { consoleLink } from '../../domain/consoleLink.js';
import type { Resource } from '../../domain/resources.js';
import { forMessage } from '../../present/literal.js';
import { accountSettings } from '../accountSettings.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';

export async function openInConsole(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  if (found !== undefined) await openConsole(found.account, found.resource);
}

/** The page of a resource in the console; of the sandbox there is none. */
export async function openConsole(account: AccountId, resource: Pick<Resource, 'kind' | 'id' | 'regionId'>): Promise<void> {
  if (account === 'sandbox') {
    void vscode.window.showInformationMessage(vscode.l10n.t('The sandbox lives on this machine only, so the console has no page for this resource: {0}', forMessage(resource.id)));
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(consoleLink(resource, accountSettings(account).site), true));
}
