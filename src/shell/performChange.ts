import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createCancelSource } from '../app/cancelSource.js';
import { readPrefixLists } from '../app/details/groupFacts.js';
import type { AccountId, Identity } from '../app/ports/accounts.js';
import { goingSteps, needsConfirmation, planChanges, withoutSteps, type Intent, type Plan, type PlanDeps } from '../app/plan.js';
import { planEffects } from '../app/planEffects.js';
import { runOperation } from '../app/runOperation.js';
import type { ViewScope } from '../app/session.js';
import { nothingToDoOutcome, operationReport, unsent, type OperationReport } from '../app/stepReport.js';
import type { ChangeKind } from '../domain/change.js';
import type { PrefixLists } from '../domain/details.js';
import { clientFailure, success, type Result } from '../domain/failure.js';
import type { Outcome } from '../domain/outcome.js';
import { confirmation } from '../present/confirmationText.js';
import { copyAs } from '../present/copyAs.js';
import { suggestsOos } from '../present/copyAs/oos.js';
import { forMessage } from '../present/literal.js';
import { groupsOf, namedGroups } from '../present/planText.js';
import { accountName } from './accountNames.js';
import { accountSettings } from './accountSettings.js';
import { copyChange } from './copyChange.js';
import type { FollowUps } from './firstAid.js';
import { firstWriteRemarks, isFirstWrite, rememberWrite } from './firstWrites.js';
import { isProtected, refusedAsReadOnly, typedWhereProtected } from './guards.js';
import type { PageState } from './details/pageState.js';
import { pageOfPlan, showDetailsLabel } from './planDetails.js';
import { chooseSteps } from './planPicker.js';
import { groupNames, planView } from './planView.js';
import { withCancel } from './progress.js';
import { logReport, showReport, type ReportAbout } from './report.js';
import type { Services } from './services.js';
import { setting } from './settings.js';
import { ofAccount } from './showFailure.js';
import { showChanged } from './treeActions.js';

export interface PerformOptions {
  /** A change by argument, by dragging or of a batch is always confirmed, whatever the setting says (law 11). */
  readonly alwaysConfirm: boolean;
  /** Whether single steps may be taken out of a plan of several before it is confirmed. */
  readonly mayUntick: boolean;
  /** What the person may do next when it fails. */
  readonly next: FollowUps;
  /** Lines for the confirmation, such as which operation is undone. */
  readonly remarks?: readonly string[];
}

const GO: Readonly<Record<ChangeKind, () => string>> = {
  join: () => vscode.l10n.t('Join'),
  leave: () => vscode.l10n.t('Remove'),
  replace: () => vscode.l10n.t('Replace'),
};

/** Asks for the word to go on, naming account, region, targets, groups, and what opens or closes. Copying it for another tool, and looking at it on a page, are ways not to. */
async function confirmed(services: Services, plan: Plan, about: { readonly account: string; readonly endpoint: string | undefined; readonly remarks?: readonly string[] | undefined; readonly page: PageState | undefined; readonly prefixLists: PrefixLists }): Promise<boolean> {
  const { title, detail } = confirmation(planView(plan, { ...about, remarks: [...(about.remarks ?? []), ...oosRemark(plan)], effects: planEffects(plan, about.prefixLists) }), services.language);
  const go = plan.planned.some(({ verdict }) => verdict === 'warn') ? vscode.l10n.t('Try Anyway') : GO[plan.kind]();
  const copy = vscode.l10n.t('Copy As…');
  const { page } = about;
  const look = showDetailsLabel();
  const choice = await vscode.window.showWarningMessage(services.log.clean(title), { modal: true, detail: services.log.clean(detail) }, go, ...(page === undefined ? [] : [look]), copy);
  if (page !== undefined && choice === look) await services.showPage(page);
  if (choice === copy) {
    const { kind, regionId } = plan;
    await copyChange({ kind, regionId, steps: goingSteps(plan), ...(about.endpoint === undefined ? {} : { endpoint: about.endpoint }) }, services.language);
  }
  return choice === go;
}

