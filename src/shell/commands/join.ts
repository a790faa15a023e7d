import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { JoinIntent } from '../../app/planJoin.js';
import { clientFailure } from '../../domain/failure.js';
import { isRegionId } from '../../domain/ids.js';
import type { ExplorerNode } from '../../present/explorerNode.js';
import { argumentReport, findRegion, meantAsArguments, notSent, parseArguments, refusedByRule, wantedTargets, type ArgumentReport, type AskedByArgument } from '../joinArguments.js';
import { chooseAll, chooseGroup, chooseTarget, type JoinChoice, type PickerParts } from '../joinPicker.js';
import { performJoin } from '../performJoin.js';
import type { Services } from '../services.js';
import { showFailure, showUnexpected } from '../showFailure.js';

/** Join Security Group: from a node, from the palette, or by argument. */
export async function join(services: Services, [first]: readonly unknown[]): Promise<ArgumentReport | undefined> {
  if (!services.view.isNode(first) && meantAsArguments(first)) return joinByArgument(services, first);
  const explorer = await openExplorer(services);
  if (explorer === undefined) return undefined;
  const choice = await choose({ explorer, language: services.language }, services.view.isNode(first) ? first : undefined);
  if (choice === undefined) return undefined;
  const intent = { regionId: choice.regionId, securityGroupId: choice.groupId, targets: [choice.ref] };
  const report = await performJoin(services, explorer.scope, intent, { alwaysConfirm: false });
  if (report.ok) return argumentReport(services, report.value, choice.group);
  showFailure(services, 'JoinSecurityGroup', report.failure);
  return notSent(services, report.failure);
}

async function openExplorer(services: Services): Promise<Explorer | undefined> {
  if (services.session.account === undefined) await vscode.commands.executeCommand('ecsExplorer.switchAccount');
  if (services.session.account === undefined) return undefined;
  const scope = await services.session.open();
  if (!scope.ok) showFailure(services, 'JoinSecurityGroup', scope.failure);
  return services.view.explorer();
}

function choose(parts: PickerParts, node: ExplorerNode | undefined): Promise<JoinChoice | undefined> {
  if (node?.kind === 'instance' || node?.kind === 'networkInterface') return chooseGroup(parts, node.resource);
  if (node?.kind === 'securityGroup') return chooseTarget(parts, node.resource);
  return chooseAll(parts);
}

/** No picker opens, one confirmation is always asked, and the promise always resolves to a report. */
async function joinByArgument(services: Services, value: unknown): Promise<ArgumentReport> {
  const asked = parseArguments(value) ?? { securityGroupId: '' };
  const wanted = wantedTargets(asked);
  if (!wanted.ok) return refusedByRule(services, asked, wanted.findings);
  if (asked.regionId !== undefined && !isRegionId(asked.regionId)) return notSent(services, clientFailure('Client.InvalidRegionId'));
  const explorer = await explorerFor(services, asked);
  if (explorer === undefined) return notSent(services, openFailure(services));
  const regionId = asked.regionId ?? (await findRegion(explorer, wanted.targets));
  if (typeof regionId !== 'string') return notSent(services, regionId);
  return perform(services, explorer, { regionId, securityGroupId: asked.securityGroupId, targets: wanted.targets });
}

/** Once a join is under way, an error that nobody expected leaves open what became of it. */
async function perform(services: Services, explorer: Explorer, intent: JoinIntent): Promise<ArgumentReport> {
  try {
    const report = await performJoin(services, explorer.scope, intent, { alwaysConfirm: true });
    return report.ok ? argumentReport(services, report.value, undefined) : notSent(services, report.failure);
  } catch (error) {
    await showUnexpected(services, 'JoinSecurityGroup', error);
    return { ...notSent(services, clientFailure('Client.Unexpected')), outcome: 'unknown', sent: true };
  }
}

/** An account that the arguments name must be the one that is open: a call must not switch what the person looks at. */
async function explorerFor(services: Services, asked: AskedByArgument): Promise<Explorer | undefined> {
  if (asked.account !== undefined && asked.account !== services.session.account) return undefined;
  return services.view.explorer();
}

function openFailure(services: Services) {
  const { state } = services.session;
  return state.kind === 'failed' ? state.failure : clientFailure('Client.NoAccount');
}
