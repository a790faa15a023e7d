import * as vscode from 'vscode';
import type { Explorer } from '../../app/explore.js';
import type { ViewScope } from '../../app/session.js';
import { FILTER_FIELDS, type FilterField, type ListFilter } from '../../domain/listFilter.js';
import type { Resource } from '../../domain/resources.js';
import { KIND_OF, type CategoryNode, type ExplorerNode } from '../../present/explorerNode.js';
import { FILTER_NAME, filterValue, tagWord } from '../../present/filterText.js';
import { forPick } from '../../present/literal.js';
import { CATEGORY_NAME } from '../../present/words.js';
import type { Language } from '../../domain/text.js';
import { accountName } from '../accountNames.js';
import { openExplorer } from '../openExplorer.js';
import { pickStep, separator, type PickItem } from '../pick.js';
import { pickPlace, type Place } from '../pickPlace.js';
import type { Services } from '../services.js';

type Condition = Partial<ListFilter>;

/** The row of the list that the command is about: the category it was called on or that is selected, or the one above. */
function categoryAbove(node: ExplorerNode | undefined): CategoryNode | undefined {
  for (let at = node; at !== undefined; at = at.parent) if (at.kind === 'category') return at;
  return undefined;
}

function rowOf({ view }: Services, first: unknown): CategoryNode | undefined {
  return categoryAbove(view.isNode(first) ? first : view.selection[0]);
}

/** Narrows a list by one more condition, which the service decides. */
export async function filter(services: Services, [first]: readonly unknown[]): Promise<void> {
  const { view, language } = services;
  const row = rowOf(services, first);
  const explorer = await openExplorer(services, 'Filter', row === undefined ? [] : view.accountsOf([row]));
  if (explorer === undefined) return;
  const place = row ?? (await pickPlace(explorer, language, { title: vscode.l10n.t('Filter'), of: 4 }));
  if (place === undefined) return;
  const before = view.state.filterOf(explorer.scope, place) ?? {};
  const condition = await pickCondition(explorer, language, { place, before });
  // What was chosen of one account says nothing about the lists of another (law 8).
  if (condition === undefined || explorer.signal.aborted) return;
  apply(services, { scope: explorer.scope, place }, condition === 'clear' ? undefined : { ...before, ...condition });
}

/** Shows the whole list again. */
export async function clearFilter(services: Services, [first]: readonly unknown[]): Promise<void> {
  const row = rowOf(services, first);
  const scope = services.view.lists.explorerOf(row)?.scope;
  const list = row === undefined || scope === undefined ? await pickFiltered(services) : { scope, place: row };
  if (list?.scope.signal.aborted === false) apply(services, list, undefined);
}

/** A list and whose it is. */
interface ListOf {
  readonly scope: ViewScope;
  readonly place: Place;
}

function apply({ view }: Services, { scope, place }: ListOf, to: ListFilter | undefined): void {
  view.state.filter(scope, place, to);
  view.repaintList(scope, place);
}

