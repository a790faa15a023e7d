import * as vscode from 'vscode';
import { accountSettings } from './accountSettings.js';
import type { Explorer } from '../app/explore.js';
import { groupChoices, leaveChoices, memberChoices, targetChoices, type ChoiceDeps, type Choices } from '../app/groupChoices.js';
import type { CancelSignal } from '../app/ports/cancel.js';
import { kindOfId } from '../domain/ids.js';
import { displayName, type JoinTarget, type SecurityGroup, type TargetRef } from '../domain/resources.js';
import type { Language } from '../domain/text.js';
import { forLabel, forPick } from '../present/literal.js';
import { pickEligible, type Chosen } from './eligible.js';
import { dressedWithTags, failureRows, sectionRows, targetRows, typedId } from './choiceRows.js';
import { pickStep, type Picked, type PickItem } from './pick.js';
import type { RecentGroups } from './recentGroups.js';


/** What is known before and while the person chooses. */
export interface ChangeChoice {
  readonly regionId: string;
  readonly refs: readonly TargetRef[];
  /** As far as they are known. */
  readonly targets: readonly JoinTarget[];
  readonly groupIds: readonly string[];
  /** The group that everything began with. */
  readonly group?: SecurityGroup;
}

export interface PickerParts {
  readonly explorer: Explorer;
  readonly language: Language;
  readonly recent: RecentGroups;
  /** Replaces the groups of one target instead, where a join cannot change their type. */
  readonly replaceInstead?: (of: { readonly regionId: string; readonly ref: TargetRef }) => void;
  /** What the box is called where nothing comes of it but something to look at. */
  readonly title?: string;
}

/** Joining or leaving: the same steps, with other choices. */
export type MembershipKind = 'join' | 'leave';

interface StepState {
  text: string;
}

interface StepPlace {
  readonly at: number;
  readonly of: number;
  readonly state: StepState;
}

const TITLE: Readonly<Record<MembershipKind, (name: string) => string>> = {
  join: (name) => vscode.l10n.t('Join Security Group: {0}', name),
  leave: (name) => vscode.l10n.t('Leave Security Group: {0}', name),
};

function deps({ explorer }: PickerParts): ChoiceDeps {
  const { ecs, identity } = explorer.scope.connection;
  return { ecs, accountId: identity.accountId, limits: { groupsPerInterface: accountSettings(explorer.scope.account).securityGroupsPerInterface } };
}

/** Keeps what was typed, so that Back finds it again. */
function remembered(state: StepState) {
  return { before: state, onText: (text: string) => { state.text = text; } };
}

function nameOf(targets: readonly JoinTarget[], refs: readonly TargetRef[]): string {
  const [only] = targets;
  if (refs.length > 1) return vscode.l10n.t('{0} targets', refs.length);
  return only === undefined ? (refs[0]?.id ?? '') : displayName(only);
}

type GroupsOf = Pick<ChangeChoice, 'regionId' | 'refs' | 'targets'>;

async function pickGroups(parts: PickerParts, kind: MembershipKind, of: GroupsOf, place: StepPlace): Promise<Picked<readonly Chosen<SecurityGroup>[]>> {
  const { language, recent, explorer, replaceInstead } = parts;
  const [only] = of.refs;
  const ids = kind === 'join' ? recent.of(explorer.scope.connection.identity.key, of.regionId) : [];
  const read = (again: boolean, show: (choices: Choices<SecurityGroup>) => void, signal: CancelSignal) =>
    kind === 'join' ? groupChoices(again ? { ...of, targets: [] } : of, deps(parts), { signal }, show) : leaveChoices(of, deps(parts), { signal }, show);
  return pickEligible<SecurityGroup>(language, {
    title: parts.title ?? TITLE[kind](forLabel(nameOf(of.targets, of.refs))),
    placeholder: vscode.l10n.t('Filter by name, id, VPC or tag=value, or paste an id'),
    step: place.of > 1 ? place : undefined,
    canGoBack: place.at > 1,
    several: 'onDemand',
    ...remembered(place.state),
    typed: typedId(['securityGroup']),
    dressed: dressedWithTags,
    replaceInstead: kind === 'leave' || of.refs.length !== 1 || only === undefined || replaceInstead === undefined ? undefined : () => { replaceInstead({ regionId: of.regionId, ref: only }); },
    fillAgain: (again) => (show, signal) => read(again, (choices) => { show(sectionRows(choices, { kind, language, recent: ids })); }, signal),
  });
}

async function pickTargetsFor(parts: PickerParts, kind: MembershipKind, group: SecurityGroup): Promise<Picked<readonly Chosen<JoinTarget>[]>> {
  const { language } = parts;
  const read = kind === 'join' ? targetChoices : memberChoices;
  return pickEligible<JoinTarget>(language, {
    title: TITLE[kind](forLabel(displayName(group))),
    placeholder: vscode.l10n.t('Filter by name, id, IP or tag=value, or paste an id'),
    canGoBack: false,
    several: 'onDemand',
    ...remembered({ text: '' }),
    typed: typedId(['instance', 'networkInterface']),
    dressed: dressedWithTags,
    fillAgain: () => (show, signal) => read({ group }, deps(parts), { signal }, (choices) => { show(sectionRows(choices, { kind, language, recent: [] })); }),
  });
}

