import * as vscode from 'vscode';
import { DETAILS_PAGE } from './contributions.js';

/**
 * Makes pages again that were open when the window was closed. VS Code asks for each when it comes into sight and not
 * before, so that nothing is read for one that nobody sees (law 1).
 * @param restore loads what makes pages; it never rejects
 */
export function restorePages(restore: (panel: vscode.WebviewPanel, kept: unknown) => Promise<void>): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(DETAILS_PAGE, { deserializeWebviewPanel: restore });
}