/** The one list that is filtered, or the one that the person chooses among several. */
async function pickFiltered({ view, language }: Services): Promise<ListOf | undefined> {
  const explorers = view.lists.explorers.all;
  const lists = explorers.flatMap(({ scope }) => view.state.filtered(scope).map((place): ListOf => ({ scope, place })));
  if (lists.length <= 1) {
    if (lists.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No list is filtered.'));
    return lists[0];
  }
  const where = ({ scope, place }: ListOf) => (explorers.length < 2 ? place.regionId : `${place.regionId} · ${accountName(scope.account)}`);
  const picked = await pickStep<ListOf>({
    title: vscode.l10n.t('Clear Filter'),
    placeholder: vscode.l10n.t('Choose a list'),
    canGoBack: false,
    fill: (show) => {
      show(lists.map((value) => ({ label: CATEGORY_NAME[value.place.category][language], description: forPick(where(value)), value })));
      return Promise.resolve();
    },
  });
  return picked.kind === 'picked' ? picked.value : undefined;
}

interface ConditionOf {
  readonly place: Place;
  readonly before: ListFilter;
}

async function pickCondition(explorer: Explorer, language: Language, of: ConditionOf): Promise<Condition | 'clear' | undefined> {
  const { place, before } = of;
  const fields = FILTER_FIELDS[KIND_OF[place.category]];
  const rows = fields.map((value): PickItem<FilterField | 'clear'> => ({ label: FILTER_NAME[value][language], description: forPick(filterValue(before, value, language)), value }));
  const clear: readonly PickItem<FilterField | 'clear'>[] = Object.keys(before).length === 0 ? [] : [separator(''), { label: `$(clear-all) ${vscode.l10n.t('Clear Filter')}`, value: 'clear' }];
  for (;;) {
    const field = await pickStep<FilterField | 'clear'>({
      title: vscode.l10n.t('Filter: {0}', CATEGORY_NAME[place.category][language]),
      placeholder: vscode.l10n.t('Choose what to filter by; several conditions must all fit'),
      step: { at: 1, of: 2 },
      canGoBack: false,
      until: explorer.signal,
      fill: (show) => {
        show([...rows, ...clear]);
        return Promise.resolve();
      },
    });
    if (field.kind !== 'picked') return undefined;
    if (field.value === 'clear') return 'clear';
    const value = await pickValue(explorer, language, { ...of, field: field.value });
    if (value !== 'back') return value;
  }
}

async function pickValue(explorer: Explorer, language: Language, of: ConditionOf & { readonly field: FilterField }): Promise<Condition | 'back' | undefined> {
  const { place, before, field } = of;
  const known = knownConditions(explorer, of);
  const rows = known.map((value): PickItem<Condition> => ({ label: forPick(filterValue(value, field, language)), value }));
  const picked = await pickStep<Condition>({
    title: vscode.l10n.t('Filter: {0}', FILTER_NAME[field][language]),
    placeholder: placeholder(field, place),
    step: { at: 2, of: 2 },
    canGoBack: true,
    until: explorer.signal,
    before: { text: field === 'name' || field === 'tag' ? filterValue(before, field, language) : '' },
    fill: (show) => {
      show(rows);
      return Promise.resolve();
    },
    typed: (text) => {
      const condition = typedCondition(field, place, text);
      return condition === undefined ? undefined : { label: `$(filter) ${forPick(filterValue(condition, field, language))}`, value: condition, alwaysShow: true };
    },
  });
  if (picked.kind === 'back') return 'back';
  return picked.kind === 'picked' ? picked.value : undefined;
}

function placeholder(field: FilterField, { category }: Place): string {
  if (field === 'tag') return vscode.l10n.t('key=value, or a key for any value');
  if (field !== 'name') return vscode.l10n.t('Choose or type a value');
  return category === 'instances' ? vscode.l10n.t('Part of the name; * stands for any characters') : vscode.l10n.t('The whole name: the service knows no part of one here');
}

/** What is typed as a condition; states and types are only chosen. */
function typedCondition(field: FilterField, { category }: Place, text: string): Condition | undefined {
  if (text === '') return undefined;
  switch (field) {
    case 'name':
      return { name: category !== 'instances' || text.includes('*') ? text : `*${text}*` };
    case 'tag':
      return { tag: tagOf(text) };
    case 'vpcId':
      return { vpcId: text };
    case 'zoneId':
      return { zoneId: text };
    default:
      return undefined;
  }
}

function tagOf(text: string): { readonly key: string; readonly value?: string } {
  const at = text.indexOf('=');
  const value = text.slice(at + 1);
  return at < 1 ? { key: text } : value === '' || value === '*' ? { key: text.slice(0, at) } : { key: text.slice(0, at), value };
}

const STATES: Readonly<Record<Place['category'], readonly string[]>> = {
  instances: ['Running', 'Stopped', 'Starting', 'Stopping', 'Pending'],
  networkInterfaces: ['InUse', 'Available', 'Attaching', 'Detaching', 'Deleting'],
  securityGroups: [],
};

/** Values that make sense: the fixed ones, and those that are known of the region's resources. */
function knownConditions(explorer: Explorer, { place, field }: ConditionOf & { readonly field: FilterField }): readonly Condition[] {
  const resources = explorer.known().filter((resource) => resource.regionId === place.regionId);
  const sorted = (values: readonly (string | undefined)[]) => [...new Set(values)].filter((value): value is string => value !== undefined && value !== '').sort();
  switch (field) {
    case 'status':
      return STATES[place.category].map((status) => ({ status }));
    case 'groupType':
      return [{ groupType: 'normal' }, { groupType: 'enterprise' }];
    case 'vpcId':
      return sorted(resources.map(({ vpcId }) => vpcId)).map((vpcId) => ({ vpcId }));
    case 'zoneId':
      return sorted(resources.map(zoneOf)).map((zoneId) => ({ zoneId }));
    case 'tag':
      return sorted(resources.flatMap(({ tags }) => tags.map(tagWord))).map((text) => ({ tag: tagOf(text) }));
    case 'name':
      return [];
  }
}

function zoneOf(resource: Resource): string | undefined {
  return resource.kind === 'securityGroup' ? undefined : resource.zoneId;
}
