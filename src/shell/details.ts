import * as vscode from 'vscode';
import type { Resource } from '../domain/resources.js';
import type { Page } from '../present/page/page.js';
import type { CommandHandler } from './registerCommand.js';
import type { Services } from './services.js';
import { showUnexpected } from './showFailure.js';
import { pageFiles } from './details/pageFiles.js';
import { pageHtml } from './details/pageHtml.js';
import { Pages } from './details/pages.js';
import { readState, type PageState } from './details/pageState.js';
import { resourceOf } from './pickResource.js';

const pages = new WeakMap<Services, Pages>();

function pagesOf(services: Services): Pages {
  const known = pages.get(services) ?? new Pages(services);
  pages.set(services, known);
  return known;
}

/** Open Details: the page of a row's resource, or of one that is asked for. */
const openDetails: CommandHandler = async (services, args) => {
  const found = await resourceOf(services, args);
  if (found !== undefined) showPage(services, { ...found.resource, account: found.account }, found.resource);
};

/** Opens the page of a resource, or shows the one that is open already. */
function showPage(services: Services, state: PageState, known?: Resource): void {
  pagesOf(services).open(state, known);
}

/** Makes a page again that was open when the window was closed. */
function restorePage(services: Services, panel: vscode.WebviewPanel, kept: unknown): void {
  try {
    const state = readState(kept);
    if (state === undefined) showLost(services, panel);
    else pagesOf(services).restore(panel, state);
  } catch (error) {
    showUnexpected(services, 'Open Details', error);
    panel.dispose();
  }
}

/** A page of which it was not kept what it was of, as its scripts could not run, says so; nobody has asked for anything, so nothing pops up (law 13). */
function showLost(services: Services, panel: vscode.WebviewPanel): void {
  const text = vscode.l10n.t('This page can’t be opened again, as it was not kept what it was of. Open the details from the resource’s row.');
  const page: Page = { language: services.language, title: vscode.l10n.t('Details'), kind: '', notes: [{ tone: 'warning', text }], actions: [], sections: [] };
  panel.title = page.title;
  panel.webview.html = pageHtml({ page, restore: '', ...pageFiles(services, panel.webview) });
}

/** Entry of the bundle `dist/details.js`: pages of details, loaded when the first is opened or restored. */
export const details = { openDetails, restorePage, showPage } as const;