async function pickRegion(parts: PickerParts, title: string, place: StepPlace): Promise<Picked<string>> {
  return pickStep<string>({
    title,
    placeholder: vscode.l10n.t('Choose a region'),
    step: place,
    canGoBack: false,
    ...remembered(place.state),
    fill: async (show) => {
      const list = await parts.explorer.regions();
      show([...failureRows<string>(list.failure, parts.language), ...list.items.map((region) => ({ label: `$(globe) ${forPick(region.name)}`, description: forPick(region.id), value: region.id }))]);
    },
  });
}

async function pickTarget(parts: PickerParts, title: string, regionId: string, place: StepPlace): Promise<Picked<Chosen<JoinTarget>>> {
  const { explorer, language } = parts;
  return pickStep<Chosen<JoinTarget>>({
    title,
    placeholder: vscode.l10n.t('Filter by name, id, IP or tag=value, or paste an id'),
    step: place,
    canGoBack: true,
    ...remembered(place.state),
    typed: typedId(['instance', 'networkInterface']),
    dressed: dressedWithTags,
    fill: async (show, signal) => {
      const lists = [explorer.list({ list: 'instances', regionId }), explorer.list({ list: 'networkInterfaces', regionId })] as const;
      const render = () => {
        const failure = lists.map((list) => list.state.failure).find((found) => found !== undefined);
        const rows: readonly PickItem<Chosen<JoinTarget>>[] = targetRows(lists.flatMap((list): readonly JoinTarget[] => list.state.items), language);
        show([...failureRows<Chosen<JoinTarget>>(failure, language), ...rows]);
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

function refOf(chosen: Chosen<JoinTarget>): TargetRef {
  const kind = chosen.choice?.item.kind ?? (kindOfId(chosen.id) === 'networkInterface' ? 'networkInterface' : 'instance');
  return { kind, id: chosen.id };
}

function itemsOf<T extends { readonly id: string }>(chosen: readonly Chosen<T>[]): readonly T[] {
  return chosen.flatMap(({ choice }) => choice?.item ?? []);
}

/** From instances or interfaces: only the groups are asked for. */
export async function chooseGroups(parts: PickerParts, kind: MembershipKind, of: GroupsOf): Promise<ChangeChoice | undefined> {
  const picked = await pickGroups(parts, kind, of, { at: 1, of: 1, state: { text: '' } });
  return picked.kind === 'picked' ? { ...of, groupIds: picked.value.map(({ id }) => id) } : undefined;
}

/** From a group: only the targets are asked for. */
export async function chooseTargets(parts: PickerParts, kind: MembershipKind, group: SecurityGroup): Promise<ChangeChoice | undefined> {
  const picked = await pickTargetsFor(parts, kind, group);
  if (picked.kind !== 'picked') return undefined;
  return { regionId: group.regionId, refs: picked.value.map(refOf), targets: itemsOf(picked.value), groupIds: [group.id], group };
}

/** From the palette: the region, then what `next` asks in it, with a way back from there. */
async function inRegion<T>(parts: PickerParts, title: string, steps: number, next: (regionId: string) => Promise<T | 'back' | undefined>): Promise<T | undefined> {
  const state = { text: '' };
  for (;;) {
    const region = await pickRegion(parts, title, { at: 1, of: steps, state });
    if (region.kind !== 'picked') return undefined;
    const choice = await next(region.value);
    if (choice !== 'back') return choice;
  }
}

const PALETTE_TITLE: Readonly<Record<MembershipKind | 'replace', () => string>> = {
  join: () => vscode.l10n.t('Join Security Group'),
  leave: () => vscode.l10n.t('Leave Security Group'),
  replace: () => vscode.l10n.t('Replace Security Groups'),
};

/** From the palette: region, target, groups, with a way back from each step to the one before. */
export async function chooseAll(parts: PickerParts, kind: MembershipKind): Promise<ChangeChoice | undefined> {
  const states = [{ text: '' }, { text: '' }] as const;
  return inRegion<ChangeChoice>(parts, PALETTE_TITLE[kind](), 3, async (regionId) => {
    for (;;) {
      const target = await pickTarget(parts, TITLE[kind](forLabel(regionId)), regionId, { at: 2, of: 3, state: states[0] });
      if (target.kind !== 'picked') return target.kind === 'back' ? 'back' : undefined;
      const of = { regionId, refs: [refOf(target.value)], targets: itemsOf([target.value]) };
      const groups = await pickGroups(parts, kind, of, { at: 3, of: 3, state: states[1] });
      if (groups.kind === 'closed') return undefined;
      if (groups.kind === 'picked') return { ...of, groupIds: groups.value.map(({ id }) => id) };
    }
  });
}

/** From the palette: region and target, for what is asked about one target. */
export async function chooseOneTarget(parts: PickerParts, kind: 'replace'): Promise<{ readonly regionId: string; readonly ref: TargetRef } | undefined> {
  const state = { text: '' };
  return inRegion(parts, PALETTE_TITLE[kind](), 2, async (regionId) => {
    const target = await pickTarget(parts, PALETTE_TITLE[kind](), regionId, { at: 2, of: 2, state });
    if (target.kind !== 'picked') return target.kind === 'back' ? 'back' : undefined;
    return { regionId, ref: refOf(target.value) };
  });
}