/** What outgrows one editor is handed to Alibaba Cloud's own orchestration (design, section 1). */
function oosRemark(plan: Plan): readonly string[] {
  const targets = new Set(goingSteps(plan).map(({ ref }) => ref.id));
  const fits = suggestsOos(targets.size) && !('reason' in copyAs({ kind: plan.kind, regionId: plan.regionId, steps: goingSteps(plan) }, 'oos'));
  return fits ? [vscode.l10n.t('So many targets can also be handed to OOS, which goes on without this window: Copy As…')] : [];
}

function endedBeforeSending(plan: Plan, operationId: string, outcome: Outcome): OperationReport {
  return operationReport(operationId, plan, plan.planned.map((step) => unsent(step, step.verdict === 'nothingToDo' ? nothingToDoOutcome(plan.kind) : step.verdict === 'blocked' ? 'refused' : outcome)));
}

/** Plan and confirmation: the plan to carry out, or the report of a wish that ended before anything was sent. */
type Agreed = { readonly plan: Plan } | { readonly ended: OperationReport; readonly silent: boolean };

interface AgreementParts {
  readonly operationId: string;
  /** The account's name with its number. */
  readonly account: string;
  readonly accountId: AccountId;
  /** Its id, and its number where that is known: what patterns may protect. */
  readonly accounts: readonly string[];
  readonly endpoint: string | undefined;
  readonly options: PerformOptions;
  readonly identity: Identity;
  /** That the rules of the plan name. */
  readonly prefixLists: PrefixLists;
  /** Whether nothing was ever changed under this identity. */
  readonly first: boolean;
}

async function agreed(services: Services, plan: Plan, parts: AgreementParts): Promise<Agreed> {
  const { operationId, account, options } = parts;
  const silently = (): Agreed => ({ ended: endedBeforeSending(plan, operationId, 'notSent'), silent: true });
  if (goingSteps(plan).length === 0) return { ended: endedBeforeSending(plan, operationId, 'refused'), silent: false };
  const unticked = options.mayUntick && plan.planned.length > 1 ? await chooseSteps(services, planView(plan, { account })) : new Set<number>();
  if (unticked === undefined) return silently();
  const chosen = withoutSteps(plan, unticked);
  if (goingSteps(chosen).length === 0) return silently();
  const isSafe = !options.alwaysConfirm && !parts.first && !needsConfirmation(chosen, setting('confirm')) && !isProtected(chosen, parts.accounts);
  if (isSafe) return { plan: chosen };
  // Not wanting it after all needs no message, only the record.
  const remarks = [...(options.remarks ?? []), ...(parts.first ? firstWriteRemarks(parts.identity) : [])];
  const wanted = (await confirmed(services, chosen, { account, endpoint: parts.endpoint, remarks, page: pageOfPlan(parts.accountId, chosen), prefixLists: parts.prefixLists })) && (await typedWhereProtected(chosen, parts.accounts));
  if (!wanted) return silently();
  await rememberWrite(services, parts.identity);
  return { plan: chosen };
}

/**
 * The whole way of a change, from an intent to its report: plan on fresh facts, confirm where it is risky, write it
 * down, send, verify, tell. The connection is the one it began with, also when the account is switched meanwhile.
 */
