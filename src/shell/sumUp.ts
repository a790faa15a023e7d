import type * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import { isInUse } from '../domain/regionUse.js';
import type { Language } from '../domain/text.js';
import { viewText } from '../present/viewText.js';
import { systemClock } from './platform.js';
import type { ResourcesView } from './resourcesView.js';

/** Says beside the title of the tree what it shows, each time when that changes. */
export function sumUp(view: ResourcesView, language: Language): vscode.Disposable {
  return view.onDidShow(() => { void show(view, language); });
}

/** How many resources the lists hold that are to be seen, and wall time of the oldest of them. */
function shownLists(view: ResourcesView): { readonly loaded: number; readonly oldestReadAt: number | undefined } {
  const lists = view.openNodes().flatMap((node) => (node?.kind === 'category' ? view.lists.of(node) : [])).map(({ explorer, key }) => explorer.list(key));
  const times = lists.flatMap(({ readAt }) => readAt ?? []);
  return { loaded: lists.reduce((sum, { state }) => sum + state.items.length - (state.gone?.size ?? 0), 0), oldestReadAt: times.length === 0 ? undefined : Math.min(...times) };
}

/** How many regions an account shows, and how many of them are in use; undefined before that is known. */
async function regionsOf(view: ResourcesView, explorer: Explorer): Promise<{ readonly regions: number; readonly inUse: number | undefined } | undefined> {
  const uses = await view.lists.explorers.uses(explorer.scope).get();
  if (explorer.list({ list: 'regions' }).readAt === undefined) return undefined;
  const { items } = await explorer.regions();
  return { regions: items.length, inUse: uses === undefined ? undefined : items.filter(({ id }) => { const use = uses.get(id); return use !== undefined && isInUse(use) === true; }).length };
}

function sum(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((all, each) => (all === undefined || each === undefined ? undefined : all + each), 0);
}

async function show(view: ResourcesView, language: Language): Promise<void> {
  const explorers = view.lists.explorers.all;
  if (explorers.length === 0) {
    view.description = '';
    return;
  }
  const { loaded, oldestReadAt } = shownLists(view);
  const accounts = (await Promise.all(explorers.map((explorer) => regionsOf(view, explorer)))).filter((known) => known !== undefined);
  // Other accounts may have been chosen meanwhile.
  if (explorers.some(({ signal }) => signal.aborted)) return;
  const filters = new Set(explorers.flatMap(({ scope }) => view.state.filtered(scope).map(({ category, regionId }) => JSON.stringify([scope.connection.identity.key, category, regionId])))).size;
  view.description = viewText({ regions: sum(accounts.map(({ regions }) => regions)), inUse: sum(accounts.map(({ inUse }) => inUse)), loaded, oldestMs: oldestReadAt === undefined ? undefined : systemClock.now() - oldestReadAt, filters }, language);
}
