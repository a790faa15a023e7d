import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import { CATEGORIES, type Category } from '../present/explorerNode.js';
import { forPick } from '../present/literal.js';
import { CATEGORY_NAME } from '../present/words.js';
import type { Language } from '../domain/text.js';
import { failureRows } from './choiceRows.js';
import { pickStep } from './pick.js';

/** One list of a region. */
export interface Place {
  readonly regionId: string;
  readonly category: Category;
}

interface PlaceStep {
  readonly title: string;
  /** How many questions there are, these two among them. */
  readonly of: number;
  readonly categories?: readonly Category[];
}

/** Asks for a region and a kind of resource; undefined when the person closes a box. */
export async function pickPlace(explorer: Explorer, language: Language, { title, of, categories = CATEGORIES }: PlaceStep): Promise<Place | undefined> {
  const region = await pickStep<string>({
    title,
    placeholder: vscode.l10n.t('Choose a region'),
    step: { at: 1, of },
    canGoBack: false,
    until: explorer.signal,
    fill: async (show) => {
      const { items, failure } = await explorer.regions();
      show([...failureRows<string>(failure, language), ...items.map(({ id, name }) => ({ label: `$(globe) ${forPick(name)}`, description: forPick(id), value: id }))]);
    },
  });
  if (region.kind !== 'picked') return undefined;
  const category = await pickStep<Category>({
    title,
    placeholder: vscode.l10n.t('Choose a kind'),
    step: { at: 2, of },
    canGoBack: false,
    until: explorer.signal,
    fill: (show) => {
      show(categories.map((value) => ({ label: CATEGORY_NAME[value][language], value })));
      return Promise.resolve();
    },
  });
  return category.kind === 'picked' ? { regionId: region.value, category: category.value } : undefined;
}
