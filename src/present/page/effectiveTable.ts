import type { Direction, EffectiveRule, Standing } from '../../domain/exposure/effectiveRule.js';
import type { Text } from '../../domain/text.js';
import { groupWords, MEMBERS, type PageContext } from './context.js';
import type { Cell, Column, Row, Table, Tone } from './page.js';
import { cell, muted, words } from './parts.js';
import { COLUMN, exportActions } from './ruleTable.js';
import { isLoud, peerCell, policyCell, portsCell, priorityCell, protocolCell } from './ruleWords.js';
import { UNCLEAR } from './unknownText.js';

const CAPTION: Readonly<Record<Direction, Text>> = {
  ingress: { en: 'Inbound, in the order of evaluation', zh: '入方向（按评估顺序）' },
  egress: { en: 'Outbound, in the order of evaluation', zh: '出方向（按评估顺序）' },
};
const EMPTY: Text = { en: 'Nothing is known of what applies here.', zh: '此处适用的规则未知。' };
const LINE: Text = { en: 'Line', zh: '序号' };
const GROUP: Text = { en: 'Security group', zh: '安全组' };
const STANDING: Text = { en: 'Effect', zh: '是否生效' };
const REMARK: Text = { en: 'Remark', zh: '说明' };
const STANDING_WORD: Readonly<Record<Standing['standing'], { readonly text: Text; readonly tone: Tone }>> = {
  acts: { text: { en: 'Acts', zh: '生效' }, tone: 'plain' },
  never: { text: { en: 'Never takes effect', zh: '从不生效' }, tone: 'muted' },
  unclear: { text: { en: 'Unclear', zh: '不明确' }, tone: 'warning' },
};
const INNER: Text = { en: 'Members reach each other.', zh: '组内成员互访。' };
const BEFORE_ALL: Text = { en: 'before all', zh: '最先' };
const AFTER_ALL: Text = { en: 'after all', zh: '最后' };
const THE_REST: Text = { en: 'all the rest', zh: '其余所有地址' };
const BY_DEFAULT: Text = { en: 'default', zh: '默认' };

/** What the groups' type does with all the rest, by direction and policy (basic and advanced groups page). */
const DEFAULT_REMARK: Readonly<Record<Direction, Readonly<Record<'accept' | 'drop' | 'unclear', Text>>>> = {
  ingress: {
    accept: { en: 'What no rule decides is accepted.', zh: '没有规则决定的流量将被允许。' },
    drop: { en: 'What no rule accepts does not get in.', zh: '没有规则允许的流量无法进入。' },
    unclear: { en: 'The type of the groups is not known, and with it what happens to the rest.', zh: '安全组类型未知，其余流量如何处理也未知。' },
  },
  egress: {
    accept: { en: 'Basic groups let out what no rule drops.', zh: '普通安全组：没有规则拒绝的流量可以发出。' },
    drop: { en: 'Advanced groups let nothing out that no rule accepts.', zh: '企业级安全组：没有规则允许的流量无法发出。' },
    unclear: { en: 'The type of the groups is not known, and with it what happens to the rest.', zh: '安全组类型未知，其余流量如何处理也未知。' },
  },
};

/** What applies in one direction, in the order in which the service evaluates; a row's index is its position. */
export function effectiveTable(id: string, direction: Direction, rules: readonly EffectiveRule[], context: PageContext): Table {
  const { language } = context;
  return {
    block: 'table',
    id,
    caption: CAPTION[direction][language],
    columns: columns(direction, context),
    rows: rules.map((rule, index) => effectiveRow(rule, index, context)),
    empty: EMPTY[language],
    searchable: true,
    actions: rules.length === 0 ? [] : exportActions(context, id),
  };
}

/** The same line for other programs: lines are counted from one, as in the table. */
export function effectiveRecord(rule: EffectiveRule, index: number): object {
  const { standing } = rule;
  return { line: index + 1, ...rule, standing: standing.standing === 'never' ? { standing: 'never', by: standing.by.map((line) => line + 1) } : standing };
}

function columns(direction: Direction, { language }: PageContext): readonly Column[] {
  return [
    { id: 'line', title: LINE[language], sort: 'number' },
    { id: 'standing', title: STANDING[language], sort: 'text', filter: true },
    { id: 'policy', title: COLUMN.policy[language], sort: 'text', filter: true },
    { id: 'protocol', title: COLUMN.protocol[language], sort: 'text', filter: true },
    { id: 'ports', title: COLUMN.ports[language], sort: 'number' },
    { id: 'peer', title: COLUMN[direction === 'ingress' ? 'source' : 'destination'][language], sort: 'text' },
    { id: 'group', title: GROUP[language], sort: 'text', filter: true },
    { id: 'priority', title: COLUMN.priority[language], sort: 'number' },
    { id: 'remark', title: REMARK[language], sort: 'text' },
  ];
}

