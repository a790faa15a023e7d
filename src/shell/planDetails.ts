import * as vscode from 'vscode';
import { goingSteps, type Plan } from '../app/plan.js';
import type { AccountId } from '../app/ports/accounts.js';
import type { Change } from '../domain/change.js';
import type { Comparison } from '../present/page/pageOptions.js';
import type { PageState } from './details/pageState.js';

/** The page of the one target of a plan, with what the plan would change; undefined for a plan of several. */
export function pageOfPlan(account: AccountId, plan: Plan): PageState | undefined {
  const going = goingSteps(plan);
  const [first] = going;
  const comparison = comparisonOf(going.map(({ change }) => change));
  if (first === undefined || comparison === undefined || going.some(({ ref }) => ref.id !== first.ref.id)) return undefined;
  return { account, kind: first.ref.kind, id: first.ref.id, regionId: plan.regionId, name: first.target?.name, comparison };
}

function comparisonOf(changes: readonly Change[]): Comparison | undefined {
  const [first] = changes;
  if (first === undefined || changes.some(({ kind }) => kind !== first.kind)) return undefined;
  if (first.kind === 'replace') return changes.length === 1 ? { kind: 'replace', groupIds: first.after } : undefined;
  return { kind: first.kind, groupIds: changes.flatMap((change) => (change.kind === 'replace' ? [] : change.securityGroupId)) };
}

/** Another way out of a confirmation: nothing is sent, and the page shows what it would have changed. */
export function showDetailsLabel(): string {
  return vscode.l10n.t('Show Details');
}
