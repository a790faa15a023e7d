import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { AccountId } from '../../app/ports/accounts.js';
import { membershipIntent, type Intent } from '../../app/plan.js';
import type { OperationReport } from '../../app/stepReport.js';
import type { Result } from '../../domain/failure.js';
import type { JoinTarget, Resource, SecurityGroup } from '../../domain/resources.js';
import type { ExplorerNode } from '../../present/explorerNode.js';
import { changeByArgument } from '../byArgument.js';
import { argumentReport, meantAsArguments, notSent, parseMembership, wantedTargets, type ArgumentReport } from '../changeArguments.js';
import { chooseAll, chooseGroups, chooseTargets, type ChangeChoice, type MembershipKind, type PickerParts } from '../changePicker.js';
import type { FollowUps } from '../firstAid.js';
import { openExplorer, openForChange } from '../openExplorer.js';
import { performChange } from '../performChange.js';
import type { Services } from '../services.js';
import { ofAccount, showFailure, showRefusal, showUnexpected } from '../showFailure.js';
import type { Dropped, Misdropped } from '../treeDrops.js';
import { editList } from './replace.js';
import { refreshTree } from '../treeActions.js';

const OPERATION: Readonly<Record<MembershipKind, string>> = { join: 'JoinSecurityGroup', leave: 'LeaveSecurityGroup' };

/** Join Security Group: from nodes, from the palette, or by argument. */
export function join(services: Services, args: readonly unknown[]): Promise<ArgumentReport | undefined> {
  return change(services, 'join', args);
}

/** Leave Security Group: the same, the other way. */
export function leave(services: Services, args: readonly unknown[]): Promise<ArgumentReport | undefined> {
  return change(services, 'leave', args);
}

const MISDROPPED: Readonly<Record<Misdropped, () => string>> = {
  elsewhere: () => vscode.l10n.t('Drop instances or network interfaces of one region onto a security group of the same region.'),
  otherAccount: () => vscode.l10n.t('The security group is of another account. Drop instances or network interfaces onto a security group of their own account.'),
};

/** Targets that were dropped onto a group in the tree: always confirmed, since a hand may slip. */
export function dropOnto(services: Services, dropped: Dropped | Misdropped): void {
  if (typeof dropped === 'string') {
    showRefusal(services, MISDROPPED[dropped]());
    return;
  }
  joinDropped(services, dropped).catch((error: unknown) => { showUnexpected(services, OPERATION.join, error); });
}

/** Resources of an account that were found, in any region: a group by itself is asked for targets, the others for groups. */
export async function joinResources(services: Services, account: AccountId, resources: readonly Resource[]): Promise<void> {
  const explorer = await openForChange(services, OPERATION.join, [account]);
  if (explorer !== undefined) await changeAll(services, explorer, 'join', resources);
}

async function changeAll(services: Services, explorer: Explorer, kind: MembershipKind, resources: readonly Resource[]): Promise<void> {
  const parts = partsOf(services, explorer);
  const [first] = resources;
  if (first?.kind === 'securityGroup' && resources.length === 1) {
    await changeChosen(services, explorer, kind, await chooseTargets(parts, kind, first));
    return;
  }
  const targets = resources.filter((resource) => resource.kind !== 'securityGroup');
  for (const choose of groupChoosers(kind, parts, targets)) await changeChosen(services, explorer, kind, await choose());
}

/** What a page of details names. */
export interface NamedChange {
  readonly kind: MembershipKind;
  readonly resource: Resource;
  /** Asked for where they are missing. */
  readonly groupIds?: readonly string[] | undefined;
}

/** The same from a page of details. Where it names the groups nothing is asked before the confirmation, which therefore always comes. */
export async function changeNamed(services: Services, account: AccountId, { kind, resource, groupIds }: NamedChange): Promise<void> {
  const explorer = await openForChange(services, OPERATION[kind], [account]);
  if (explorer === undefined) return;
  if (resource.kind === 'securityGroup' || groupIds === undefined) await changeAll(services, explorer, kind, [resource]);
  else await perform(services, explorer, { kind, choice: { regionId: resource.regionId, refs: [{ kind: resource.kind, id: resource.id }], targets: [resource], groupIds }, alwaysConfirm: true });
}

async function joinDropped(services: Services, { account, targets, group }: Dropped): Promise<void> {
  const explorer = await openExplorer(services, OPERATION.join, [account]);
  if (explorer === undefined) return;
  const refs = targets.map(({ kind, id }) => ({ kind, id }));
  const choice: ChangeChoice = { regionId: group.regionId, refs, targets, groupIds: [group.id], group };
  await perform(services, explorer, { kind: 'join', choice, alwaysConfirm: true });
}

async function change(services: Services, kind: MembershipKind, [first, more]: readonly unknown[]): Promise<ArgumentReport | undefined> {
  if (!services.view.isNode(first) && meantAsArguments(first)) return byArgument(services, kind, first);
  const nodes = services.view.nodesOf(first, more);
  const explorer = await openForChange(services, OPERATION[kind], services.view.accountsOf(nodes));
  if (explorer === undefined) return undefined;
  let last: ArgumentReport | undefined;
  // Several regions are planned and confirmed region by region.
  for (const choose of choosers(kind, partsOf(services, explorer), nodes)) last = await changeChosen(services, explorer, kind, await choose());
  return last;
}

function partsOf(services: Services, explorer: Explorer): PickerParts {
  const replaceInstead: PickerParts['replaceInstead'] = (of) => { editList(services, explorer, of).catch((error: unknown) => { showUnexpected(services, 'ModifyInstanceAttribute', error); }); };
  return { explorer, language: services.language, recent: services.recent, replaceInstead };
}

