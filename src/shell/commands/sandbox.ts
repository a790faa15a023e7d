import * as vscode from 'vscode';
import { SANDBOX_WORLDS, type SandboxWorld } from '../sandboxProcess.js';
import type { Services } from '../services.js';

function startAgain(services: Services, world: SandboxWorld): void {
  services.sandbox.restart(world);
  services.accounts.session('sandbox')?.reconnect();
  services.view.restart('sandbox');
}

/** Throws away what was changed in the sandbox and starts it again. */
export function resetSandbox(services: Services): void {
  startAgain(services, services.sandbox.world);
}

export async function chooseWorld(services: Services, [first]: readonly unknown[]): Promise<void> {
  const given = SANDBOX_WORLDS.find((world) => world === first);
  if (given !== undefined) {
    startAgain(services, given);
    return;
  }
  const detail: Readonly<Record<SandboxWorld, string>> = {
    demo: vscode.l10n.t('A small company in four regions'),
    rules: vscode.l10n.t('For every rule of a join, a pair of resources that shows it'),
    hostile: vscode.l10n.t('Names, tags and descriptions that would do harm where they are not shown literally'),
    heavy: vscode.l10n.t('Ten thousand rules in one group, hundreds of members, five groups at once'),
    fleet: vscode.l10n.t('A large account: 5,000 resources in 35 regions'),
  };
  const items = SANDBOX_WORLDS.map((world) => ({ label: world, world, description: services.sandbox.world === world ? vscode.l10n.t('current') : '', detail: detail[world] }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Choose World'), placeHolder: vscode.l10n.t('The sandbox starts again in the world you choose') });
  if (picked !== undefined) startAgain(services, picked.world);
}
