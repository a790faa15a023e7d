import * as vscode from 'vscode';
import { planRows } from '../present/planRows.js';
import type { PlanView } from '../present/planText.js';
import type { Services } from './services.js';

interface StepItem extends vscode.QuickPickItem {
  readonly position: number;
}

/**
 * Shows one line for each step of a plan, those that something would be sent for ticked; gives the positions that
 * the person took out, or undefined when the box was closed.
 */
export function chooseSteps(services: Services, plan: PlanView): Promise<ReadonlySet<number> | undefined> {
  const box = vscode.window.createQuickPick<StepItem>();
  const sections = planRows(plan, services.language);
  box.canSelectMany = true;
  box.ignoreFocusOut = true;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.title = services.log.clean(sections.title);
  box.placeholder = vscode.l10n.t('Untick what is to be left out, then confirm');
  box.items = sections.rows.map((row): StepItem => ('separator' in row ? { label: row.separator, kind: vscode.QuickPickItemKind.Separator, position: -1 } : row));
  box.selectedItems = box.items.filter(({ position }) => going(plan, position));
  return new Promise((resolve) => {
    let agreed: ReadonlySet<number> | undefined;
    box.onDidAccept(() => {
      const kept = new Set(box.selectedItems.map(({ position }) => position));
      agreed = new Set([...plan.steps.keys()].filter((position) => going(plan, position) && !kept.has(position)));
      box.hide();
    });
    box.onDidHide(() => {
      resolve(agreed);
      box.dispose();
    });
    box.show();
  });
}

/** A step that is blocked stays so, ticked or not. */
function going({ steps }: PlanView, position: number): boolean {
  const verdict = steps[position]?.verdict;
  return verdict === 'ready' || verdict === 'warn';
}