type Choose = () => Promise<ChangeChoice | undefined>;

/** What is still to be asked: groups for targets, targets for a group, all of it without a node, nothing for a group below its member. */
function choosers(kind: MembershipKind, parts: PickerParts, nodes: readonly ExplorerNode[]): readonly Choose[] {
  const targets = nodes.flatMap((node) => (node.kind === 'instance' || node.kind === 'networkInterface' ? [node.resource] : []));
  const [first] = nodes;
  if (targets.length === 0 && first?.kind === 'securityGroup') {
    const owner = first.parent;
    const member = kind === 'leave' && (owner?.kind === 'instance' || owner?.kind === 'networkInterface') ? owner.resource : undefined;
    return [member === undefined ? () => chooseTargets(parts, kind, first.resource) : () => Promise.resolve(oneMember(member, first.resource))];
  }
  return targets.length === 0 ? [() => chooseAll(parts, kind)] : groupChoosers(kind, parts, targets);
}

/** Groups for targets, asked for region by region. */
function groupChoosers(kind: MembershipKind, parts: PickerParts, targets: readonly JoinTarget[]): readonly Choose[] {
  const regions = new Map<string, Map<string, JoinTarget>>();
  for (const target of targets) regions.set(target.regionId, (regions.get(target.regionId) ?? new Map<string, JoinTarget>()).set(target.id, target));
  return [...regions].map(([regionId, mine]) => () => {
    const unique = [...mine.values()];
    return chooseGroups(parts, kind, { regionId, refs: unique.map((target) => ({ kind: target.kind, id: target.id })), targets: unique });
  });
}

function oneMember(target: JoinTarget, group: SecurityGroup): ChangeChoice {
  return { regionId: target.regionId, refs: [{ kind: target.kind, id: target.id }], targets: [target], groupIds: [group.id] };
}

/** Carries out what was chosen in the pickers; a picker that was closed chose nothing. */
async function changeChosen(services: Services, explorer: Explorer, kind: MembershipKind, choice: ChangeChoice | undefined): Promise<ArgumentReport | undefined> {
  if (choice === undefined) return undefined;
  const report = await perform(services, explorer, { kind, choice, alwaysConfirm: false });
  return report.ok ? argumentReport(services, report.value) : notSent(services, report.failure);
}

interface Wish {
  readonly kind: MembershipKind;
  readonly choice: ChangeChoice;
  readonly alwaysConfirm: boolean;
}

function intentOf({ kind, choice }: Wish): Intent {
  return membershipIntent(kind, choice.regionId, { securityGroupIds: choice.groupIds, targets: choice.refs });
}

/** What was joined, and not what was only thought of, is offered first the next time. */
async function perform(services: Services, explorer: Explorer, wish: Wish): Promise<Result<OperationReport>> {
  const report = await performed(services, explorer, wish, { intent: intentOf(wish), mayUntick: true });
  const { kind, choice } = wish;
  if (kind === 'join' && report.ok && report.value.sent) await services.recent.use(explorer.scope.connection.identity.key, choice.regionId, choice.groupIds);
  return report;
}

async function performed(services: Services, explorer: Explorer, wish: Wish, { intent, mayUntick }: { readonly intent: Intent; readonly mayUntick: boolean }): Promise<Result<OperationReport>> {
  const next = followUps(services, explorer, wish);
  const report = await performChange(services, explorer.scope, intent, { alwaysConfirm: wish.alwaysConfirm, mayUntick, next });
  if (!report.ok) showFailure(services, OPERATION[wish.kind], report.failure, next);
  return report;
}

/** What the buttons of a message about this change may do. The person pressed them, so faults are shown as of a command. */
function followUps(services: Services, explorer: Explorer, wish: Wish): FollowUps {
  const { kind, choice } = wish;
  const { regionId, refs, targets, group } = choice;
  const parts = partsOf(services, explorer);
  const operation = OPERATION[kind];
  const run = (work: () => Promise<unknown>) => () => { work().catch((error: unknown) => { showUnexpected(services, operation, error); }); };
  const [ref] = refs;
  return {
    ...ofAccount(explorer.scope.account),
    tryAgain: run(() => perform(services, explorer, wish)),
    anotherGroup: targets.length === 0 ? undefined : run(async () => changeChosen(services, explorer, kind, await chooseGroups(parts, kind, choice))),
    anotherTarget: group === undefined ? undefined : run(async () => changeChosen(services, explorer, kind, await chooseTargets(parts, kind, group))),
    refresh: run(() => refreshTree(services, undefined)),
    resource: explorer.scope.connection.sandbox || ref === undefined ? undefined : { ...ref, regionId },
  };
}

function byArgument(services: Services, kind: MembershipKind, value: unknown): Promise<ArgumentReport> {
  const asked = parseMembership(value) ?? { securityGroupId: '' };
  const intent = (regionId: string, refs: ChangeChoice['refs']) => membershipIntent(kind, regionId, { securityGroupIds: [asked.securityGroupId], targets: refs });
  return changeByArgument(services, {
    operation: OPERATION[kind],
    asked,
    wanted: wantedTargets(asked),
    intent: (_explorer, regionId, targets) => Promise.resolve(intent(regionId, targets)),
    perform: (explorer, planned) => {
      const refs = [...new Map(planned.steps.map(({ ref }) => [ref.id, ref])).values()];
      const choice: ChangeChoice = { regionId: planned.regionId, refs, targets: [], groupIds: [asked.securityGroupId] };
      return performed(services, explorer, { kind, choice, alwaysConfirm: true }, { intent: planned, mayUntick: false });
    },
  });
}
