import { changedGroups, type Change, type ChangeKind, type Step } from '../domain/change.js';
import type { ChangeEffects } from '../domain/exposure/changeEffects.js';
import { decisive, type Finding, type Verdict } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import { remedyText, whyText } from './reasonText.js';
import { listed } from './words.js';

/** Names of groups by id, as far as they are known. */
export type GroupNames = ReadonlyMap<string, string>;

/** What a plan's texts need of one step. */
export interface StepView extends Step {
  /** Of the target, where it is known. */
  readonly name?: string | undefined;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface PlanView {
  readonly kind: ChangeKind;
  /** The account as the person knows it. */
  readonly account: string;
  readonly regionId: string;
  readonly groupNames: GroupNames;
  readonly steps: readonly StepView[];
  /** Lines of its own, such as which operation is undone. */
  readonly remarks?: readonly string[];
  /** What opens and closes, where it was worked out. */
  readonly effects?: ChangeEffects;
}

export const VERDICT_WORD: Readonly<Record<ChangeKind, Readonly<Record<Verdict, Text>>>> = {
  join: {
    ready: { en: 'will join', zh: '将加入' },
    warn: { en: 'needs a look', zh: '需要留意' },
    nothingToDo: { en: 'nothing to do', zh: '无需操作' },
    blocked: { en: "can't join", zh: '无法加入' },
  },
  leave: {
    ready: { en: 'will leave', zh: '将移出' },
    warn: { en: 'needs a look', zh: '需要留意' },
    nothingToDo: { en: 'nothing to do', zh: '无需操作' },
    blocked: { en: "can't leave", zh: '无法移出' },
  },
  replace: {
    ready: { en: 'will be replaced', zh: '将替换' },
    warn: { en: 'needs a look', zh: '需要留意' },
    nothingToDo: { en: 'nothing to do', zh: '无需操作' },
    blocked: { en: "can't be replaced", zh: '无法替换' },
  },
};

/** A name with its id, for sentences that must leave no doubt. */
export function named(id: string, name: string | undefined): string {
  return name === undefined || name.trim() === '' || name === id ? id : `${name} (${id})`;
}

export function namedTarget(step: Pick<StepView, 'ref' | 'name'>): string {
  return named(step.ref.id, step.name);
}

/** Groups with their names, cut after three. */
export function namedGroups(ids: readonly string[], names: GroupNames, language: Language): string {
  return listed(ids.map((id) => named(id, names.get(id))), language);
}

/** The groups that changes are about: for a join or leave those joined or left, for a replacement those in the new list. */
export function groupsOf(kind: ChangeKind, changes: readonly Change[]): readonly string[] {
  const ids = changes.flatMap((change) => {
    if (change.kind !== 'replace') return [change.securityGroupId];
    return kind === 'join' ? changedGroups(change) : change.after;
  });
  return [...new Set(ids)];
}

/** Why, what to do, and the codes that the service would answer: one line for each finding that decided. */
export function reasonLines(findings: readonly Finding[], language: Language): readonly string[] {
  return decisive(findings).map((finding) => {
    const codes = finding.codes.length === 0 ? '' : ` [${finding.codes.join(', ')}]`;
    const stop = language === 'zh' ? '。' : '. ';
    return `${whyText(finding, language)}${stop}${remedyText(finding, language)}${codes}`;
  });
}

/** The reasons in one line, for a row of a picker or the message that nothing was sent. */
export function reasonSummary(findings: readonly Finding[], language: Language): string {
  return decisive(findings)
    .map((finding) => whyText(finding, language))
    .join(language === 'zh' ? '；' : '. ');
}

/** One group by its name, or how many with the first names. */
export function groupsText(ids: readonly string[], names: GroupNames): Text {
  const text = (language: Language) => namedGroups(ids, names, language);
  if (ids.length === 1) return { en: `security group ${text('en')}`, zh: `安全组 ${text('zh')}` };
  return { en: `${ids.length} security groups: ${text('en')}`, zh: ` ${ids.length} 个安全组：${text('zh')}` };
}
