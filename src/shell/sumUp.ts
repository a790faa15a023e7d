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
function shownLists(view: ResourcesView, explorer: Explorer): { readonly loaded: number; readonly oldestReadAt: number | undefined } {
  const keys = view.openNodes().flatMap((node) => (node?.kind === 'category' ? view.listsOf(node) : []));
  const lists = keys.map((key) => explorer.list(key));
  const times = lists.flatMap(({ readAt }) => readAt ?? []);
  return { loaded: lists.reduce((sum, { state }) => sum + state.items.length - (state.gone?.size ?? 0), 0), oldestReadAt: times.length === 0 ? undefined : Math.min(...times) };
}

async function show(view: ResourcesView, language: Language): Promise<void> {
  const explorer = view.shown;
  if (explorer === undefined) {
    view.description = '';
    return;
  }
  const { loaded, oldestReadAt } = shownLists(view, explorer);
  const uses = await view.regionUses(explorer.scope).get();
  const regions = explorer.list({ list: 'regions' }).readAt === undefined ? undefined : (await explorer.regions()).items;
  // Another account may have been chosen meanwhile.
  if (view.shown !== explorer) return;
  const inUse = uses === undefined ? undefined : regions?.filter(({ id }) => { const use = uses.get(id); return use !== undefined && isInUse(use) === true; }).length;
  view.description = viewText({ regions: regions?.length, inUse, loaded, oldestMs: oldestReadAt === undefined ? undefined : systemClock.now() - oldestReadAt, filters: view.state.filtered().length }, language);
}
