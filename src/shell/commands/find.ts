import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import { find as findInRegions, type FindResult } from '../../app/find.js';
import type { AccountId } from '../../app/ports/accounts.js';
import { plannedRequests, searchedKinds, sweepOf, type Sweep } from '../../app/searchRequests.js';
import { isInUse } from '../../domain/regionUse.js';
import { learnRegionCodes, NO_CODES, type RegionCodes } from '../../domain/regionCodes.js';
import type { Resource } from '../../domain/resources.js';
import { parseSearch } from '../../domain/searchTerm.js';
import { mayBeMeant, SEARCH_PROBLEM, searchedText, searchRow } from '../../present/findText.js';
import { forMessage, forPick } from '../../present/literal.js';
import type { Language } from '../../domain/text.js';
import { FindBox, type FindChoice, type SearchOffer } from '../findBox.js';
import { openExplorer } from '../openExplorer.js';
import type { Services } from '../services.js';
import { setting } from '../settings.js';
import { ofAccount, showFailure } from '../showFailure.js';
import { revealResource } from '../treeActions.js';

/** So many of what is loaded are worth showing while the person types; who has more types on. */
const MOST_LOADED = 7;

/** Looking through more than these at each key would be felt; what is beyond is found by the search itself. */
const MOST_KNOWN = 5_000;

/** One box over all shown regions: by id, name, address or tag; what is chosen is shown in the tree. */
export async function find(services: Services, [text]: readonly unknown[]): Promise<void> {
  const explorer = await openExplorer(services, 'Find Resource');
  if (explorer === undefined) return;
  const [regions, uses] = await Promise.all([explorer.regions(), services.view.lists.explorers.uses(explorer.scope).get()]);
  if (regions.failure !== undefined && regions.items.length === 0) {
    showFailure(services, 'Find Resource', regions.failure, ofAccount(explorer.scope.account));
    return;
  }
  const inUse = new Set([...(uses?.values() ?? [])].filter((use) => isInUse(use) === true).map(({ regionId }) => regionId));
  const searcher = new Searcher({ explorer, language: services.language, regions: regions.items.map(({ id }) => id), inUse });
  const { account } = explorer.scope;
  const typed = typeof text === 'string' ? text.slice(0, 500) : '';
  const box = new FindBox({ language: services.language, searcher, until: explorer.signal, text: typed, onButton: (choice) => { carryOut(services, account, choice); } });
  carryOut(services, account, await box.chosen());
}

/** @param account whose resources were looked for */
function carryOut(services: Services, account: AccountId, choice: FindChoice | undefined): void {
  if (choice === undefined) return;
  const failed = (error: unknown) => { showUnexpectedError(services, error); };
  switch (choice.kind) {
    case 'reveal':
      show(services, account, choice.resource).catch(failed);
      break;
    case 'join':
      join(services, account, choice.resources).catch(failed);
      break;
    case 'details':
      services.showPage({ ...choice.resource, account }, choice.resource).catch(failed);
      break;
    case 'copy':
      void vscode.env.clipboard.writeText(choice.resource.id);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', forPick(choice.resource.id)), 3000);
      break;
    case 'failure':
      showFailure(services, choice.what, choice.failure, ofAccount(account));
      break;
  }
}

function showUnexpectedError({ log }: Services, error: unknown): void {
  log.unexpected('Find Resource', error);
}

async function show(services: Services, account: AccountId, resource: Resource): Promise<void> {
  if (!(await revealResource(services, account, resource))) void vscode.window.showInformationMessage(vscode.l10n.t('Its region is not shown in the tree: {0}', forMessage(resource.regionId)));
}

async function join(services: Services, account: AccountId, resources: readonly Resource[]): Promise<void> {
  const { changes } = await import('../changes.js');
  await changes.joinResources(services, account, resources);
}

/** What is looked for: of a pasted address only the id in it. */
function wordsOf(search: Sweep['search'], text: string): string {
  return search.by === 'id' ? search.id : text;
}

interface SearcherParts {
  readonly explorer: Explorer;
  readonly language: Language;
  readonly regions: readonly string[];
  readonly inUse: ReadonlySet<string>;
}

/** Understands what is typed, says what a search would ask, and carries it out. */
export class Searcher {
  readonly #parts: SearcherParts;
  readonly #known: readonly Resource[];
  readonly #codes: RegionCodes;

  constructor(parts: SearcherParts) {
    this.#parts = parts;
    this.#known = parts.explorer.known(MOST_KNOWN);
    this.#codes = learnRegionCodes(NO_CODES, this.#known);
  }

  /** What can be searched for with this text; the reason in words where nothing can. */
  offer(text: string): SearchOffer {
    const { language } = this.#parts;
    const parsed = parseSearch(text);
    if (!parsed.ok) return { kind: 'none', why: parsed.problem === 'empty' ? '' : SEARCH_PROBLEM[parsed.problem][language] };
    const sweep = sweepOf(parsed.search, this.#parts.regions, { codes: this.#codes, inUse: this.#parts.inUse });
    return { kind: 'search', sweep, title: wordsOf(sweep.search, text), row: searchRow(wordsOf(sweep.search, text), { regions: sweep.regions.length, kinds: searchedKinds(sweep.search), ...plannedRequests(sweep), wholeNames: sweep.search.by === 'name' && !sweep.search.pattern }, language) };
  }

  /** What is loaded and may be meant, without any request. */
  loaded(text: string): readonly Resource[] {
    const hits: Resource[] = [];
    if (text === '') return hits;
    for (const resource of this.#known) {
      if (!mayBeMeant(resource, text)) continue;
      hits.push(resource);
      if (hits.length === MOST_LOADED) break;
    }
    return hits;
  }

  search(sweep: Sweep, signal: Explorer['signal'], onProgress: (state: Omit<FindResult, 'end'>) => void): Promise<FindResult> {
    return findInRegions(sweep, { ecs: this.#parts.explorer.scope.connection.ecs, context: { signal }, concurrency: setting('requests.concurrentReads'), onProgress });
  }

  /** What was searched and what came of it. */
  summary(sweep: Sweep, { found, regionsDone, sent, cut, failures }: FindResult): string {
    return searchedText({ found: found.length, regions: regionsDone, kinds: searchedKinds(sweep.search).length, requests: sent, cut: cut.length, failures: failures.length }, this.#parts.language);
  }
}