export async function performChange(services: Services, scope: ViewScope, intent: Intent, options: PerformOptions): Promise<Result<OperationReport>> {
  if (await refusedAsReadOnly(scope.account)) return { ok: false, failure: clientFailure('Client.Cancelled') };
  const operationId = randomUUID();
  const { ecs } = scope.connection;
  const planned = await withCancel({
    title: vscode.l10n.t('Checking…'),
    run: async (signal) => {
      let { identity } = scope.connection;
      // Asked beside the facts, so that the first change takes no round trip more; rules look at the account after those.
      const identified = scope.connection.identify({ signal, operationId }).then((found) => { identity = found; });
      const deps: PlanDeps = { ecs, clock: services.clock, limits: { groupsPerInterface: accountSettings(scope.account).securityGroupsPerInterface }, get accountId() { return identity.accountId; } };
      const [plan] = await Promise.all([planChanges(intent, deps, { signal, operationId }, { route: setting('join.route') }), identified]);
      // Read for the confirmation only: no rule of a plan goes by them, and what is refused needs none.
      const rules = plan.ok && goingSteps(plan.value).length > 0 ? [...plan.value.rules.values()] : [];
      const prefixLists = await readPrefixLists({ ecs, regionId: intent.regionId, context: { signal, operationId } }, rules.map(success));
      return { identity, deps, plan, prefixLists };
    },
  });
  if (!planned.ok) return planned;
  const { plan, deps, identity, prefixLists } = planned.value;
  if (!plan.ok) return plan;
  const account = accountName(scope.account, identity.accountId);
  const about: ReportAbout = { account, next: { ...options.next, ...ofAccount(scope.account) } };
  const agreement = await agreed(services, plan.value, { operationId, account, accountId: scope.account, accounts: [scope.account, ...(identity.accountId === undefined ? [] : [identity.accountId])], endpoint: scope.connection.endpoint, options, identity, prefixLists, first: isFirstWrite(services, scope.connection, identity) });
  if ('ended' in agreement) {
    logReport(services, agreement.ended, about);
    if (!agreement.silent) showReport(services, agreement.ended, about);
    return { ok: true, value: agreement.ended };
  }
  const report = await run(services, agreement.plan, { owner: { operationId, account: scope.account, identity }, deps, turns: scope.connection.writes });
  logReport(services, report, about);
  showReport(services, report, about);
  const ids = [...report.steps.map(({ ref }) => ref.id), ...report.steps.flatMap(({ change }) => (change.kind === 'replace' ? [...change.before, ...change.after] : [change.securityGroupId]))];
  showChanged(services, scope, report.steps.flatMap(({ target }) => target ?? []), [...new Set(ids)]);
  return { ok: true, value: report };
}

type RunParts = Pick<Parameters<Services['operations']['run']>[1], 'owner' | 'turns'> & { readonly deps: PlanDeps };

const RUNNING: Readonly<Record<ChangeKind, (groups: string) => string>> = {
  join: (groups) => vscode.l10n.t('Joining security group: {0}', groups),
  leave: (groups) => vscode.l10n.t('Leaving security group: {0}', groups),
  replace: (groups) => vscode.l10n.t('Replacing security groups: {0}', groups),
};

async function run(services: Services, plan: Plan, { deps, ...parts }: RunParts): Promise<OperationReport> {
  const groups = namedGroups(groupsOf(plan.kind, plan.steps.map(({ change }) => change)), groupNames(plan.groups), services.language);
  const source = createCancelSource();
  let work: Promise<OperationReport> | undefined;
  let done = 0;
  await withCancel({
    title: RUNNING[plan.kind](forMessage(groups)),
    source,
    run: (_signal, report) => {
      work = services.operations.run(plan, {
        ...deps,
        ...parts,
        concurrentWrites: setting('requests.concurrentWrites'),
        verifySeconds: setting('join.verifySeconds'),
        onStep: () => {
          done += 1;
          if (plan.planned.length > 1) report(vscode.l10n.t('{0} of {1} done', done, plan.planned.length));
        },
        onWaiting: (ms, failure) => { report(vscode.l10n.t('{0}: waiting {1} s', failure === undefined ? vscode.l10n.t('Our share of the quota') : forMessage(failure.code), Math.ceil(ms / 1000))); },
      }, { source, carryOut: runOperation });
      return work;
    },
  });
  // After a cancel the box is gone at once, while what was sent is followed to its outcome (law 7).
  return work ?? endedBeforeSending(plan, parts.owner.operationId, 'notSent');
}