function effectiveRow(rule: EffectiveRule, index: number, context: PageContext): Row {
  const { text, tone } = STANDING_WORD[rule.standing.standing];
  const cells = [
    cell([words(String(index + 1))], index + 1),
    cell([words(text[context.language], { tone })]),
    ...cellsOf(rule, context),
    cell(rule.from === 'default' ? [muted(BY_DEFAULT[context.language])] : groupWords(context, rule.groupId)),
    priorityOf(rule, context),
    cell([...standingWords(rule.standing, context), ...remark(rule, context)].map((part) => words(part))),
  ];
  const rowTone = toneOf(rule);
  return { index, cells, ...(rowTone === undefined ? {} : { tone: rowTone }) };
}

function toneOf(rule: EffectiveRule): Tone | undefined {
  if (rule.standing.standing === 'never') return 'muted';
  if (rule.standing.standing === 'unclear') return 'warning';
  return rule.from === 'rule' && isLoud(rule.rule) ? 'danger' : undefined;
}

type Cells = { readonly [F in EffectiveRule['from']]: (rule: Extract<EffectiveRule, { readonly from: F }>, context: PageContext) => readonly Cell[] };

const EVERYTHING = { protocol: 'all', portRange: '-1/-1' } as const;

/** Policy, protocol, ports, the other side. */
const CELLS: Cells = {
  rule: ({ rule }, context) => [policyCell(rule.policy, context), protocolCell(rule.protocol, context), portsCell(rule, context), peerCell(rule, context)],
  inner: (_rule, context) => [policyCell('accept', context), ...everything(context), cell([words(MEMBERS[context.language])])],
  default: ({ policy }, context) => [
    policy === 'unclear' ? cell([words(STANDING_WORD.unclear.text[context.language], { tone: 'warning' })]) : policyCell(policy, context),
    ...everything(context),
    cell([muted(THE_REST[context.language])]),
  ],
};

function priorityOf(rule: EffectiveRule, context: PageContext): Cell {
  switch (rule.from) {
    case 'rule':
      return priorityCell(rule.rule.priority, context);
    case 'inner':
      return cell([muted(BEFORE_ALL[context.language])], 0);
    case 'default':
      return cell([muted(AFTER_ALL[context.language])], 101);
  }
}

function cellsOf(rule: EffectiveRule, context: PageContext): readonly Cell[] {
  // The table is keyed by where the line comes from, so the function fits the line; TypeScript can't follow that.
  return (CELLS[rule.from] as (rule: EffectiveRule, context: PageContext) => readonly Cell[])(rule, context);
}

function everything(context: PageContext): readonly Cell[] {
  return [protocolCell(EVERYTHING.protocol, context), portsCell(EVERYTHING, context)];
}

/** Why a rule does not act, or can't be judged. */
function standingWords(standing: Standing, { language }: PageContext): readonly string[] {
  if (standing.standing === 'acts') return [];
  if (standing.standing === 'unclear') return [language === 'zh' ? `无法评估：${UNCLEAR[standing.because].zh}。` : `It can't be evaluated: ${UNCLEAR[standing.because].en}.`];
  return [deciding(standing.by.map((position) => position + 1), language)];
}

function deciding(lines: readonly number[], language: 'en' | 'zh'): string {
  if (lines.length === 0) return language === 'zh' ? '它匹配的流量都已由前面的规则决定。' : 'Lines before it decide about everything that it matches.';
  if (language === 'zh') return `它匹配的流量都已由第 ${lines.join('、')} 行决定。`;
  const [last, ...before] = lines.toReversed();
  const listed = before.length === 0 ? `line ${String(last)} decides` : `lines ${before.toReversed().join(', ')} and ${String(last)} decide`;
  return `It has no traffic left: ${listed} first.`;
}

/** What the line says by itself: the description that somebody gave it, or what it stands for. */
function remark(rule: EffectiveRule, { language }: PageContext): readonly string[] {
  switch (rule.from) {
    case 'rule':
      return rule.rule.description === undefined ? [] : [rule.rule.description];
    case 'inner':
      return [INNER[language]];
    case 'default':
      return [DEFAULT_REMARK[rule.direction][rule.policy][language]];
  }
}
