import { describe, expect, it } from 'vitest';
import type { Row, Table } from '../../../../src/present/page/page.js';
import { choicesOf, shownRows } from '../../../../src/present/page/tableRows.js';
import { filteredBy, readViewState, sortedBy, tableViewOf, withOpen, withTable, PLAIN_VIEW, type TableView } from '../../../../src/present/page/viewState.js';

const row = (index: number, port: string, value: number | undefined, text: string): Row => ({ index, cells: [{ words: [{ text: port }], ...(value !== undefined && { value }) }, { words: [{ text }, { text: 'x', badge: true }] }] });

const TABLE: Table = {
  block: 'table', id: 'rules', caption: '', empty: '', searchable: true, actions: [],
  columns: [{ id: 'port', title: 'Port', sort: 'number' }, { id: 'text', title: 'Text', sort: 'text', filter: true }],
  rows: [row(0, '443', 443, 'Web'), row(1, 'all', undefined, 'web'), row(2, '22', 22, '数据库'), row(3, '443', 443, 'rule 10'), row(4, '-1', -1, 'Rule 9')],
};
const PLAIN: TableView = { id: 'rules', search: '', filters: [] };
const order = (view: Partial<TableView>) => shownRows(TABLE, { ...PLAIN, ...view }, 'en').map(({ index }) => index);

describe('the rows of a table', () => {
  it.each<[string, Partial<TableView>, readonly number[]]>([
    ['are all of them, as they were made', {}, [0, 1, 2, 3, 4]],
    ['are sorted by number, equal ones as they were and those without one last', { sort: { column: 'port', descending: false } }, [4, 2, 0, 3, 1]],
    ['are the same the other way round, again with those without a number last', { sort: { column: 'port', descending: true } }, [0, 3, 2, 4, 1]],
    ['are sorted by text in whatever case, and by the numbers in it', { sort: { column: 'text', descending: false } }, [4, 3, 0, 1, 2]],
    ['keep the order of equal texts the other way round', { sort: { column: 'text', descending: true } }, [2, 0, 1, 3, 4]],
    ['are not sorted by a column that is not there', { sort: { column: 'gone', descending: false } }, [0, 1, 2, 3, 4]],
    ['are found by words in whatever case, column and order', { search: '  WEB 443 ' }, [0]],
    ['are found by Chinese words', { search: '数据' }, [2]],
    ['are none where a word is nowhere', { search: 'web nothing' }, []],
    ['are those with the chosen text in a column, exactly', { filters: [{ column: 'text', text: 'web x' }] }, [1]],
    ['are not filtered by a column that offers nothing to choose', { filters: [{ column: 'port', text: '443' }] }, [0, 1, 2, 3, 4]],
    ['are searched, filtered and sorted at once', { search: '443', filters: [{ column: 'text', text: 'Web x' }], sort: { column: 'port', descending: true } }, [0]],
  ])('%s', (_what, view, expected) => {
    expect(order(view)).toEqual(expected);
  });

  it('offer the different texts of a column in their order', () => {
    expect(choicesOf(TABLE, 'text', 'en')).toEqual(['Rule 9 x', 'rule 10 x', 'web x', 'Web x', '数据库 x']);
    expect(choicesOf(TABLE, 'port', 'en')).toEqual([]);
  });
});

describe('how a page is looked at', () => {
  it('turns the order of a column round, and gives it up', () => {
    const once = sortedBy(PLAIN, 'port');
    const twice = sortedBy(once, 'port');
    expect([once.sort, twice.sort, sortedBy(twice, 'port').sort, sortedBy(twice, 'text').sort]).toEqual([{ column: 'port', descending: false }, { column: 'port', descending: true }, undefined, { column: 'text', descending: false }]);
  });

  it('has one filter for each column, and none for no text', () => {
    const filtered = filteredBy(filteredBy(filteredBy(PLAIN, 'a', '1'), 'b', '2'), 'a', '3');
    expect(filtered.filters).toEqual([{ column: 'b', text: '2' }, { column: 'a', text: '3' }]);
    expect(filteredBy(filtered, 'b', '').filters).toEqual([{ column: 'a', text: '3' }]);
  });

  it('comes back as it was kept', () => {
    const view = withOpen(withTable(withTable(PLAIN_VIEW, { ...PLAIN, search: 'old' }), { ...sortedBy(PLAIN, 'port'), search: 'tcp', filters: [{ column: '__proto__', text: 'x' }] }), 'picture', true);
    expect(readViewState(JSON.parse(JSON.stringify(view)))).toEqual(view);
    expect(tableViewOf(view, 'rules').search).toBe('tcp');
    expect(withOpen(view, 'picture', false).open).toEqual([]);
  });

  it.each<[unknown]>([[undefined], [null], [7], ['x'], [[]], [{ tables: {}, open: 'x' }], [{ tables: [null, { id: 7 }, { search: 'x' }], open: [7, 'x'.repeat(2_000)] }], [Object.create({ open: ['inherited'] })]])('is as if for the first time with %j', (kept) => {
    expect(readViewState(kept)).toEqual(PLAIN_VIEW);
  });

  it('is kept in part where only a part of it fits', () => {
    expect(readViewState({ tables: [{ id: 'a', sort: { column: 7 }, search: 'x', filters: [{ column: 'c' }, { column: 'c', text: 't', more: 1 }] }] })).toEqual({ tables: [{ id: 'a', search: 'x', filters: [{ column: 'c', text: 't' }] }], open: [] });
  });
});
