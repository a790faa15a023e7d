import * as vscode from 'vscode';
import { displayName } from '../../domain/resources.js';
import { forMessage, forPick } from '../../present/literal.js';
import { resourceOf } from '../pickResource.js';
import type { Services } from '../services.js';

/** Copies a text and says so. */
export async function toClipboard(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  // The status bar is enough of an answer to something that the person just did.
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', forPick(text)), 3000);
}

export async function copyId(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  if (found !== undefined) await toClipboard(found.resource.id);
}

export async function copyName(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  if (found !== undefined) await toClipboard(displayName(found.resource));
}

function row(address: string, description: string) {
  return { address, label: forPick(address), description };
}

/** One address goes straight to the clipboard; of several, the person chooses. */
export async function copyIp(services: Services, args: readonly unknown[]): Promise<void> {
  const found = await resourceOf(services, args);
  if (found === undefined) return;
  const { resource } = found;
  const addresses =
    resource.kind === 'securityGroup'
      ? []
      : [
          ...resource.publicIps.map((address) => row(address, vscode.l10n.t('public'))),
          ...resource.privateIps.map((address) => row(address, vscode.l10n.t('private'))),
          ...(resource.kind === 'networkInterface' ? resource.ipv6s.map((address) => row(address, 'IPv6')) : []),
        ];
  const [only] = addresses;
  if (only === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This resource has no IP address: {0}', forMessage(resource.id)));
    return;
  }
  const chosen = addresses.length === 1 ? only : await vscode.window.showQuickPick(addresses, { title: vscode.l10n.t('Copy IP Address'), placeHolder: vscode.l10n.t('Choose an address') });
  if (chosen !== undefined) await toClipboard(chosen.address);
}
