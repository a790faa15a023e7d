import type { Finding, Verdict } from '../domain/finding.js';
import { displayName, type JoinTarget, type SecurityGroup } from '../domain/resources.js';
import type { Language, Text } from '../domain/text.js';
import { forPick } from './literal.js';
import { remedyText, whyText } from './reasonText.js';
import { reasonSummary } from './planText.js';
import { groupTypeWord, stateWord } from './words.js';

/** A row of a picker, escaped for it. */
export interface ChoiceRow {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

/** The order in which verdicts stand in a picker, and the line above each. */
export const SECTIONS: Readonly<Record<'join' | 'leave', readonly { readonly verdicts: readonly Verdict[]; readonly title: Text }[]>> = {
  join: [
    { verdicts: ['ready'], title: { en: 'Can join', zh: '可以加入' } },
    { verdicts: ['warn'], title: { en: 'Needs a look', zh: '需要留意' } },
    { verdicts: ['blocked', 'nothingToDo'], title: { en: "Can't join", zh: '无法加入' } },
  ],
  leave: [
    { verdicts: ['ready'], title: { en: 'Can leave', zh: '可以移出' } },
    { verdicts: ['warn'], title: { en: 'Needs a look', zh: '需要留意' } },
    { verdicts: ['blocked', 'nothingToDo'], title: { en: "Can't leave", zh: '无法移出' } },
  ],
};

/** The section above the others: groups that were joined not long ago. */
export const RECENT: Text = { en: 'Recently used', zh: '最近使用' };

const ICON: Readonly<Record<Verdict, string>> = { ready: '$(shield)', warn: '$(warning)', blocked: '$(circle-slash)', nothingToDo: '$(check)' };

export function resourceDescription(resource: JoinTarget | SecurityGroup, language: Language): string {
  const parts =
    resource.kind === 'securityGroup'
      ? [resource.id, groupTypeWord(resource.type, language), resource.vpcId]
      : [resource.id, stateWord(resource.status, language), resource.vpcId, resource.privateIps[0]];
  return parts.filter((part) => part !== undefined && part !== '' && part !== displayName(resource)).join(' · ');
}

/** One judged group or target: name, what tells it from its neighbours, and why it can't or should be looked at. */
export function choiceRow(resource: JoinTarget | SecurityGroup, judged: { readonly verdict: Verdict; readonly findings: readonly Finding[] }, language: Language): ChoiceRow {
  const row = { label: `${ICON[judged.verdict]} ${forPick(displayName(resource))}`, description: forPick(resourceDescription(resource, language)) };
  return judged.verdict === 'ready' ? row : { ...row, detail: forPick(reasonSummary(judged.findings, language), 400) };
}

/** The tags of a resource, for who looks for `key=value`. */
export function tagsText(resource: JoinTarget | SecurityGroup): string {
  return forPick(resource.tags.map(({ key, value }) => `${key}=${value}`).join(' '), 200);
}

/** A resource without a judgement. */
export function resourceRow(resource: JoinTarget, language: Language): ChoiceRow {
  const icon = resource.kind === 'instance' ? '$(vm)' : '$(plug)';
  return { label: `${icon} ${forPick(displayName(resource))}`, description: forPick(resourceDescription(resource, language)) };
}

/** A security group without a judgement. */
export function groupRow(group: SecurityGroup, language: Language): ChoiceRow {
  return { label: `$(shield) ${forPick(displayName(group))}`, description: forPick(resourceDescription(group, language)) };
}

/** Why not: a row for each reason, with what to do and the codes that the service would answer. */
export function whyNotRows(findings: readonly Finding[], language: Language): readonly ChoiceRow[] {
  return findings.map((finding) => ({
    label: `$(circle-slash) ${forPick(whyText(finding, language), 200)}`,
    description: forPick([finding.rule, ...finding.codes].join(' · '), 200),
    detail: forPick(remedyText(finding, language), 400),
  }));
}
