import * as vscode from 'vscode';
import { createCancelSource, type CancelSource } from '../app/cancelSource.js';
import type { FindResult, SearchFailure } from '../app/find.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import type { Sweep } from '../app/searchRequests.js';
import type { Failure } from '../domain/failure.js';
import type { Resource } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import type { ChoiceRow } from '../present/choiceText.js';
import { hitRow, searchingText } from '../present/findText.js';
import { forLabel, forPick } from '../present/literal.js';
import { CATEGORY_NAME } from '../present/words.js';
import { LIST_OF } from './treeChildren.js';

/** What a text can be searched as. */
export type SearchOffer = { readonly kind: 'none'; readonly why: string } | { readonly kind: 'search'; readonly sweep: Sweep; readonly title: string; readonly row: ChoiceRow };

type FindState = Omit<FindResult, 'end'>;

/** Who knows how to search; the box only shows it. */
export interface BoxSearcher {
  offer(text: string): SearchOffer;
  loaded(text: string): readonly Resource[];
  search(sweep: Sweep, signal: CancelSignal, onProgress: (state: FindState) => void): Promise<FindResult>;
  summary(sweep: Sweep, result: FindResult): string;
}

export type FindChoice =
  | { readonly kind: 'reveal'; readonly resource: Resource }
  | { readonly kind: 'join'; readonly resources: readonly Resource[] }
  | { readonly kind: 'copy'; readonly resource: Resource }
  | { readonly kind: 'details'; readonly resource: Resource }
  | { readonly kind: 'failure'; readonly what: string; readonly failure: Failure };

interface BoxParts {
  readonly language: Language;
  readonly searcher: BoxSearcher;
  /** What stands in the box at first. */
  readonly text: string;
  /** Closes the box when it is raised: what was found is another account's by then. */
  readonly until: CancelSignal;
  /** Told of a button that leaves the box open. */
  readonly onButton: (choice: FindChoice) => void;
}

interface FindItem extends vscode.QuickPickItem {
  readonly key: string;
  readonly choice?: FindChoice | Extract<SearchOffer, { kind: 'search' }>;
}

/** Hits that stream in are shown together, so that rows do not flicker under the hand. */
const RENDER_MS = 100;

/** Hits that are made into rows; the rest is told by number. */
const MOST_ROWS = 500;

