import * as vscode from 'vscode';
import type { Language } from '../domain/text.js';
import type { ExplorerNode } from '../present/explorerNode.js';
import { nodeText } from '../present/nodeText.js';
import type { Live } from '../present/rowText.js';
import { tooltipLines } from '../present/tooltip.js';
import type { CommandId } from './contributions.js';

/** Rows that do something when chosen, besides being selected. */
function commandOf(node: ExplorerNode, { access }: Live): CommandId | undefined {
  switch (node.kind) {
    case 'more':
      return 'ecsExplorer.loadMore';
    case 'failure':
      return 'ecsExplorer.explainErrorCode';
    case 'offer':
      return 'ecsExplorer.findRegionsInUse';
    case 'empty':
      return node.of === 'filtered' ? 'ecsExplorer.clearFilter' : node.whole !== undefined && access === undefined ? 'ecsExplorer.checkAccess' : undefined;
    default:
      return undefined;
  }
}

/** A row as VS Code wants it. The tooltip is left out: it is made when somebody hovers. */
export function treeItem(node: ExplorerNode, language: Language, live: Live): vscode.TreeItem {
  const text = nodeText(node, language, live);
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  // What was pinned is wanted at hand.
  const item = new vscode.TreeItem(text.label, !text.expandable ? None : node.kind === 'pins' ? Expanded : Collapsed);
  item.id = node.id;
  item.description = text.description;
  item.iconPath = text.color === undefined ? new vscode.ThemeIcon(text.icon) : new vscode.ThemeIcon(text.icon, new vscode.ThemeColor(text.color));
  item.contextValue = text.context;
  item.accessibilityInformation = { label: text.spoken };
  const command = commandOf(node, live);
  if (command !== undefined) item.command = { command, title: text.label, arguments: [node] };
  return item;
}

/**
 * What a hover shows, a line for each fact. Plain text and no markdown: a markdown text makes a link of an address
 * that stands in a name by itself, however well its signs are escaped.
 */
export function tooltip(node: ExplorerNode, language: Language): string | undefined {
  const lines = tooltipLines(node, language);
  return lines.length === 0 ? undefined : lines.map(([label, value]) => `${label}: ${value}`).join('\n');
}
