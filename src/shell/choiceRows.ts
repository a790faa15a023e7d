import * as vscode from 'vscode';
import type { Choices } from '../app/groupChoices.js';
import type { Failure } from '../domain/failure.js';
import { idIn } from '../domain/ids.js';
import { displayName, type JoinTarget, type ResourceKind, type SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { choiceRow, RECENT, resourceRow, SECTIONS, tagsText } from '../present/choiceText.js';
import { forPick } from '../present/literal.js';
import { failureWords } from '../present/reportText.js';
import type { Chosen } from './eligible.js';
import { separator, type PickItem } from './pick.js';

interface RowsAbout {
  readonly kind: 'join' | 'leave';
  readonly language: Language;
  /** Ids of the groups that were used last, the newest first. */
  readonly recent: readonly string[];
}

/** Rows in their sections, those used last above the others; within a section by name. */
export function sectionRows<T extends JoinTarget | SecurityGroup>({ choices, failure }: Choices<T>, { kind, language, recent }: RowsAbout): readonly PickItem<Chosen<T>>[] {
  const row = (choice: Choices<T>['choices'][number]): PickItem<Chosen<T>> => ({ ...choiceRow(choice.item, choice, language), value: { id: choice.item.id, choice } });
  const section = (title: string, items: readonly PickItem<Chosen<T>>[]) => (items.length === 0 ? [] : [separator<Chosen<T>>(title), ...items]);
  const isRecent = ({ item, verdict }: Choices<T>['choices'][number]) => recent.includes(item.id) && (verdict === 'ready' || verdict === 'warn');
  const lately = choices.filter(isRecent).sort((a, b) => recent.indexOf(a.item.id) - recent.indexOf(b.item.id));
  const rows = SECTIONS[kind].flatMap(({ verdicts, title }) => {
    const inSection = choices.filter((choice) => verdicts.includes(choice.verdict) && !isRecent(choice));
    inSection.sort((a, b) => (displayName(a.item) < displayName(b.item) ? -1 : Number(displayName(a.item) > displayName(b.item))));
    return section(title[language], inSection.map(row));
  });
  return [...failureRows<Chosen<T>>(failure, language), ...section(RECENT[language], lately.map(row)), ...rows];
}

/** A list that could not be read says so in the box, above what it has. */
export function failureRows<T>(failure: Failure | undefined, language: Language): readonly PickItem<T>[] {
  return failure === undefined ? [] : [{ label: `$(error) ${forPick(failureWords(failure, language), 400)}`, alwaysShow: true }];
}

/** An id that is typed, or stands in what is pasted, counts as a choice although it is not listed. */
export function typedId<T extends { readonly id: string }>(kinds: readonly ResourceKind[]): (text: string) => PickItem<Chosen<T>> | undefined {
  return (text) => {
    const id = idIn(text, kinds);
    return id === undefined ? undefined : { label: `$(edit) ${forPick(id)}`, description: vscode.l10n.t('Use this id'), alwaysShow: true, value: { id } };
  };
}

/** Who types an equals sign looks for a tag, so that rows show theirs. */
export function dressedWithTags<T extends JoinTarget | SecurityGroup>(item: PickItem<Chosen<T>>, text: string): PickItem<Chosen<T>> {
  const resource = item.value?.choice?.item;
  if (resource === undefined || !text.includes('=')) return item;
  return { ...item, description: `${item.description ?? ''} ${tagsText(resource)}`.trim() };
}

/** Targets by kind, without a judgement. */
export function targetRows(targets: readonly JoinTarget[], language: Language): readonly PickItem<Chosen<JoinTarget>>[] {
  const kinds = [
    ['instance', vscode.l10n.t('Instances')],
    ['networkInterface', vscode.l10n.t('Network Interfaces')],
  ] as const;
  return kinds.flatMap(([kind, title]) => {
    const rows = targets
      .filter((item) => item.kind === kind)
      .map((item): PickItem<Chosen<JoinTarget>> => ({ ...resourceRow(item, language), value: { id: item.id, choice: { item, verdict: 'ready', findings: [] } } }));
    return rows.length === 0 ? [] : [separator<Chosen<JoinTarget>>(title), ...rows];
  });
}