/** The box of "Find Resource…". It ends its search when it is closed, or when another text is typed. */
export class FindBox {
  readonly #parts: BoxParts;
  readonly #box = vscode.window.createQuickPick<FindItem>();
  readonly #joinButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('shield'), tooltip: vscode.l10n.t('Join Security Group…') };
  readonly #detailsButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('open-preview'), tooltip: vscode.l10n.t('Open Details') };
  readonly #copyButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy ID') };
  #running: CancelSource | undefined;
  /** A search that was begun: what was typed for it, and how far it is. Typing narrows its results then. */
  #searched: { readonly text: string; readonly title: string; readonly state?: FindState; readonly end?: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: BoxParts) {
    this.#parts = parts;
    const box = this.#box;
    box.matchOnDescription = true;
    box.ignoreFocusOut = true;
    box.value = parts.text;
  }

  /** Resolves with what the person has chosen, or nothing when the box was closed. */
  chosen(): Promise<FindChoice | undefined> {
    const box = this.#box;
    const { until } = this.#parts;
    return new Promise((resolve) => {
      const end = () => { finish(undefined); };
      const finish = (choice: FindChoice | undefined) => {
        until.removeEventListener('abort', end);
        this.#stop();
        resolve(choice);
        box.dispose();
      };
      box.onDidChangeValue(() => { if (this.#searched === undefined) this.#render(); });
      box.onDidAccept(() => {
        const choice = this.#accepted();
        if (choice?.kind === 'search') void this.#search(choice);
        else if (choice !== undefined) finish(choice);
      });
      box.onDidTriggerButton(() => { this.#back(); });
      box.onDidTriggerItemButton(({ item, button }) => {
        if (item.choice?.kind !== 'reveal') return;
        const { resource } = item.choice;
        if (button === this.#copyButton) this.#parts.onButton({ kind: 'copy', resource });
        else if (button === this.#detailsButton) finish({ kind: 'details', resource });
        else finish({ kind: 'join', resources: [resource] });
      });
      box.onDidHide(end);
      until.addEventListener('abort', end);
      box.show();
      this.#render();
    });
  }

  /** What Enter means. Before a search that is what stands in the box, also while the row for it is still on its way. */
  #accepted(): FindItem['choice'] {
    const choice = this.#box.activeItems[0]?.choice;
    if (this.#searched !== undefined || (choice !== undefined && choice.kind !== 'search')) return choice;
    const offer = this.#parts.searcher.offer(this.#box.value.trim());
    return offer.kind === 'search' ? offer : undefined;
  }

  #stop(): void {
    this.#running?.cancel();
    this.#running = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #search({ sweep, title }: Extract<SearchOffer, { kind: 'search' }>): Promise<void> {
    this.#stop();
    const running = createCancelSource();
    this.#running = running;
    const of = { text: this.#box.value, title };
    this.#searched = of;
    this.#box.value = '';
    this.#render();
    const result = await this.#parts.searcher.search(sweep, running.signal, (state) => {
      if (this.#running !== running) return;
      this.#searched = { ...of, state };
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#render();
      }, RENDER_MS);
    });
    if (this.#running !== running) return;
    this.#stop();
    this.#searched = { ...of, state: result, end: this.#parts.searcher.summary(sweep, result) };
    this.#render();
  }

  /** Back to what was typed; what is still under way ends. */
  #back(): void {
    this.#stop();
    this.#box.value = this.#searched?.text ?? this.#box.value;
    this.#searched = undefined;
    this.#render();
  }

  #render(): void {
    const box = this.#box;
    const [active] = box.activeItems;
    const searched = this.#searched;
    const items = searched === undefined ? this.#before(box.value.trim()) : this.#results(searched);
    box.busy = this.#running !== undefined;
    box.title = searched === undefined ? vscode.l10n.t('Find Resource') : vscode.l10n.t('Find Resource: {0}', forLabel(searched.title));
    box.placeholder = searched === undefined ? vscode.l10n.t('ID, name, IP address, or tag as key=value') : vscode.l10n.t('Choose a resource to see it in the tree; type to narrow the list');
    box.buttons = searched === undefined ? [] : [vscode.QuickInputButtons.Back];
    box.keepScrollPosition = true;
    box.items = items;
    // Rows that arrive must not move the person's choice; before the search, searching is what Enter does, and after it seeing the first hit.
    const wanted = searched === undefined ? 'search' : active?.key;
    const same = items.find(({ key, choice }) => key === wanted && choice !== undefined) ?? items.find(({ choice }) => choice?.kind === 'reveal');
    if (same !== undefined) box.activeItems = [same];
  }

  /** Before a search: what it would ask, and what is loaded already. */
  #before(text: string): readonly FindItem[] {
    const { searcher, language } = this.#parts;
    const offer = searcher.offer(text);
    const loaded = searcher.loaded(text);
    const top: readonly FindItem[] =
      offer.kind === 'search'
        ? [{ ...offer.row, key: 'search', alwaysShow: true, choice: offer }]
        : offer.why === ''
          ? []
          : [{ label: `$(info) ${offer.why}`, key: 'problem', alwaysShow: true }];
    return [...top, ...section(vscode.l10n.t('Already loaded'), loaded.map((resource) => this.#hit(resource, language)))];
  }

  #results({ state, end }: { readonly state?: FindState; readonly end?: string }): readonly FindItem[] {
    const { language } = this.#parts;
    if (state === undefined) return heading(vscode.l10n.t('Searching…'), []);
    const { found, failures, regionsDone, regions } = state;
    const targets = found.filter(({ kind }) => kind !== 'securityGroup');
    const all: readonly FindItem[] =
      targets.length < 2 || end === undefined
        ? []
        : [{ label: `$(checklist) ${vscode.l10n.t('Use all {0}', targets.length)}`, description: vscode.l10n.t('join them to a security group'), key: 'all', alwaysShow: true, choice: { kind: 'join', resources: targets } }];
    const rows = found.slice(0, MOST_ROWS).map((resource) => this.#hit(resource, language));
    const rest: readonly FindItem[] = found.length > MOST_ROWS ? [{ label: `$(info) ${vscode.l10n.t('{0} more are not shown: narrow it down', found.length - MOST_ROWS)}`, key: 'rest', alwaysShow: true }] : [];
    const failed = failures.map((failure) => failureItem(failure, language));
    const title = end ?? searchingText({ done: regionsDone, of: regions, found: found.length }, language);
    return [...heading(title, [...all, ...rows, ...rest]), ...section(vscode.l10n.t('Could not be searched'), failed)];
  }

  #hit(resource: Resource, language: Language): FindItem {
    const buttons = [this.#joinButton, this.#detailsButton, this.#copyButton];
    return { ...hitRow(resource, language), key: `${resource.regionId}/${resource.kind}/${resource.id}`, buttons, alwaysShow: this.#searched === undefined, choice: { kind: 'reveal', resource } };
  }
}

function failureItem({ regionId, kind, failure }: SearchFailure, language: Language): FindItem {
  const where = `${forPick(regionId)} · ${CATEGORY_NAME[LIST_OF[kind]][language]}`;
  return { label: `$(error) ${where}`, description: forPick(failure.code), key: `failed/${regionId}/${kind}`, alwaysShow: true, choice: { kind: 'failure', what: `Find Resource in ${regionId}`, failure } };
}

function separator(label: string): FindItem {
  return { label, key: label, kind: vscode.QuickPickItemKind.Separator };
}

/** What a search says of itself: over its rows, or as a row where there is none, since a heading of nothing is not shown. */
function heading(title: string, items: readonly FindItem[]): readonly FindItem[] {
  return items.length === 0 ? [{ label: `$(info) ${title}`, key: 'title', alwaysShow: true }] : [separator(title), ...items];
}

function section(label: string, items: readonly FindItem[]): readonly FindItem[] {
  return items.length === 0 ? [] : [separator(label), ...items];
}
