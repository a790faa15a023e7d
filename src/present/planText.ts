import { changedGroups, type Change, type ChangeKind, type Step } from '../domain/change.js';
import { decisive, type Finding, type ReasonName, type Verdict } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import { forMessage } from './literal.js';
import { remedyText, whyText } from './reasonText.js';
import { KIND_NAME, listed } from './words.js';

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

interface TitleParts {
  /** One target with its kind, or how many. */
  readonly who: Text;
  readonly groups: Text;
}

const TITLE: Readonly<Record<ChangeKind, (parts: TitleParts) => Text>> = {
  join: ({ who, groups }) => ({ en: `Join ${who.en} to ${groups.en}?`, zh: `将${who.zh}加入${groups.zh}？` }),
  leave: ({ who, groups }) => ({ en: `Remove ${who.en} from ${groups.en}?`, zh: `将${who.zh}移出${groups.zh}？` }),
  replace: ({ who, groups }) => ({ en: `Replace the security groups of ${who.en} by ${groups.en}?`, zh: `将${who.zh}的安全组替换为${groups.zh}？` }),
};

function isGoing({ verdict }: StepView): boolean {
  return verdict === 'ready' || verdict === 'warn';
}

/** Who is changed, in words: the one target with its kind and id, or how many there are. */
function whoText(steps: readonly StepView[]): Text {
  const refs = new Set(steps.map(({ ref }) => ref.id));
  const [first] = steps;
  if (refs.size !== 1 || first === undefined) return { en: `${refs.size} targets`, zh: ` ${refs.size} 个目标` };
  const name = namedTarget(first);
  return { en: `${KIND_NAME[first.ref.kind].en} ${name}`, zh: `${KIND_NAME[first.ref.kind].zh} ${name} ` };
}

/** One group by its name, or how many with the first names. */
export function groupsText(ids: readonly string[], names: GroupNames): Text {
  const text = (language: Language) => namedGroups(ids, names, language);
  if (ids.length === 1) return { en: `security group ${text('en')}`, zh: `安全组 ${text('zh')}` };
  return { en: `${ids.length} security groups: ${text('en')}`, zh: ` ${ids.length} 个安全组：${text('zh')}` };
}

/** Title and details of the dialog that confirms a change: account, region, targets, groups, warnings, what opens and closes. */
export function confirmation(plan: PlanView, language: Language): { readonly title: string; readonly detail: string } {
  const going = plan.steps.filter(isGoing);
  const title = TITLE[plan.kind]({ who: whoText(going), groups: groupsText(groupsOf(plan.kind, going.map(({ change }) => change)), plan.groupNames) })[language];
  const zh = language === 'zh';
  const facts = zh ? [`账号：${plan.account}`, `地域：${plan.regionId}`] : [`Account: ${plan.account}`, `Region: ${plan.regionId}`];
  const notes = going.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'warn' || severity === 'inform').map((finding) => noteLine(finding, language)));
  const lines = [...facts, ...targetLines(plan, going, language), ...listLines(plan, going, language), ...(plan.remarks ?? []), ...new Set(notes)];
  return { title: forMessage(title), detail: lines.map(forMessage).join('\n') };
}

/** Of several targets their names, and how many come to what. */
function targetLines({ kind, steps }: PlanView, going: readonly StepView[], language: Language): readonly string[] {
  if (steps.length === 1) return [];
  const names = listed([...new Set(going.map((step) => named(step.ref.id, step.name)))], language);
  const counts = (['ready', 'warn', 'nothingToDo', 'blocked'] as const)
    .map((verdict) => [steps.filter((step) => step.verdict === verdict).length, VERDICT_WORD[kind][verdict][language]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => (language === 'zh' ? `${count} 个${word}` : `${count} ${word}`));
  return language === 'zh' ? [`目标：${names}`, counts.join('，')] : [`Targets: ${names}`, counts.join(', ')];
}

/** Of replacements: what comes, what goes, what stays, and what cannot be prevented. */
function listLines({ groupNames }: PlanView, going: readonly StepView[], language: Language): readonly string[] {
  const lists = going.flatMap(({ change }) => (change.kind === 'replace' ? [change] : []));
  if (lists.length === 0) return [];
  const zh = language === 'zh';
  const text = (ids: readonly string[]) => namedGroups([...new Set(ids)], groupNames, language);
  const row = (label: Text, ids: readonly string[]) => (ids.length === 0 ? [] : [`${label[language]}${text(ids)}`]);
  return [
    ...row({ en: 'Joins: ', zh: '加入：' }, lists.flatMap(({ before, after }) => after.filter((id) => !before.includes(id)))),
    ...row({ en: 'Leaves: ', zh: '移出：' }, lists.flatMap(({ before, after }) => before.filter((id) => !after.includes(id)))),
    ...row({ en: 'Keeps: ', zh: '保留：' }, lists.flatMap(({ before, after }) => before.filter((id) => after.includes(id)))),
    zh
      ? '整个列表会被替换。写入前会再次比对；若有人恰在同一时刻修改，其更改可能丢失。'
      : 'The whole list is replaced. It is compared again just before; a change that somebody makes at the same moment may still be lost.',
  ];
}

/** Effects whose remedy says something that the person should know before. */
const WITH_REMEDY: ReadonlySet<ReasonName> = new Set<ReasonName>(['noLongerLets']);

function noteLine(finding: Finding, language: Language): string {
  const mark = finding.severity === 'warn' ? '⚠' : 'ℹ';
  const zh = language === 'zh';
  const more = WITH_REMEDY.has(finding.because.reason) ? `${zh ? '' : ' '}${remedyText(finding, language)}` : '';
  return `${mark} ${whyText(finding, language)}${zh ? '。' : '.'}${more}`;
}
