import * as vscode from 'vscode';
import type { Resource } from '../../domain/resources.js';
import { DETAILS_PAGE } from '../contributions.js';
import type { Services } from '../services.js';
import { DetailsPanel } from './detailsPanel.js';
import { webviewFolder } from './pageFiles.js';
import { onlyState, pageKey, titleOf, type PageState } from './pageState.js';

/** The pages that are open in this window: one for each resource and account. */
export class Pages {
  readonly #services: Services;
  readonly #open = new Map<string, DetailsPanel>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens the page of a resource, or shows the one that is open already, with the comparison if one is named. */
  open(state: PageState, known?: Resource): void {
    const page = this.#open.get(pageKey(state));
    if (page === undefined) {
      this.#make(vscode.window.createWebviewPanel(DETAILS_PAGE, titleOf(known ?? state), vscode.ViewColumn.Active, { enableFindWidget: true }), state, known);
      return;
    }
    page.reveal();
    if (state.comparison !== undefined) page.compare(state.comparison);
  }

  /** A page that was open when the window was closed. One that is open already, as the same page twice, is closed. */
  restore(panel: vscode.WebviewPanel, state: PageState): void {
    if (this.#open.has(pageKey(state))) panel.dispose();
    else this.#make(panel, state, undefined);
  }

  #make(panel: vscode.WebviewPanel, state: PageState, known: Resource | undefined): void {
    const { extensionUri } = this.#services;
    const key = pageKey(state);
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `details-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(this.#services)] };
    this.#open.set(key, new DetailsPanel({ services: this.#services, panel, state: onlyState(state), known, open: (...of) => { this.open(...of); } }));
    panel.onDidDispose(() => { this.#open.delete(key); });
  }
}
