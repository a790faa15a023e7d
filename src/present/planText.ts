import { decisive, type Finding, type Verdict } from '../domain/finding.js';
import { displayName, type SecurityGroup, type TargetRef } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import { forMessage } from './literal.js';
import { remedyText, whyText } from './reasonText.js';
import { KIND_NAME } from './words.js';

/** What a plan's texts need of one target. */
export interface TargetView {
  readonly ref: TargetRef;
  readonly name?: string | undefined;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface PlanView {
  /** The account as the person knows it. */
  readonly account: string;
  readonly regionId: string;
  readonly groupId: string;
  readonly group: SecurityGroup | undefined;
  readonly targets: readonly TargetView[];
}

export const VERDICT_WORD: Readonly<Record<Verdict, Text>> = {
  ready: { en: 'will join', zh: '将加入' },
  warn: { en: 'needs a look', zh: '需要留意' },
  nothingToDo: { en: 'nothing to do', zh: '无需操作' },
  blocked: { en: "can't join", zh: '无法加入' },
};

/** A name with its id, for sentences that must leave no doubt. */
export function named(id: string, name: string | undefined): string {
  return name === undefined || name.trim() === '' || name === id ? id : `${name} (${id})`;
}

export function namedTarget(target: TargetView): string {
  return named(target.ref.id, target.name);
}

export function namedGroup(plan: PlanView): string {
  return named(plan.groupId, plan.group === undefined ? undefined : displayName(plan.group));
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

/** Title and details of the dialog that confirms a join: account, region, targets, group, warnings, what opens and closes. */
export function confirmation(plan: PlanView, language: Language): { readonly title: string; readonly detail: string } {
  const going = plan.targets.filter(({ verdict }) => verdict === 'ready' || verdict === 'warn');
  const first = going[0];
  const one = going.length === 1 && first !== undefined ? `${KIND_NAME[first.ref.kind][language]} ${namedTarget(first)}` : undefined;
  const title =
    language === 'zh'
      ? `将${one === undefined ? ` ${going.length} 个目标` : `${one} `}加入安全组 ${namedGroup(plan)}？`
      : `Join ${one ?? `${going.length} targets`} to security group ${namedGroup(plan)}?`;
  const facts = language === 'zh' ? [`账号：${plan.account}`, `地域：${plan.regionId}`] : [`Account: ${plan.account}`, `Region: ${plan.regionId}`];
  const notes = going.flatMap((target) => target.findings.filter(({ severity }) => severity === 'warn' || severity === 'inform').map((finding) => noteLine(finding, language)));
  return { title: forMessage(title), detail: [...facts, ...new Set(notes)].map(forMessage).join('\n') };
}

function noteLine(finding: Finding, language: Language): string {
  const mark = finding.severity === 'warn' ? '⚠' : 'ℹ';
  return `${mark} ${whyText(finding, language)}${language === 'zh' ? '。' : '.'}`;
}
