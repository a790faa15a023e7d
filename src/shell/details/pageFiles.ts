import * as vscode from 'vscode';
import type { Services } from '../services.js';
import type { PageFrame } from './pageHtml.js';

/** The only folder that a page may load from. */
export function webviewFolder({ extensionUri }: Pick<Services, 'extensionUri'>): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Where a page finds its script and its styles, and what its policy lets it load. */
export function pageFiles(services: Pick<Services, 'extensionUri'>, webview: vscode.Webview): Pick<PageFrame, 'cspSource' | 'script' | 'style'> {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(services), name)).toString();
  return { cspSource: webview.cspSource, script: file('page.js'), style: file('page.css') };
}
