import * as vscode from 'vscode';
import { readResource } from '../../app/readResource.js';
import type { CancelSignal } from '../../app/ports/cancel.js';
import type { ViewScope } from '../../app/session.js';
import type { Details } from '../../domain/details.js';
import { clientFailure } from '../../domain/failure.js';
import type { JoinTarget, Resource, ResourceKind } from '../../domain/resources.js';
import { forMessage } from '../../present/literal.js';
import type { LinkedPage, PageAct } from '../../present/page/details.js';
import { toClipboard } from '../commands/copy.js';
import { openConsole } from '../commands/openInConsole.js';
import { showJson } from '../commands/viewJson.js';
import { firstAid } from '../firstAid.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure } from '../showFailure.js';
import { revealResource } from '../treeActions.js';
import { exportTable, type ShownRows } from './exportTable.js';
import type { PageLife } from './pageLife.js';
import type { PageState } from './pageState.js';

/** The page that a link stands on, as it was when the link was chosen. */
export interface Standing {
  readonly services: Services;
  readonly life: PageLife;
  readonly linked: LinkedPage;
  /** The table that it stands beside, with the rows that are shown. */
  readonly table?: ShownRows | undefined;
  /** Opens the page of another resource. */
  readonly open: (state: PageState, known?: Resource) => void;
}

interface Ref {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly regionId: string;
}

type ActOf<A extends PageAct['act']> = Extract<PageAct, { readonly act: A }>;
type Follow = { readonly [A in PageAct['act']]: (act: ActOf<A>, on: Standing) => unknown };

const FOLLOW: Follow = {
  open: ({ kind, id, regionId }, { life, open }) => {
    const known = knownOf(life.situation.details, { kind, id });
    open({ account: life.state.account, kind, id, regionId, name: known?.name }, known);
  },
  reveal,
  json: ({ kind, id, regionId }, { services, life }) => showJson(services, { account: life.state.account, kind, id, regionId }),
  console: (ref, { life }) => openConsole(life.state.account, ref),
  copyId: ({ id }) => toClipboard(id),
  join: change,
  leave: change,
  replace: change,
  compareJoin: compare('join'),
  compareLeave: compare('leave'),
  compareReplace: compare('replace'),
  compareNothing: (_act, { life }) => life.compare(undefined),
  export: (act, { services, linked, table }) => exportTable(services, linked, act, table),
  refresh: (_act, { life }) => life.refresh(),
  showOutput: (_act, { services }) => { services.log.show(); },
  switchAccount: () => vscode.commands.executeCommand('ecsExplorer.switchAccount'),
  signIn: (_act, { life }) => firstAid('signIn', ofAccount(life.state.account))?.run(),
};

/** Does what a link of a page says. */
export async function follow(act: PageAct, on: Standing): Promise<void> {
  // The table has for each act what takes this act, which the compiler can't see through the union.
  await (FOLLOW[act.act] as (act: PageAct, on: Standing) => unknown)(act, on);
}

/** What the page itself knows of a resource. */
function knownOf(details: Details | undefined, { kind, id }: Pick<Ref, 'kind' | 'id'>): Resource | undefined {
  if (details === undefined) return undefined;
  const all: readonly (Resource | undefined)[] =
    details.about === 'group'
      ? [details.resource, ...(details.instances.ok ? details.instances.value.items : []), ...(details.interfaces.ok ? details.interfaces.value.items : []), ...details.related.values()]
      : [details.resource, ...(details.interfaces.ok ? details.interfaces.value : []), details.host.ok ? details.host.value : undefined, ...[...details.groups.values()].map(({ group }) => (group.ok ? group.value : undefined))];
  return all.find((resource) => resource?.kind === kind && resource.id === id);
}

/** The same, read where the page does not know it; undefined where it can't be found, which is told then. */
async function resourceFor(ref: Ref, { services, life }: Standing): Promise<Resource | undefined> {
  const known = knownOf(life.situation.details, ref);
  if (known !== undefined) return known;
  const scope = await scopeOf(services, life);
  return scope === undefined ? undefined : foundResource(services, { scope, ref, signal: life.signal });
}

async function scopeOf({ accounts }: Services, { state }: PageLife): Promise<ViewScope | undefined> {
  const opened = await accounts.session(state.account)?.open();
  return opened?.ok === true ? opened.value : undefined;
}

async function foundResource(services: Services, { scope, ref, signal }: { readonly scope: ViewScope; readonly ref: Ref; readonly signal: CancelSignal }): Promise<Resource | undefined> {
  const read = await readResource(scope.connection.ecs, ref, { signal: scope.signal });
  // Late answers of an account that was left, or for a page that was closed, are dropped (laws 7, 8).
  if (signal.aborted || scope.signal.aborted) return undefined;
  if (read.ok && read.value !== undefined) return read.value;
  showFailure(services, ref.id, read.ok ? clientFailure('Client.NotListed') : read.failure, ofAccount(scope.account));
  return undefined;
}

async function reveal(ref: Ref, on: Standing): Promise<void> {
  const { services, life } = on;
  const resource = await resourceFor(ref, on);
  if (resource === undefined || (await revealResource(services, life.state.account, resource))) return;
  void vscode.window.showInformationMessage(vscode.l10n.t('Its region is not shown in the tree: {0}', forMessage(ref.regionId)));
}

/** The same flows as from the tree, which ask for what is missing and confirm. */
async function change({ act, groupIds, ...ref }: ActOf<'join' | 'leave' | 'replace'>, on: Standing): Promise<void> {
  const { services, life } = on;
  const resource = await resourceFor(ref, on);
  if (resource === undefined) return;
  const { changes } = await import('../changes.js');
  const { account } = life.state;
  if (act !== 'replace') await changes.changeNamed(services, account, { kind: act, resource, groupIds });
  else if (resource.kind !== 'securityGroup') await changes.replaceNamed(services, account, { target: resource, groupIds });
}

function compare(kind: 'join' | 'leave' | 'replace') {
  return async ({ groupIds }: ActOf<'compareJoin' | 'compareLeave' | 'compareReplace'>, { services, life }: Standing): Promise<void> => {
    const target = targetOf(life.situation.details);
    if (target === undefined) return;
    const { changes } = await import('../changes.js');
    const chosen = groupIds ?? (await changes.chooseComparison(services, life.state.account, { kind, target }));
    if (chosen !== undefined && !life.signal.aborted) await life.compare({ kind, groupIds: chosen });
  };
}

function targetOf(details: Details | undefined): JoinTarget | undefined {
  return details?.about === 'target' ? details.resource : undefined;
}
