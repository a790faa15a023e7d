import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import { readTargets } from '../../app/facts.js';
import type { Intent } from '../../app/plan.js';
import type { AccountId } from '../../app/ports/accounts.js';
import { clientFailure, type Failure } from '../../domain/failure.js';
import type { JoinTarget, TargetRef } from '../../domain/resources.js';
import { changeByArgument } from '../byArgument.js';
import { argumentReport, meantAsArguments, notSent, parseReplacement, wantedReplacement, type ArgumentReport } from '../changeArguments.js';
import { chooseOneTarget } from '../changePicker.js';
import type { FollowUps } from '../firstAid.js';
import { openForChange } from '../openExplorer.js';
import { performChange } from '../performChange.js';
import { chooseList } from '../replacePicker.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure, showRefusal, showUnexpected } from '../showFailure.js';
import { refreshTree } from '../treeActions.js';

const operationOf = ({ kind }: TargetRef): string => (kind === 'instance' ? 'ModifyInstanceAttribute' : 'ModifyNetworkInterfaceAttribute');

interface Wish {
  readonly regionId: string;
  readonly ref: TargetRef;
}

/** Replace Security Groups: the whole list of one target, edited in a box or given by argument. */
export async function replace(services: Services, [first]: readonly unknown[]): Promise<ArgumentReport | undefined> {
  if (!services.view.isNode(first) && meantAsArguments(first)) return byArgument(services, first);
  const [node] = services.view.nodesOf(first, undefined);
  const explorer = await openForChange(services, 'ModifyInstanceAttribute', node === undefined ? [] : services.view.accountsOf([node]));
  if (explorer === undefined) return undefined;
  const chosen =
    node?.kind === 'instance' || node?.kind === 'networkInterface'
      ? { regionId: node.resource.regionId, ref: { kind: node.kind, id: node.resource.id } as const }
      : await chooseOneTarget({ explorer, language: services.language, recent: services.recent }, 'replace');
  return chosen === undefined ? undefined : editList(services, explorer, chosen);
}

/** Edits the list of one target; a primary interface is led to its instance, whose groups it has. */
export async function editList(services: Services, explorer: Explorer, wish: Wish): Promise<ArgumentReport | undefined> {
  const { regionId, ref } = wish;
  const read = await readTargets(explorer.scope.connection.ecs, { regionId, targets: [ref] }, { signal: explorer.scope.signal });
  const target = read.ok ? read.value.get(ref.id) : undefined;
  if (!read.ok || target === undefined) {
    showFailure(services, operationOf(ref), read.ok ? clientFailure('Client.NotListed', { operation: operationOf(ref) }) : read.failure, ofAccount(explorer.scope.account));
    return undefined;
  }
  if (target.kind === 'networkInterface' && target.type === 'Primary' && target.instanceId !== undefined) {
    return editList(services, explorer, { regionId, ref: { kind: 'instance', id: target.instanceId } });
  }
  const before = target.securityGroupIds;
  if (before === undefined) {
    showRefusal(services, vscode.l10n.t('The service did not tell the security groups of this target, so they cannot be replaced safely: {0}', ref.id));
    return undefined;
  }
  const after = await chooseList({ explorer, language: services.language, target, before });
  if (after === undefined) return undefined;
  const report = await perform(services, explorer, intentOf(wish, before, after));
  return report.ok ? argumentReport(services, report.value) : notSent(services, report.failure);
}

/** From a page of details: the list that it names, in the place of the one that it shows; asked for where it names none. Always confirmed. */
export async function replaceNamed(services: Services, account: AccountId, { target, groupIds }: { readonly target: JoinTarget; readonly groupIds?: readonly string[] | undefined }): Promise<void> {
  const explorer = await openForChange(services, operationOf(target), [account]);
  if (explorer === undefined) return;
  const { regionId, securityGroupIds: before } = target;
  const host = target.kind === 'networkInterface' && target.type === 'Primary' ? target.instanceId : undefined;
  const ref: TargetRef = host === undefined ? { kind: target.kind, id: target.id } : { kind: 'instance', id: host };
  if (groupIds === undefined || before === undefined) await editList(services, explorer, { regionId, ref });
  else await perform(services, explorer, intentOf({ regionId, ref }, before, groupIds));
}

function intentOf({ regionId, ref }: Wish, before: readonly string[], after: readonly string[]): Intent {
  return { kind: 'replace', regionId, steps: [{ ref, change: { kind: 'replace', before, after } }] };
}

async function perform(services: Services, explorer: Explorer, intent: Intent) {
  const [step] = intent.steps;
  const next: FollowUps = step === undefined ? {} : followUps(services, explorer, { regionId: intent.regionId, ref: step.ref });
  const report = await performChange(services, explorer.scope, intent, { alwaysConfirm: true, mayUntick: false, next });
  if (!report.ok) showFailure(services, 'ModifyInstanceAttribute', report.failure, next);
  return report;
}

function followUps(services: Services, explorer: Explorer, wish: Wish): FollowUps {
  const again = () => { editList(services, explorer, wish).catch((error: unknown) => { showUnexpected(services, operationOf(wish.ref), error); }); };
  return { ...ofAccount(explorer.scope.account), tryAgain: again, anotherGroup: again, refresh: () => void refreshTree(services, undefined), resource: explorer.scope.connection.sandbox ? undefined : { ...wish.ref, regionId: wish.regionId } };
}

/** The list is compared with what the target is in when the call comes: whoever calls has seen it then, if not on a screen. */
function byArgument(services: Services, value: unknown): Promise<ArgumentReport> {
  const asked = parseReplacement(value) ?? { securityGroupIds: [] };
  const intent = async (explorer: Explorer, regionId: string, [ref]: readonly TargetRef[]): Promise<Intent | Failure> => {
    if (ref === undefined) return clientFailure('Client.Unexpected');
    const read = await readTargets(explorer.scope.connection.ecs, { regionId, targets: [ref] }, { signal: explorer.scope.signal });
    if (!read.ok) return read.failure;
    const before = read.value.get(ref.id)?.securityGroupIds;
    return before === undefined ? clientFailure('Client.NotListed', { operation: operationOf(ref) }) : intentOf({ regionId, ref }, before, [...new Set(asked.securityGroupIds)]);
  };
  return changeByArgument(services, { operation: 'ModifyInstanceAttribute', asked, wanted: wantedReplacement(asked), intent, perform: (explorer, wanted) => perform(services, explorer, wanted) });
}
