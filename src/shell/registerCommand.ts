import * as vscode from 'vscode';
import type { CommandId } from './contributions.js';
import { rowsMeant } from './rowsMeant.js';
import { showUnexpected } from './showFailure.js';
import type { Services } from './services.js';

/** What a command does; what it returns is handed to whoever called it. */
export type CommandHandler = (services: Services, args: readonly unknown[]) => unknown;

/**
 * The one way in which commands are registered: an error that nobody expected is a fault of ours, so it is
 * logged whole and shown in one sentence; expected failures are shown by the commands themselves.
 */
export function registerCommands(services: Services, handlers: Readonly<Record<CommandId, CommandHandler>>): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        const meant = rowsMeant(services.view, id as CommandId, args);
        if (meant === 'lost') {
          // Without its row a command would ask as from the palette, or take another row, which is not what was meant.
          void vscode.window.showInformationMessage(vscode.l10n.t('This row is being made again. Choose it once more.'));
          return undefined;
        }
        return await handler(services, meant);
      } catch (error) {
        showUnexpected(services, id, error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
