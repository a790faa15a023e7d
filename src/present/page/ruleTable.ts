import type { SecurityGroupRule } from '../../domain/resources.js';
import type { Text } from '../../domain/text.js';
import type { PageContext } from './context.js';
import { dateText, timeOf } from './dateText.js';
import type { Action, Cell, Column, Row, Table } from './page.js';
import { action, cell, code, muted, words } from './parts.js';
import { DIRECTION, isLoud, peerCell, policyCell, portsCell, priorityCell, protocolCell } from './ruleWords.js';

/** The names of columns, which the tables of rules share. */
export const COLUMN = {
  direction: { en: 'Direction', zh: '方向' },
  policy: { en: 'Policy', zh: '授权策略' },
  protocol: { en: 'Protocol', zh: '协议类型' },
  ports: { en: 'Ports', zh: '端口范围' },
  peer: { en: 'Source or destination', zh: '授权对象' },
  source: { en: 'Source', zh: '源' },
  destination: { en: 'Destination', zh: '目的' },
  priority: { en: 'Priority', zh: '优先级' },
  description: { en: 'Description', zh: '描述' },
  created: { en: 'Created', zh: '创建时间' },
  id: { en: 'Rule ID', zh: '规则 ID' },
} satisfies Record<string, Text>;

const CAPTION: Text = { en: 'Rules in the order of the service’s answer', zh: '规则（按服务返回的顺序）' };
const EMPTY: Text = {
  en: 'No rules were made in this group. What its type does with all traffic applies.',
  zh: '该安全组没有自定义规则，按其类型的默认设置处理所有流量。',
};
const AS_CSV: Text = { en: 'Export as CSV', zh: '导出为 CSV' };
const AS_JSON: Text = { en: 'Export as JSON', zh: '导出为 JSON' };

/** The ways to export a table. */
export function exportActions({ book, language }: PageContext, table: string): readonly Action[] {
  return [action(AS_CSV[language], book.keyOf({ act: 'export', table, as: 'csv' })), action(AS_JSON[language], book.keyOf({ act: 'export', table, as: 'json' }))];
}

/** All rules of a group, as they were answered: a row's index is the rule's position. */
export function ruleTable(id: string, rules: readonly SecurityGroupRule[], context: PageContext): Table {
  const { language } = context;
  return {
    block: 'table',
    id,
    caption: CAPTION[language],
    columns: columns(context),
    rows: rules.map((rule, index) => ruleRow(rule, index, context)),
    empty: EMPTY[language],
    searchable: true,
    actions: rules.length === 0 ? [] : exportActions(context, id),
  };
}

function columns({ language }: PageContext): readonly Column[] {
  return [
    { id: 'direction', title: COLUMN.direction[language], sort: 'text', filter: true },
    { id: 'policy', title: COLUMN.policy[language], sort: 'text', filter: true },
    { id: 'protocol', title: COLUMN.protocol[language], sort: 'text', filter: true },
    { id: 'ports', title: COLUMN.ports[language], sort: 'number' },
    { id: 'peer', title: COLUMN.peer[language], sort: 'text' },
    { id: 'priority', title: COLUMN.priority[language], sort: 'number' },
    { id: 'description', title: COLUMN.description[language], sort: 'text' },
    { id: 'created', title: COLUMN.created[language], sort: 'number' },
    { id: 'id', title: COLUMN.id[language], sort: 'text' },
  ];
}

function ruleRow(rule: SecurityGroupRule, index: number, context: PageContext): Row {
  const cells = [
    cell([words(DIRECTION[rule.direction][context.language])]),
    policyCell(rule.policy, context),
    protocolCell(rule.protocol, context),
    portsCell(rule, context),
    peerCell(rule, context),
    priorityCell(rule.priority, context),
    cell(rule.description === undefined ? [] : [words(rule.description)]),
    createdCell(rule, context),
    cell(rule.id === undefined ? [] : [code(rule.id, { tone: 'muted' })]),
  ];
  return { index, cells, ...(isLoud(rule) ? { tone: 'danger' as const } : {}) };
}

function createdCell({ createdAt }: SecurityGroupRule, { language, options }: PageContext): Cell {
  return createdAt === undefined ? cell([]) : cell([muted(dateText(createdAt, options.now, language))], timeOf(createdAt));
}
