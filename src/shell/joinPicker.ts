import * as vscode from 'vscode';
import type { Explorer } from '../app/explore.js';
import { groupChoices, targetChoices, type Choice, type ChoiceDeps, type Choices } from '../app/groupChoices.js';
import type { Failure } from '../domain/failure.js';
import { decisive } from '../domain/finding.js';
import { kindOfId } from '../domain/ids.js';
import { displayName, type JoinTarget, type SecurityGroup, type TargetRef } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { choiceRow, resourceRow, SECTIONS, whyNotRows } from '../present/choiceText.js';
import { forLabel, forPick } from '../present/literal.js';
import { failureSentence } from '../present/reportText.js';
import { pickStep, separator, type Picked, type PickItem } from './pick.js';
import { setting } from './settings.js';

/** What is known before and while the person chooses. */
export interface JoinChoice {
  readonly regionId: string;
  readonly ref: TargetRef;
  readonly target?: JoinTarget | undefined;
  readonly groupId: string;
  readonly group?: SecurityGroup | undefined;
}

export interface PickerParts {
  readonly explorer: Explorer;
  readonly language: Language;
}

interface Chosen<T extends { readonly id: string }> {
  readonly id: string;
  readonly choice?: Choice<T>;
}

interface StepState {
  text: string;
}

function deps({ explorer }: PickerParts): ChoiceDeps {
  const { ecs, identity } = explorer.scope.connection;
  return { ecs, accountId: identity.accountId, limits: { groupsPerInterface: setting('limits.securityGroupsPerInterface') } };
}

/** Rows in their sections; within one, by name. */
function sectionRows<T extends JoinTarget | SecurityGroup>({ choices, failure }: Choices<T>, language: Language): readonly PickItem<Chosen<T>>[] {
  const rows = SECTIONS.flatMap(({ verdicts, title }) => {
    const inSection = choices.filter(({ verdict }) => verdicts.includes(verdict));
    inSection.sort((a, b) => (displayName(a.item) < displayName(b.item) ? -1 : Number(displayName(a.item) > displayName(b.item))));
    const items = inSection.map((choice): PickItem<Chosen<T>> => ({ ...choiceRow(choice.item, choice, language), value: { id: choice.item.id, choice } }));
    return items.length === 0 ? [] : [separator<Chosen<T>>(title[language]), ...items];
  });
  return [...failureRows<Chosen<T>>(failure, language), ...rows];
}

/** A list that could not be read says so in the box, above what it has. */
function failureRows<T>(failure: Failure | undefined, language: Language): readonly PickItem<T>[] {
  return failure === undefined ? [] : [{ label: `$(error) ${forPick(failureSentence(failure, language), 400)}`, alwaysShow: true }];
}

/** An id that is typed or pasted counts as a choice although it is not listed. */
function typedId<T extends { readonly id: string }>(kinds: readonly string[]): (text: string) => PickItem<Chosen<T>> | undefined {
  return (text) => {
    const kind = kindOfId(text);
    if (kind === undefined || !kinds.includes(kind)) return undefined;
    return { label: `$(edit) ${forPick(text)}`, description: vscode.l10n.t('Use this id'), alwaysShow: true, value: { id: text } };
  };
}

/** A choice that can't be: says why, sends nothing, and lets the person go back to the list. */
async function explainBlocked(choice: Choice<JoinTarget | SecurityGroup>, language: Language): Promise<'back' | 'closed'> {
  const again: PickItem<'again'> = { label: `$(arrow-left) ${vscode.l10n.t('Choose another one')}`, value: 'again' };
  const rows = whyNotRows(decisive(choice.findings), language);
  const result = await pickStep<'again'>({
    title: vscode.l10n.t('Why not: {0}', forLabel(displayName(choice.item))),
    placeholder: vscode.l10n.t('Nothing was sent'),
    canGoBack: true,
    fill: (show) => {
      show([...rows, separator(''), again]);
      return Promise.resolve();
    },
  });
  return result.kind === 'closed' ? 'closed' : 'back';
}

/** A step that keeps asking until something that can be is chosen, or the person goes back or closes it. */
async function eligible<T extends JoinTarget | SecurityGroup>(language: Language, ask: () => Promise<Picked<Chosen<T>>>): Promise<Picked<Chosen<T>>> {
  for (;;) {
    const picked = await ask();
    if (picked.kind !== 'picked') return picked;
    const { choice } = picked.value;
    if (choice === undefined || choice.verdict === 'ready' || choice.verdict === 'warn') return picked;
    if ((await explainBlocked(choice, language)) === 'closed') return { kind: 'closed' };
  }
}

interface StepPlace {
  readonly at: number;
  readonly of: number;
  readonly state: StepState;
}

/** Keeps what was typed, so that Back finds it again. */
function remembered(state: StepState) {
  return { before: state, onText: (text: string) => { state.text = text; } };
}

async function pickGroup(parts: PickerParts, of: { readonly regionId: string; readonly ref: TargetRef; readonly target?: JoinTarget | undefined }, place: StepPlace): Promise<Picked<Chosen<SecurityGroup>>> {
  const { language } = parts;
  const name = of.target === undefined ? of.ref.id : displayName(of.target);
  return eligible<SecurityGroup>(language, () =>
    pickStep<Chosen<SecurityGroup>>({
      title: vscode.l10n.t('Join Security Group: {0}', forLabel(name)),
      placeholder: vscode.l10n.t('Choose a security group, or type its id'),
      step: place.of > 1 ? place : undefined,
      canGoBack: place.at > 1,
      ...remembered(place.state),
      typed: typedId(['securityGroup']),
      fill: (show, signal) => groupChoices({ ...of, target: of.target }, deps(parts), { signal }, (choices) => { show(sectionRows(choices, language)); }),
    }),
  );
}

