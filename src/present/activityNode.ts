import type { ChangeKind, Step } from '../domain/change.js';
import { gravest, isGood, type Outcome } from '../domain/outcome.js';
import type { Language, Text } from '../domain/text.js';
import { ago, duration } from './durations.js';
import { forLabel } from './literal.js';
import { groupsOf, namedGroups, type GroupNames } from './planText.js';
import { OUTCOME_WORD, outcomeCounts } from './reportText.js';
import { listed } from './words.js';

/** One step as Activity shows it. */
export interface ActivityStep extends Step {
  readonly name?: string | undefined;
  /** Absent while it is not known. */
  readonly outcome?: Outcome | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly durationMs?: number | undefined;
  /** Found by reading after the window that began it had gone. */
  readonly reconciled?: boolean;
}

/** One operation as Activity shows it. */
export interface ActivityOperation {
  readonly id: string;
  readonly kind: ChangeKind;
  /** Wall time in milliseconds since 1970. */
  readonly at: number;
  readonly account: string;
  readonly regionId: string;
  readonly groupNames: GroupNames;
  readonly steps: readonly ActivityStep[];
  /** It takes another operation back. */
  readonly undoes: boolean;
  /** `open`: its window has gone, and nobody has looked yet what became of it. */
  readonly state: 'running' | 'elsewhere' | 'open' | 'ended';
  /** Since when it has been running, in milliseconds; only while it runs. */
  readonly elapsedMs?: number | undefined;
  readonly canUndo: boolean;
  readonly canRetry: boolean;
}

/** The rows of the Activity view: operations, newest first, with their steps. */
export type ActivityNode = OperationNode | ActivityStepNode;
export interface OperationNode { readonly kind: 'operation'; readonly id: string; readonly operation: ActivityOperation }
export interface ActivityStepNode { readonly kind: 'step'; readonly id: string; readonly parent: OperationNode; readonly step: ActivityStep }

/** What a row shows, escaped for a tree. */
export interface ActivityRow {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color?: string;
  /** Words that menus ask for. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** What a hover shows, a line for each fact, since a row is cut where the side bar ends. */
  readonly hover: string;
}

export function operationNodes(operations: readonly ActivityOperation[]): readonly OperationNode[] {
  return operations.map((operation) => ({ kind: 'operation', id: `operation/${operation.id}`, operation }));
}

export function stepNodes(parent: OperationNode): readonly ActivityStepNode[] {
  return parent.operation.steps.map((step, position) => ({ kind: 'step', id: `${parent.id}/${position}`, parent, step }));
}

const TITLE: Readonly<Record<ChangeKind, (target: string, groups: string) => Text>> = {
  join: (target, groups) => ({ en: `Join ${target} to ${groups}`, zh: `将 ${target} 加入 ${groups}` }),
  leave: (target, groups) => ({ en: `Remove ${target} from ${groups}`, zh: `将 ${target} 移出 ${groups}` }),
  replace: (target, groups) => ({ en: `Replace the groups of ${target} by ${groups}`, zh: `将 ${target} 的安全组替换为 ${groups}` }),
};

function targetsText(steps: readonly ActivityStep[], language: Language): string {
  const [first] = steps;
  const targets = new Set(steps.map(({ ref }) => ref.id));
  if (targets.size === 1 && first !== undefined) return first.name ?? first.ref.id;
  return language === 'zh' ? `${targets.size} 个目标` : `${targets.size} targets`;
}

function groupsOfOperation({ kind, steps, groupNames }: ActivityOperation, language: Language): string {
  return listed(groupsOf(kind, steps.map(({ change }) => change)).map((id) => groupNames.get(id) ?? id), language);
}

/** What an operation was about, in one line. */
export function operationTitle(operation: ActivityOperation, language: Language): string {
  const title = TITLE[operation.kind](targetsText(operation.steps, language), groupsOfOperation(operation, language))[language];
  if (!operation.undoes) return title;
  return language === 'zh' ? `撤销：${title}` : `Undo: ${title}`;
}

const STATE_WORD: Readonly<Record<ActivityOperation['state'], Text>> = {
  running: { en: 'running', zh: '进行中' },
  elsewhere: { en: 'running in another window', zh: '在其他窗口中进行' },
  open: { en: 'its window closed before it ended', zh: '窗口在其结束前关闭' },
  ended: { en: '', zh: '' },
};

