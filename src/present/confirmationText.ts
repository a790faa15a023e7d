import type { ChangeKind } from '../domain/change.js';
import type { Finding, ReasonName } from '../domain/finding.js';
import type { Language, Text } from '../domain/text.js';
import { effectLines, loudLines } from './effectText.js';
import { forMessage } from './literal.js';
import { groupsOf, groupsText, named, namedGroups, namedTarget, VERDICT_WORD, type PlanView, type StepView } from './planText.js';
import { remedyText, whyText } from './reasonText.js';
import { KIND_NAME, listed } from './words.js';

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

/** Findings about what opens and closes: they look at words only, and are left to where it was not worked out. */
const EFFECTS: ReadonlySet<ReasonName> = new Set<ReasonName>(['opensToWorld', 'closes', 'noLongerLets', 'noLongerDrops', 'membersReachEachOther', 'membersApart', 'effectUnknown']);

/** Title and details of the dialog that confirms a change: account, region, targets, groups, warnings, what opens and closes. */
export function confirmation(plan: PlanView, language: Language): { readonly title: string; readonly detail: string } {
  const going = plan.steps.filter(isGoing);
  const title = TITLE[plan.kind]({ who: whoText(going), groups: groupsText(groupsOf(plan.kind, going.map(({ change }) => change)), plan.groupNames) })[language];
  const zh = language === 'zh';
  const facts = zh ? [`账号：${plan.account}`, `地域：${plan.regionId}`] : [`Account: ${plan.account}`, `Region: ${plan.regionId}`];
  const effects = plan.effects ?? { differences: [] };
  const about = { effects, names: plan.groupNames, language };
  const workedOut = new Set(effects.differences.flatMap(({ targets }) => targets));
  const notes = going.flatMap(({ ref, findings }) => findings.filter((finding) => isNote(finding, workedOut.has(ref.id))).map((finding) => noteLine(finding, language)));
  const lines = [...loudLines(about), ...facts, ...targetLines(plan, going, language), ...listLines(plan, going, language), ...(plan.remarks ?? []), ...effectLines(about), ...restLine(going, workedOut, language), ...new Set(notes)];
  return { title: forMessage(title), detail: lines.map(forMessage).join('\n') };
}

function isNote({ severity, because }: Finding, isWorkedOut: boolean): boolean {
  return severity === 'warn' || (severity === 'inform' && !(isWorkedOut && EFFECTS.has(because.reason)));
}

/** Where it was worked out for some of the targets, what follows is about the others. */
function restLine(going: readonly StepView[], workedOut: ReadonlySet<string>, language: Language): readonly string[] {
  const rest = new Set(going.map(({ ref }) => ref.id).filter((id) => !workedOut.has(id))).size;
  if (workedOut.size === 0 || rest === 0) return [];
  return [language === 'zh' ? `ℹ 另有 ${rest} 个目标未逐一计算其变化。` : `ℹ For ${rest} more ${rest === 1 ? 'target' : 'targets'} this was not worked out.`];
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
