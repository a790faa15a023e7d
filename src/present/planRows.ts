import type { Verdict } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import { forPick } from './literal.js';
import { confirmation } from './confirmationText.js';
import { groupsOf, namedGroups, namedTarget, reasonSummary, VERDICT_WORD, type PlanView, type StepView } from './planText.js';

/** A line of the plan, or one that divides. */
export type PlanRow = { readonly separator: string } | { readonly position: number; readonly label: string; readonly description: string; readonly detail?: string };

const SECTIONS: readonly { readonly verdicts: readonly Verdict[]; readonly title: Text }[] = [
  { verdicts: ['ready'], title: { en: 'Ready', zh: '可以执行' } },
  { verdicts: ['warn'], title: { en: 'Needs a look', zh: '需要留意' } },
  { verdicts: ['nothingToDo'], title: { en: 'Nothing to do', zh: '无需操作' } },
  { verdicts: ['blocked'], title: { en: 'Not possible', zh: '无法执行' } },
];

const ICON: Readonly<Record<Verdict, string>> = { ready: '$(pass)', warn: '$(warning)', nothingToDo: '$(check)', blocked: '$(circle-slash)' };

interface RowAbout {
  readonly plan: PlanView;
  /** Where there is one group, the title has said it. */
  readonly severalGroups: boolean;
  readonly language: Language;
}

function rowOf(step: StepView, position: number, { plan, severalGroups, language }: RowAbout): PlanRow {
  const groups = severalGroups ? [namedGroups(groupsOf(plan.kind, [step.change]), plan.groupNames, language)] : [];
  const word = VERDICT_WORD[plan.kind][step.verdict][language];
  const row = { position, label: `${ICON[step.verdict]} ${forPick(namedTarget(step))}`, description: forPick([word, ...groups].join(' · ')) };
  const why = step.verdict === 'ready' ? '' : reasonSummary(step.findings, language);
  return why === '' ? row : { ...row, detail: forPick(why, 400) };
}

/** A plan as lines in sections, what goes first; the title is the question that the confirmation will ask. */
export function planRows(plan: PlanView, language: Language): { readonly title: string; readonly rows: readonly PlanRow[] } {
  const about: RowAbout = { plan, severalGroups: groupsOf(plan.kind, plan.steps.map(({ change }) => change)).length > 1, language };
  const rows = SECTIONS.flatMap(({ verdicts, title }): readonly PlanRow[] => {
    const inSection = [...plan.steps.entries()].filter(([, { verdict }]) => verdicts.includes(verdict));
    return inSection.length === 0 ? [] : [{ separator: `${title[language]} (${inSection.length})` }, ...inSection.map(([position, step]) => rowOf(step, position, about))];
  });
  return { title: confirmation(plan, language).title, rows };
}
