import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import { scanRegions, scanRequests } from '../../app/regionScan.js';
import { openGroups, type OpenGroupsState } from '../../app/worldOpenGroups.js';
import { isInUse, type RegionUse } from '../../domain/regionUse.js';
import type { Failure } from '../../domain/failure.js';
import type { Region, SecurityGroup } from '../../domain/resources.js';
import { forMessage, forPick } from '../../present/literal.js';
import { openGroupRow, openGroupsRow, regionUseRow, scanRow } from '../../present/scanText.js';
import { openExplorer } from '../openExplorer.js';
import { pickStep, separator, type PickItem } from '../pick.js';
import type { Services } from '../services.js';
import { setting } from '../settings.js';
import { ofAccount, showFailure } from '../showFailure.js';
import { revealRegion, revealResource } from '../treeActions.js';

/** The rules of so many groups are read without a question; one request each, and more only when the person asks. */
const GROUPS_LOOKED_AT = 100;

/** Thousands of groups are answered one by one, and all rows are made again each time. */
const RENDER_MS = 100;

type Choice = { readonly kind: 'region'; readonly region: Region } | { readonly kind: 'group'; readonly group: SecurityGroup } | { readonly kind: 'more' } | { readonly kind: 'failure'; readonly what: string; readonly failure: Failure };

/**
 * Looks through all regions and remembers which are in use, then looks which of their groups are open to the world.
 * The box fills as regions answer, and closing it ends the look; what was found by then is kept.
 */
export async function findRegionsInUse(services: Services, [first]: readonly unknown[]): Promise<void> {
  const { view } = services;
  const explorer = await openExplorer(services, 'Find Regions in Use', view.isNode(first) ? view.accountsOf([first]) : []);
  if (explorer === undefined) return;
  const { items: regions, failure } = await explorer.regions();
  if (failure !== undefined && regions.length === 0) {
    showFailure(services, 'Find Regions in Use', failure, ofAccount(explorer.scope.account));
    return;
  }
  const scan = new Scan(services, explorer, regions);
  let choice = await scan.ask(GROUPS_LOOKED_AT);
  while (choice?.kind === 'more') choice = await scan.ask(Number.POSITIVE_INFINITY);
  if (choice === undefined) return;
  if (choice.kind === 'failure') {
    showFailure(services, choice.what, choice.failure, ofAccount(explorer.scope.account));
    return;
  }
  const { account } = explorer.scope;
  const isShown = choice.kind === 'region' ? await revealRegion(services, account, choice.region.id) : await revealResource(services, account, choice.group);
  if (!isShown) void vscode.window.showInformationMessage(vscode.l10n.t('Its region is not shown in the tree: {0}', forMessage(choice.kind === 'region' ? choice.region.id : choice.group.regionId)));
}

/** Who has more failures than these has one cause for them. */
const MOST_FAILURES = 20;

function section(label: string, rows: readonly PickItem<Choice>[]): readonly PickItem<Choice>[] {
  return rows.length === 0 ? [] : [separator<Choice>(label), ...rows];
}

class Scan {
  readonly #services: Services;
  readonly #explorer: Explorer;
  readonly #regions: readonly Region[];
  #uses: readonly RegionUse[] = [];
  #groups: OpenGroupsState | undefined;

  constructor(services: Services, explorer: Explorer, regions: readonly Region[]) {
    this.#services = services;
    this.#explorer = explorer;
    this.#regions = regions;
  }

  /** Shows the box; a second time it goes on with the rules of all groups. */
  async ask(limit: number): Promise<Choice | undefined> {
    const picked = await pickStep<Choice>({
      title: vscode.l10n.t('Find Regions in Use'),
      placeholder: vscode.l10n.t('Choose a region or a group to see it in the tree'),
      canGoBack: false,
      until: this.#explorer.signal,
      fill: async (show, signal) => {
        const render = () => { show(this.#rows()); };
        render();
        if (this.#uses.length < this.#regions.length) await this.#look(signal, render);
        if (!signal.aborted) await this.#lookAtGroups(limit, signal, render);
      },
    });
    return picked.kind === 'picked' ? picked.value : undefined;
  }

  async #look(signal: CancelSignal, render: () => void): Promise<void> {
    const { ecs } = this.#explorer.scope.connection;
    const uses = await scanRegions(this.#regions.map(({ id }) => id), {
      ecs,
      context: { signal },
      concurrency: setting('requests.concurrentReads'),
      onRegion: (use) => {
        this.#uses = [...this.#uses, use];
        render();
      },
    });
    // Also what a look that was ended has found: it is true of these regions.
    await this.#services.view.learnUses(this.#explorer.scope, uses);
  }

  async #lookAtGroups(limit: number, signal: CancelSignal, render: () => void): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const inUse = this.#uses.filter((use) => use.securityGroups === undefined || use.securityGroups.count > 0).filter((use) => isInUse(use) !== false);
    await openGroups(inUse.map(({ regionId }) => regionId), {
      ecs: this.#explorer.scope.connection.ecs,
      context: { signal },
      concurrency: setting('requests.concurrentReads'),
      limit,
      onProgress: (state) => {
        this.#groups = state;
        timer ??= setTimeout(() => {
          timer = undefined;
          render();
        }, RENDER_MS);
      },
    });
    clearTimeout(timer);
    render();
  }

  #rows(): readonly PickItem<Choice>[] {
    const { language } = this.#services;
    const uses = new Map(this.#uses.map((use) => [use.regionId, use]));
    const regions = this.#regions.flatMap((region): readonly PickItem<Choice>[] => {
      const use = uses.get(region.id);
      return use === undefined || isInUse(use) === false ? [] : [{ ...regionUseRow(region, use, language), value: { kind: 'region', region } }];
    });
    const summary = scanRow({ regions: this.#regions.length, requests: scanRequests(this.#regions.map(({ id }) => id)), uses: this.#uses }, language);
    const groups = this.#groupRows();
    return [summary, ...groups, ...section(vscode.l10n.t('Regions in use'), regions)];
  }

  /** The groups stand first: they are what somebody should look at. */
  #groupRows(): readonly PickItem<Choice>[] {
    const groups = this.#groups;
    if (groups?.rulesToRead === undefined) return [];
    const { language } = this.#services;
    const { open, rulesRead, rulesToRead, left, failures, cut } = groups;
    const sure = open.filter((group) => group.open.length > 0).length;
    const summary = openGroupsRow({ open: sure, unclear: open.length - sure, read: rulesRead, toRead: rulesToRead, left, failed: failures.length, cut: cut.length }, language);
    const rows = open.map(({ group, ...ports }): PickItem<Choice> => ({ ...openGroupRow(group, ports, language), value: { kind: 'group', group } }));
    const rest: readonly PickItem<Choice>[] =
      left === 0 || rulesRead < rulesToRead ? [] : [{ label: `$(shield) ${vscode.l10n.t('Look at the rules of the other {0} security groups', left)}`, description: vscode.l10n.t('{0} requests or more', left), value: { kind: 'more' } }];
    const failed = failures.slice(0, MOST_FAILURES).map(({ regionId, groupId, failure }): PickItem<Choice> => {
      const what = groupId === undefined ? regionId : `${groupId} · ${regionId}`;
      return { label: `$(error) ${forPick(what)}`, description: forPick(failure.code), value: { kind: 'failure', what, failure } };
    });
    return [summary, ...rest, ...section(vscode.l10n.t('Open to the world'), rows), ...section(vscode.l10n.t('Could not be looked at'), failed)];
  }
}
