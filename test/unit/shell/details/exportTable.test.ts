import { describe, expect, it, vi } from 'vitest';
import type { LinkedPage } from '../../../../src/present/page/details.js';
import type { Table } from '../../../../src/present/page/page.js';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text } }));

const { exportText } = await import('../../../../src/shell/details/exportTable.js');

const TABLE: Table = {
  block: 'table',
  id: 'rules',
  caption: 'Rules',
  columns: [{ id: 'port', title: 'Ports' }, { id: 'note', title: 'Description' }],
  rows: [['22', 'office, only'], ['80', '=1+1'], ['443', '中文']].map(([port = '', note = ''], index) => ({ index, cells: [{ words: [{ text: 'TCP' }, { text: port }] }, { words: [{ text: note }] }] })),
  empty: 'None',
  searchable: true,
  actions: [],
};

function page(records?: LinkedPage['records']): LinkedPage {
  const linked = { page: { language: 'en', title: 'web', kind: 'Security group', notes: [], actions: [], sections: [{ id: 'rules', title: 'Rules', blocks: [TABLE] }] } as const, links: new Map() };
  return records === undefined ? linked : { ...linked, records };
}

describe('the rows of a table as a file', () => {
  it('are those that are shown, in that order, each once; what is no row is none', () => {
    expect(exportText(page(), { table: 'rules', as: 'csv' }, { id: 'rules', rows: [2, 0, 2, 99] })).toBe('\uFEFFPorts,Description\r\nTCP 443,中文\r\nTCP 22,"office, only"\r\n');
  });

  it('are all of them where the page said nothing of this table', () => {
    expect(exportText(page(), { table: 'rules', as: 'csv' }, { id: 'members', rows: [0] })).toBe("\uFEFFPorts,Description\r\nTCP 22,\"office, only\"\r\nTCP 80,'=1+1\r\nTCP 443,中文\r\n");
  });

  it('are none where none is shown', () => {
    expect(exportText(page(), { table: 'rules', as: 'json' }, { id: 'rules', rows: [] })).toBe('[]\n');
  });

  it('have in JSON the fields of what stands behind them', () => {
    const records = new Map([['rules', [{ port: 22 }, { port: 80, description: '=1+1' }, { port: 443 }]]]);
    expect(JSON.parse(exportText(page(records), { table: 'rules', as: 'json' }, { id: 'rules', rows: [1] }) ?? '')).toEqual([{ port: 80, description: '=1+1' }]);
  });

  it('have in JSON the columns of the table where that is not known', () => {
    expect(JSON.parse(exportText(page(), { table: 'rules', as: 'json' }, { id: 'rules', rows: [0] }) ?? '')).toEqual([{ port: 'TCP 22', note: 'office, only' }]);
  });

  it('are no file where there is no such table', () => {
    expect(exportText(page(), { table: 'others', as: 'csv' }, undefined)).toBeUndefined();
  });
});