async function pickTargetFor(parts: PickerParts, group: SecurityGroup): Promise<Picked<Chosen<JoinTarget>>> {
  const { language } = parts;
  const state = { text: '' };
  return eligible<JoinTarget>(language, () =>
    pickStep<Chosen<JoinTarget>>({
      title: vscode.l10n.t('Join Security Group: {0}', forLabel(displayName(group))),
      placeholder: vscode.l10n.t('Choose an instance or a network interface, or type its id'),
      canGoBack: false,
      ...remembered(state),
      typed: typedId(['instance', 'networkInterface']),
      fill: (show, signal) => targetChoices({ group }, deps(parts), { signal }, (choices) => { show(sectionRows(choices, language)); }),
    }),
  );
}

async function pickRegion(parts: PickerParts, place: StepPlace): Promise<Picked<string>> {
  return pickStep<string>({
    title: vscode.l10n.t('Join Security Group'),
    placeholder: vscode.l10n.t('Choose a region'),
    step: place,
    canGoBack: false,
    ...remembered(place.state),
    fill: async (show) => {
      const list = await parts.explorer.list({ list: 'regions' }).first();
      show([...failureRows<string>(list.failure, parts.language), ...list.items.map((region) => ({ label: `$(globe) ${forPick(region.name)}`, description: forPick(region.id), value: region.id }))]);
    },
  });
}

async function pickTarget(parts: PickerParts, regionId: string, place: StepPlace): Promise<Picked<Chosen<JoinTarget>>> {
  const { explorer, language } = parts;
  return pickStep<Chosen<JoinTarget>>({
    title: vscode.l10n.t('Join Security Group: {0}', forLabel(regionId)),
    placeholder: vscode.l10n.t('Choose an instance or a network interface, or type its id'),
    step: place,
    canGoBack: true,
    ...remembered(place.state),
    typed: typedId(['instance', 'networkInterface']),
    fill: async (show, signal) => {
      const lists = [explorer.list({ list: 'instances', regionId }), explorer.list({ list: 'networkInterfaces', regionId })] as const;
      const render = () => {
        const failure = lists.map((list) => list.state.failure).find((found) => found !== undefined);
        show([...failureRows<Chosen<JoinTarget>>(failure, language), ...targetRows(lists.flatMap((list): readonly JoinTarget[] => list.state.items), language)]);
      };
      await Promise.all(
        lists.map(async (list) => {
          for (let state = await list.first(); !signal.aborted; state = await list.next()) {
            render();
            if (!state.more || state.failure !== undefined) return;
          }
        }),
      );
    },
  });
}

function targetRows(targets: readonly JoinTarget[], language: Language): readonly PickItem<Chosen<JoinTarget>>[] {
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

function refOf(chosen: Chosen<JoinTarget>): TargetRef {
  const kind = chosen.choice?.item.kind ?? (kindOfId(chosen.id) === 'networkInterface' ? 'networkInterface' : 'instance');
  return { kind, id: chosen.id };
}

/** From an instance or an interface: only the group is asked for. */
export async function chooseGroup(parts: PickerParts, target: JoinTarget): Promise<JoinChoice | undefined> {
  const { regionId } = target;
  const ref: TargetRef = { kind: target.kind, id: target.id };
  const picked = await pickGroup(parts, { regionId, ref, target }, { at: 1, of: 1, state: { text: '' } });
  if (picked.kind !== 'picked') return undefined;
  return { regionId, ref, target, groupId: picked.value.id, group: picked.value.choice?.item };
}

/** From a group: only the target is asked for. */
export async function chooseTarget(parts: PickerParts, group: SecurityGroup): Promise<JoinChoice | undefined> {
  const picked = await pickTargetFor(parts, group);
  if (picked.kind !== 'picked') return undefined;
  return { regionId: group.regionId, ref: refOf(picked.value), target: picked.value.choice?.item, groupId: group.id, group };
}

/** From the palette: region, target, group, with a way back from each step to the one before. */
export async function chooseAll(parts: PickerParts): Promise<JoinChoice | undefined> {
  const states = [{ text: '' }, { text: '' }, { text: '' }] as const;
  for (;;) {
    const region = await pickRegion(parts, { at: 1, of: 3, state: states[0] });
    if (region.kind !== 'picked') return undefined;
    const choice = await chooseInRegion(parts, region.value, [states[1], states[2]]);
    if (choice !== 'back') return choice;
  }
}

async function chooseInRegion(parts: PickerParts, regionId: string, states: readonly [StepState, StepState]): Promise<JoinChoice | 'back' | undefined> {
  for (;;) {
    const target = await pickTarget(parts, regionId, { at: 2, of: 3, state: states[0] });
    if (target.kind !== 'picked') return target.kind === 'back' ? 'back' : undefined;
    const ref = refOf(target.value);
    const item = target.value.choice?.item;
    const group = await pickGroup(parts, { regionId, ref, target: item }, { at: 3, of: 3, state: states[1] });
    if (group.kind === 'closed') return undefined;
    if (group.kind === 'picked') return { regionId, ref, target: item, groupId: group.value.id, group: group.value.choice?.item };
  }
}
