import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import { groupsForList } from '../app/groupChoices.js';
import { displayName, type JoinTarget, type SecurityGroup } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { groupRow } from '../present/choiceText.js';
import { forLabel } from '../present/literal.js';
import { failureRows } from './choiceRows.js';
import { pickSeveral, separator, type PickItem } from './pick.js';

export interface ListParts {
  readonly explorer: Explorer;
  readonly language: Language;
  readonly target: JoinTarget;
  /** The groups it is in now. */
  readonly before: readonly string[];
  /** What the box is called where nothing comes of it but something to look at. */
  readonly title?: string;
}

/** Edits the list of a target's groups: those of its VPC, the present ones ticked. Undefined when the box was closed. */
export async function chooseList({ explorer, language, target, before, title }: ListParts): Promise<readonly string[] | undefined> {
  const { ecs } = explorer.scope.connection;
  const row = (group: SecurityGroup): PickItem<string> => ({ ...groupRow(group, language), value: group.id });
  const picked = await pickSeveral<string>({
    title: title ?? vscode.l10n.t('Replace Security Groups: {0}', forLabel(displayName(target))),
    placeholder: vscode.l10n.t('Tick the groups that it is to be in; it leaves all others'),
    canGoBack: false,
    several: 'always',
    keyOf: (id) => id,
    ticked: (id) => before.includes(id),
    fill: (show, signal) =>
      groupsForList(ecs, { target, before }, { signal }, ({ current, others, failure }) => {
        show([...failureRows<string>(failure, language), separator(vscode.l10n.t('Now in')), ...current.map(row), separator(vscode.l10n.t('Others of this network')), ...others.map(row)]);
      }),
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}
