import { Buffer } from 'node:buffer';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { csv } from '../../present/csv.js';
import { forDocument, forMessage, forTitle } from '../../present/literal.js';
import type { LinkedPage } from '../../present/page/details.js';
import type { Row, Table } from '../../present/page/page.js';
import type { Services } from '../services.js';
import { showRefusal } from '../showFailure.js';

/** The rows of a table that are to be seen, in that order. */
export interface ShownRows {
  readonly id: string;
  readonly rows: readonly number[];
}

type Format = 'csv' | 'json';

function tableOf({ page }: LinkedPage, id: string): Table | undefined {
  return page.sections.flatMap(({ blocks }) => blocks).find((block): block is Table => block.block === 'table' && block.id === id);
}

/** The rows as the page shows them: sorted, and without those that a search or a filter leaves out. All of them where the page told nothing of this table. */
function shownRows({ id, rows }: Table, shown: ShownRows | undefined): readonly Row[] {
  if (shown?.id !== id) return rows;
  const byIndex = new Map(rows.map((row) => [row.index, row]));
  return [...new Set(shown.rows)].flatMap((index) => byIndex.get(index) ?? []);
}

function cellTexts({ cells }: Row): readonly string[] {
  return cells.map(({ words }) => words.map(({ text }) => text).join(' '));
}

/** A row in the fields of what stands behind it; where that is not known, in the table's own columns. */
function recordOf(row: Row, { columns }: Table, records: readonly object[] | undefined): object {
  const texts = cellTexts(row);
  return records?.[row.index] ?? Object.fromEntries(columns.map(({ id }, at) => [id, texts[at] ?? '']));
}

/** The text of a file with the rows of a table as they are shown; undefined where the page has no such table. */
export function exportText(linked: LinkedPage, wish: { readonly table: string; readonly as: Format }, shown: ShownRows | undefined): string | undefined {
  const table = tableOf(linked, wish.table);
  if (table === undefined) return undefined;
  const rows = shownRows(table, shown);
  if (wish.as === 'csv') return csv([table.columns.map(({ title }) => title), ...rows.map(cellTexts)]);
  const records = linked.records?.get(table.id);
  return `${forDocument(rows.map((row) => recordOf(row, table, records)))}\n`;
}

const FORMAT_NAME: Readonly<Record<Format, string>> = { csv: 'CSV', json: 'JSON' };

/** What no system has in the name of a file, and a dot at its beginning or end. */
function fileName(text: string): string {
  return forTitle(text).replace(/[<>:"|?*]/g, '_').replace(/^\.+|[. ]+$/g, '_');
}

async function chosenFile(name: string, format: Format): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, name), filters: { [FORMAT_NAME[format]]: [format] }, title: vscode.l10n.t('Export as {0}', FORMAT_NAME[format]) });
}

/** Writes the rows of a table to a file that the person chooses. */
export async function exportTable(services: Services, linked: LinkedPage, wish: { readonly table: string; readonly as: Format }, shown: ShownRows | undefined): Promise<void> {
  const text = exportText(linked, wish, shown);
  if (text === undefined) return;
  const file = await chosenFile(fileName(`${linked.page.title}-${wish.table}.${wish.as}`), wish.as);
  if (file === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(file, Buffer.from(text, 'utf8'));
  } catch (error) {
    showRefusal(services, vscode.l10n.t('The file could not be written: {0}', error instanceof vscode.FileSystemError ? `${file.path} (${error.code})` : file.path));
    return;
  }
  const open = vscode.l10n.t('Open File');
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Exported to {0}', forMessage(file.path)), open);
  if (choice === open) await vscode.commands.executeCommand('vscode.open', file);
}
