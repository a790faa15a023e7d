import * as vscode from 'vscode';
import type { Choice } from '../app/groupChoices.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import { decisive } from '../domain/finding.js';
import { displayName, type JoinTarget, type SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { whyNotRows } from '../present/choiceText.js';
import { forLabel } from '../present/literal.js';
import { pickSeveral, pickStep, separator, type Picked, type PickItem, type PickSeveral } from './pick.js';

/** A row that was chosen; without a choice it was typed. */
export interface Chosen<T extends { readonly id: string }> {
  readonly id: string;
  readonly choice?: Choice<T>;
}

type Fill<T> = (show: (items: readonly PickItem<T>[]) => void, signal: CancelSignal) => Promise<void>;

export interface EligibleStep<T extends JoinTarget | SecurityGroup> extends Omit<PickSeveral<Chosen<T>>, 'fill' | 'keyOf'> {
  /** @param again what is known already may be out of date and is read anew */
  readonly fillAgain: (again: boolean) => Fill<Chosen<T>>;
  /** Replaces the groups of the one target: the way from basic to advanced groups or back. */
  readonly replaceInstead?: (() => void) | undefined;
}

function isEligible<T extends { readonly id: string }>({ choice }: Chosen<T>): boolean {
  return choice === undefined || choice.verdict === 'ready' || choice.verdict === 'warn';
}

/**
 * A step that keeps asking until something that can be is chosen, or the person goes back or closes it. Of several,
 * those that cannot be are left out.
 */
export async function pickEligible<T extends JoinTarget | SecurityGroup>(language: Language, step: EligibleStep<T>): Promise<Picked<readonly Chosen<T>[]>> {
  let again = false;
  for (;;) {
    const picked: Picked<readonly Chosen<T>[]> = await pickSeveral<Chosen<T>>({ ...step, keyOf: ({ id }) => id, fill: step.fillAgain(again) });
    if (picked.kind !== 'picked') return picked;
    const eligible = picked.value.filter(isEligible);
    if (eligible.length > 0) return { kind: 'picked', value: eligible };
    const choice: Choice<T> | undefined = picked.value[0]?.choice;
    const answer: Answer = choice === undefined ? 'back' : await explainBlocked(choice, { language, canReplace: step.replaceInstead !== undefined });
    if (answer === 'replace') step.replaceInstead?.();
    if (answer === 'closed' || answer === 'replace') return { kind: 'closed' };
    again = answer === 'again';
  }
}

type Answer = 'back' | 'again' | 'replace' | 'closed';

/** A choice that can't be: says why, sends nothing, and lets the person go back to the list, or do what helps. */
async function explainBlocked(choice: Choice<JoinTarget | SecurityGroup>, about: { readonly language: Language; readonly canReplace: boolean }): Promise<Answer> {
  const findings = decisive(choice.findings);
  const passing = findings.some(({ because }) => because.reason === 'instanceState' && because.passing);
  const otherType = about.canReplace && findings.some(({ because }) => because.reason === 'otherGroupType');
  const rows = whyNotRows(findings, about.language);
  const actions: readonly PickItem<Exclude<Answer, 'closed'>>[] = [
    ...(passing ? [{ label: `$(refresh) ${vscode.l10n.t('Check again')}`, value: 'again' } as const] : []),
    ...(otherType ? [{ label: `$(replace-all) ${vscode.l10n.t('Replace its security groups instead…')}`, value: 'replace' } as const] : []),
    { label: `$(arrow-left) ${vscode.l10n.t('Choose another one')}`, value: 'back' },
  ];
  const result = await pickStep<Exclude<Answer, 'closed'>>({
    title: vscode.l10n.t('Why not: {0}', forLabel(displayName(choice.item))),
    placeholder: vscode.l10n.t('Nothing was sent'),
    canGoBack: true,
    fill: (show) => {
      show([...rows, separator(''), ...actions]);
      return Promise.resolve();
    },
  });
  return result.kind === 'picked' ? result.value : result.kind;
}
