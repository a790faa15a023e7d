import * as vscode from 'vscode';
import type { Language } from '../domain/text.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { nodeText } from '../present/nodeText.js';
import { tooltipLines } from '../present/tooltip.js';
import type { CommandId } from './contributions.js';

/** Rows that do something when chosen, besides being selected. */
const ROW_COMMANDS: Readonly<Partial<Record<ExplorerNode['kind'], CommandId>>> = {
  more: 'ecsExplorer.loadMore',
  failure: 'ecsExplorer.explainErrorCode',
};

/** A row as VS Code wants it. The tooltip is left out: it is made when somebody hovers. */
export function treeItem(node: ExplorerNode, language: Language): vscode.TreeItem {
  const text = nodeText(node, language);
  const item = new vscode.TreeItem(text.label, text.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = text.description;
  item.iconPath = text.color === undefined ? new vscode.ThemeIcon(text.icon) : new vscode.ThemeIcon(text.icon, new vscode.ThemeColor(text.color));
  item.contextValue = text.context;
  item.accessibilityInformation = { label: text.spoken };
  const command = ROW_COMMANDS[node.kind];
  if (command !== undefined) item.command = { command, title: text.label, arguments: [node] };
  return item;
}

/** What a hover shows: labels in bold, every value as literal text. */
export function tooltip(node: ExplorerNode, language: Language): vscode.MarkdownString | undefined {
  const lines = tooltipLines(node, language);
  if (lines.length === 0) return undefined;
  const markdown = new vscode.MarkdownString();
  lines.forEach(([label, value], index) => {
    if (index > 0) markdown.appendMarkdown('  \n');
    markdown.appendMarkdown(`**${label}:** `).appendText(value);
  });
  return markdown;
}
