import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { JoinIntent } from '../../app/planJoin.js';
import { clientFailure, type Failure, type Result } from '../../domain/failure.js';
import { isRegionId } from '../../domain/ids.js';
import type { JoinReport } from '../../app/runJoin.js';
import type { JoinTarget, SecurityGroup } from '../../domain/resources.js';
import type { ExplorerNode } from '../../present/explorerNode.js';
import type { FollowUps } from '../firstAid.js';
import { argumentReport, findRegion, meantAsArguments, notSent, parseArguments, refusedByRule, wantedTargets, type ArgumentReport, type AskedByArgument } from '../joinArguments.js';
import { chooseAll, chooseGroup, chooseTarget, type JoinChoice, type PickerParts } from '../joinPicker.js';
import { performJoin } from '../performJoin.js';
import type { Services } from '../services.js';
import { showFailure, showRefusal, showUnexpected } from '../showFailure.js';

/** Join Security Group: from a node, from the palette, or by argument. */
export async function join(services: Services, [first]: readonly unknown[]): Promise<ArgumentReport | undefined> {
  if (!services.view.isNode(first) && meantAsArguments(first)) return joinByArgument(services, first);
  const explorer = await openExplorer(services);
  if (explorer === undefined) return undefined;
  return joinChosen(services, explorer, await choose({ explorer, language: services.language }, services.view.isNode(first) ? first : undefined));
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

/** Carries out what was chosen in the pickers; a picker that was closed chose nothing. */
async function joinChosen(services: Services, explorer: Explorer, choice: JoinChoice | undefined): Promise<ArgumentReport | undefined> {
  if (choice === undefined) return undefined;
  const intent = { regionId: choice.regionId, securityGroupId: choice.groupId, targets: [choice.ref] };
  const report = await perform(services, explorer, { intent, ...choice, alwaysConfirm: false });
  return report.ok ? argumentReport(services, report.value, choice.group) : notSent(services, report.failure);
}

interface Wanted {
  readonly intent: JoinIntent;
  readonly target?: JoinTarget | undefined;
  readonly group?: SecurityGroup | undefined;
  readonly alwaysConfirm: boolean;
}

async function perform(services: Services, explorer: Explorer, wanted: Wanted): Promise<Result<JoinReport>> {
  const next = followUps(services, explorer, wanted);
  const report = await performJoin(services, explorer.scope, wanted.intent, { alwaysConfirm: wanted.alwaysConfirm, next });
  if (!report.ok) showFailure(services, 'JoinSecurityGroup', report.failure, next);
  return report;
}

/** What the buttons of a message about this join may do. The person pressed them, so faults are shown as of a command. */
function followUps(services: Services, explorer: Explorer, wanted: Wanted): FollowUps {
  const { intent, target, group } = wanted;
  const parts: PickerParts = { explorer, language: services.language };
  const run = (work: () => Promise<unknown>) => () => { work().catch((error: unknown) => { showUnexpected(services, 'JoinSecurityGroup', error); }); };
  const [ref] = intent.targets;
  return {
    tryAgain: run(() => perform(services, explorer, wanted)),
    anotherGroup: target === undefined ? undefined : run(async () => joinChosen(services, explorer, await chooseGroup(parts, target))),
    anotherTarget: group === undefined ? undefined : run(async () => joinChosen(services, explorer, await chooseTarget(parts, group))),
    refresh: run(() => services.view.refresh(undefined)),
    resource: explorer.scope.connection.sandbox || ref === undefined ? undefined : { ...ref, regionId: intent.regionId },
    policy: {
      action: 'ecs:JoinSecurityGroup',
      regionId: intent.regionId,
      securityGroupId: intent.securityGroupId,
      ...(ref === undefined ? {} : ref.kind === 'instance' ? { instanceId: ref.id } : { networkInterfaceId: ref.id }),
    },
  };
}

/** No picker opens, one confirmation is always asked, and the promise always resolves to a report. */
async function joinByArgument(services: Services, value: unknown): Promise<ArgumentReport> {
  const asked = parseArguments(value) ?? { securityGroupId: '' };
  const wanted = wantedTargets(asked);
  if (!wanted.ok) {
    const report = refusedByRule(services, asked, wanted.findings);
    showRefusal(services, report.message);
    return report;
  }
  const explorer = await explorerFor(services, asked);
  if (!('scope' in explorer)) return toldNotSent(services, explorer);
  const regionId = asked.regionId ?? (await findRegion(explorer, wanted.targets));
  if (typeof regionId !== 'string') return toldNotSent(services, regionId);
  return performByArgument(services, explorer, { regionId, securityGroupId: asked.securityGroupId, targets: wanted.targets });
}

/** A person pressed a key for it, so that what did not happen is shown as well as reported. */
function toldNotSent(services: Services, failure: Failure): ArgumentReport {
  showFailure(services, 'JoinSecurityGroup', failure);
  return notSent(services, failure);
}

/** Once a join is under way, an error that nobody expected leaves open what became of it. */
async function performByArgument(services: Services, explorer: Explorer, intent: JoinIntent): Promise<ArgumentReport> {
  try {
    const report = await perform(services, explorer, { intent, alwaysConfirm: true });
    return report.ok ? argumentReport(services, report.value, undefined) : notSent(services, report.failure);
  } catch (error) {
    showUnexpected(services, 'JoinSecurityGroup', error);
    return { ...notSent(services, clientFailure('Client.Unexpected')), outcome: 'unknown', sent: true };
  }
}

/** An account that the arguments name must be the one that is open: a call must not switch what the person looks at. */
async function explorerFor(services: Services, asked: AskedByArgument): Promise<Explorer | Failure> {
  if (asked.regionId !== undefined && !isRegionId(asked.regionId)) return clientFailure('Client.InvalidRegionId');
  const { session, view } = services;
  const mine = asked.account === undefined || asked.account === session.account;
  const explorer = mine ? await view.explorer() : undefined;
  if (explorer !== undefined) return explorer;
  return mine && session.state.kind === 'failed' ? session.state.failure : clientFailure('Client.NoAccount');
}