function outcomesOf({ steps }: ActivityOperation): readonly Outcome[] {
  return steps.flatMap(({ outcome }) => outcome ?? []);
}

function progressText(operation: ActivityOperation, language: Language): string {
  const done = outcomesOf(operation).length;
  const total = operation.steps.length;
  const count = total === 1 ? [] : [language === 'zh' ? `${done}/${total}` : `${done} of ${total}`];
  const elapsed = operation.elapsedMs === undefined ? [] : [duration(operation.elapsedMs, language)];
  return [STATE_WORD[operation.state][language], ...count, ...elapsed].join(' · ');
}

function resultText(operation: ActivityOperation, language: Language): string {
  const outcomes = outcomesOf(operation);
  if (operation.state !== 'ended') return progressText(operation, language);
  const [only] = outcomes;
  return outcomes.length === 1 && only !== undefined ? OUTCOME_WORD[only][language] : outcomeCounts(outcomes, language);
}

const GOOD = { icon: 'pass', color: 'testing.iconPassed' } as const;
const ICON: Readonly<Record<Outcome, { readonly icon: string; readonly color?: string }>> = {
  joined: GOOD,
  left: GOOD,
  replaced: GOOD,
  alreadyMember: { icon: 'circle-outline' },
  notMember: { icon: 'circle-outline' },
  accepted: { icon: 'clock' },
  notSent: { icon: 'circle-slash' },
  refused: { icon: 'error', color: 'list.errorForeground' },
  unknown: { icon: 'question', color: 'list.warningForeground' },
};

function iconOf(operation: ActivityOperation): { readonly icon: string; readonly color?: string } {
  if (operation.state === 'running') return { icon: 'sync~spin' };
  if (operation.state === 'elsewhere') return { icon: 'sync' };
  const outcomes = outcomesOf(operation);
  return operation.state === 'open' || outcomes.length === 0 ? ICON.unknown : ICON[gravest(outcomes)];
}

function contextOf({ state, canUndo, canRetry }: ActivityOperation): string {
  return ['operation', state, ...(canUndo ? ['undo'] : []), ...(canRetry ? ['retry'] : [])].join(' ');
}

/** The texts of a row from what is known, most telling first. */
function textsOf(label: string, facts: readonly (string | undefined)[]): Pick<ActivityRow, 'label' | 'description' | 'spoken' | 'hover'> {
  const told = facts.flatMap((fact) => (fact === undefined || fact === '' ? [] : [fact]));
  const description = told.join(' · ');
  return { label: forLabel(label), description: forLabel(description), spoken: forLabel(`${label}, ${description}`), hover: [label, ...told].map((line) => forLabel(line)).join('\n') };
}

function operationRow({ operation }: OperationNode, now: number, language: Language): ActivityRow {
  const facts = [resultText(operation, language), ago(now - operation.at, language), operation.account, operation.regionId];
  return { ...textsOf(operationTitle(operation, language), facts), ...iconOf(operation), context: contextOf(operation) };
}

function stepRow({ parent, step }: ActivityStepNode, language: Language): ActivityRow {
  const { operation } = parent;
  const groups = namedGroups(groupsOf(operation.kind, [step.change]), operation.groupNames, language);
  const name = step.name?.trim() === '' || step.name === step.ref.id ? undefined : step.name;
  const open: Text = { en: 'no outcome yet', zh: '尚无结果' };
  const word = step.outcome === undefined ? open[language] : OUTCOME_WORD[step.outcome][language];
  const later: Text = { en: 'found out afterwards', zh: '事后核实' };
  const took = step.durationMs === undefined || step.durationMs === 0 ? undefined : `${Math.round(step.durationMs)} ms`;
  // The outcome stands right behind the name: a side bar has room for little more.
  const facts = [word, step.code, step.reconciled === true ? later[language] : undefined, name === undefined ? undefined : step.ref.id, groups, took, step.requestId];
  const icon = step.outcome === undefined ? { icon: operation.state === 'running' ? 'circle-outline' : 'question' } : ICON[step.outcome];
  const context = step.outcome !== undefined && !isGood(step.outcome) ? 'step bad' : 'step';
  return { ...textsOf(name ?? step.ref.id, facts), ...icon, context };
}

/** @param now wall time in milliseconds since 1970 */
export function activityRow(node: ActivityNode, now: number, language: Language): ActivityRow {
  return node.kind === 'operation' ? operationRow(node, now, language) : stepRow(node, language);
}
