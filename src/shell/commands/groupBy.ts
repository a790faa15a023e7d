import * as vscode from 'vscode';
import type { Grouping } from '../../present/grouping.js';
import { forPick } from '../../present/literal.js';
import { pickStep, type PickItem } from '../pick.js';
import type { Services } from '../services.js';

type Choice = Grouping | 'tag';

/** Puts instances together by what they have in common, in every region. */
export async function groupBy(services: Services): Promise<void> {
  const { state } = services.view;
  const current = state.grouping;
  const row = (value: Choice, by: Grouping['by'], label: string): PickItem<Choice> => ({ label, value, description: current.by === by ? vscode.l10n.t('current') : '' });
  const picked = await pickStep<Choice>({
    title: vscode.l10n.t('Group Instances By'),
    placeholder: vscode.l10n.t('Choose what instances are put together by'),
    canGoBack: false,
    fill: (show) => {
      show([
        row({ by: 'none' }, 'none', vscode.l10n.t('None: by name')),
        row({ by: 'vpc' }, 'vpc', vscode.l10n.t('VPC')),
        row({ by: 'zone' }, 'zone', vscode.l10n.t('Zone')),
        row('tag', 'tag', vscode.l10n.t('Tag…')),
      ]);
      return Promise.resolve();
    },
  });
  const grouping = picked.kind !== 'picked' ? undefined : picked.value === 'tag' ? await pickTag(services) : picked.value;
  if (grouping === undefined) return;
  await state.group(grouping);
  services.view.repaint();
}

/** One of the keys that are known, or one that is typed. */
async function pickTag({ view }: Services): Promise<Grouping | undefined> {
  const resources = view.lists.explorers.all.flatMap((explorer) => explorer.known());
  const keys = [...new Set(resources.flatMap((resource) => (resource.kind === 'instance' ? resource.tags.map(({ key }) => key) : [])))].sort();
  const picked = await pickStep<Grouping>({
    title: vscode.l10n.t('Group Instances By'),
    placeholder: vscode.l10n.t('Choose or type the key of a tag'),
    canGoBack: false,
    fill: (show) => {
      show(keys.map((key) => ({ label: `$(tag) ${forPick(key)}`, value: { by: 'tag', key } as const })));
      return Promise.resolve();
    },
    typed: (text) => (text === '' || keys.includes(text) ? undefined : { label: `$(tag) ${forPick(text)}`, value: { by: 'tag', key: text }, alwaysShow: true }),
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}
