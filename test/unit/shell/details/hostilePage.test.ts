import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import type { Details } from '../../../../src/domain/details.js';
import { success } from '../../../../src/domain/failure.js';
import type { LinkedPage } from '../../../../src/present/page/details.js';
import { detailsPage } from '../../../../src/present/page/detailsPage.js';
import { ATTRIBUTES, TAGS, type Child, type Element } from '../../../../src/present/page/element.js';
import { pageTree } from '../../../../src/present/page/pageTree.js';
import { PLAIN_VIEW } from '../../../../src/present/page/viewState.js';
import { toPageSchema, toShellSchema } from '../../../../src/protocol/messages.js';
import { pageHtml } from '../../../../src/shell/details/pageHtml.js';
import { readState, writtenState, type PageState } from '../../../../src/shell/details/pageState.js';
import { GROUP_PAGE, HOSTILE, PAGES, poisoned } from '../../present/page/hostile.js';
import { groupDetails, INSTANCE, NOW, rule, targetDetails } from '../../present/page/world.js';
import { networkInterface } from '../../support/builders.js';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text }, window: {}, workspace: {}, env: {} }));
const { exportText } = await import('../../../../src/shell/details/exportTable.js');

/** Pages of answers in which every text is meant to break out of its place. */

/** Each hostile text in all places, and the short ones beside ours, so that tables, links and pictures differ from each other. */
const ALL: readonly Details[] = HOSTILE.flatMap((text) => [
  ...PAGES.map((details) => poisoned(details, (was) => (was === '' ? '' : text))),
  ...(text.length > 100 ? [] : PAGES.map((details) => poisoned(details, (was) => `${was}${text}`))),
]);

const MADE = new Map<Details, LinkedPage>();

function pageOf(details: Details): LinkedPage {
  const comparison = details.about === 'target' ? { kind: 'join' as const, groupIds: [...details.groups.keys()] } : undefined;
  const page = MADE.get(details) ?? detailsPage(details, { language: 'en', account: HOSTILE[1] ?? '', sandbox: false, now: NOW, comparison });
  MADE.set(details, page);
  return page;
}

function numbered<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function stateOf({ resource: { kind, id, regionId, name } }: Details): PageState {
  return { account: 'cli:main', kind, id, regionId, name };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function elementsIn(child: Child): readonly Element[] {
  return typeof child === 'string' ? [] : [child, ...child.children.flatMap(elementsIn)];
}

/** What no text may hold: it is invisible, breaks a line or turns what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const treeOf = ({ page }: LinkedPage) => pageTree(page, { view: PLAIN_VIEW, alive: false, made: () => 200 });
const htmlOf = (details: Details, { page }: LinkedPage) => pageHtml({ page, restore: writtenState(stateOf(details)), cspSource: 'https://csp.example', script: 'https://csp.example/page.js', style: 'https://csp.example/page.css' });

describe('a page of hostile answers', { timeout: 120_000 }, () => {
  it('fits the message that tells it, however long and odd its texts are', () => {
    for (const details of ALL) {
      const read = v.safeParse(toPageSchema, { say: 'show', page: pageOf(details).page, restore: writtenState(stateOf(details)) });
      if (!read.success) expect(v.flatten(read.issues)).toEqual('no issue');
    }
  });

  it.each<[string, Details]>([
    ['rules that name thousands of groups', groupDetails({ rules: success({ rules: numbered(3_000, (at) => rule(`sg-${at}`, '22/22')), innerAccessPolicy: 'Drop' }) })],
    ['thousands of groups that refer to it', groupDetails({ referredBy: success({ items: numbered(3_000, (at) => `sg-${at}`), more: false }) })],
    ['thousands of addresses', targetDetails({ resource: { ...INSTANCE, privateIps: numbered(3_000, (at) => `10.0.${at >> 8}.${at & 255}`) } })],
    ['thousands of interfaces', targetDetails({ interfaces: success(numbered(3_000, (at) => networkInterface({ id: `eni-${at}`, securityGroupIds: ['sg-web'] }))) })],
  ])('fits the message that tells it with %s', (_what, details) => {
    const read = v.safeParse(toPageSchema, { say: 'show', page: pageOf(details).page, restore: '' });
    expect(read.success ? [] : v.flatten(read.issues)).toEqual([]);
  });

  it('has nothing invisible in any text, and no link that is not its own', () => {
    for (const details of ALL) {
      const linked = pageOf(details);
      const odd = textsIn(linked.page).filter((text) => UNSEEN.test(text));
      const links = elementsIn(treeOf(linked)).flatMap(({ attributes }) => attributes['data-link'] ?? []);
      const strange = links.filter((key) => !linked.links.has(String(key)));
      if (odd.length + strange.length > 0) expect([odd, strange]).toEqual([[], []]);
    }
  });

  it('is made of known elements with known attributes, whose names are unique and lead somewhere', () => {
    for (const details of ALL) {
      const all = elementsIn(treeOf(pageOf(details)));
      const ids = all.flatMap(({ attributes }) => attributes.id ?? []).map(String);
      const named = all.flatMap(({ attributes }) => [attributes['aria-labelledby'], attributes['aria-describedby']]).flatMap((name) => (name === undefined ? [] : [String(name)]));
      const strange = all.filter(({ tag, attributes }) => !TAGS.includes(tag) || Object.keys(attributes).some((name) => !(ATTRIBUTES as readonly string[]).includes(name)));
      const doubtful = [ids.filter((one, at) => ids.indexOf(one) !== at || /\s/.test(one)), named.filter((one) => !ids.includes(one)), strange];
      if (doubtful.some(({ length }) => length > 0)) expect(doubtful).toEqual([[], [], []]);
    }
  });

  it('is written as HTML that says the same: every element, attribute and text comes back out of it', () => {
    for (const details of ALL) {
      const linked = pageOf(details);
      const read = readHtml(htmlOf(details, linked));
      const main = read.find(({ tag }) => tag === 'main');
      const wanted = plain(treeOf(linked));
      if (JSON.stringify(main) !== JSON.stringify(wanted)) expect(main).toEqual(wanted);
      const programs = read.filter(({ tag }) => tag === 'script').map(({ attributes, children }) => [attributes['src'], children]);
      if (programs.length !== 1 || programs[0]?.[0] !== 'https://csp.example/page.js' || programs[0][1]?.length !== 0) expect(programs).toEqual('our own program alone');
    }
  });

  it('is found again after a restart as the same, or not at all', () => {
    for (const details of ALL) {
      const state = stateOf(details);
      const read = readState({ restore: writtenState(state) });
      if (read !== undefined) expect([read.id, read.regionId, read.kind]).toEqual([state.id, state.regionId, state.kind]);
    }
  });
});

describe('an exported table of hostile answers', { timeout: 120_000 }, () => {
  const exported = (linked: LinkedPage, rows?: readonly number[]) =>
    linked.page.sections.flatMap(({ blocks }) => blocks).flatMap((block) => (block.block === 'table' ? [{ table: block, csv: exportText(linked, { table: block.id, as: 'csv' }, rows && { id: block.id, rows }), json: exportText(linked, { table: block.id, as: 'json' }, rows && { id: block.id, rows }) }] : []));

  it('has a field for each cell, none of which a spreadsheet takes for a formula', () => {
    for (const details of ALL) {
      for (const { table, csv } of exported(pageOf(details))) {
        const [, ...rows] = readCsv(csv ?? '');
        const wanted = table.rows.map(({ cells }) => cells.map(({ words }) => words.map(({ text }) => text).join(' ')));
        const bare = rows.map((fields) => fields.map((field) => field.replace(/^'(?=\s*[=+\-@＝＋－＠])/, '')));
        if (JSON.stringify(bare) !== JSON.stringify(wanted)) expect(bare).toEqual(wanted);
        const formulas = rows.flat().filter((field) => /^\s*[=+@＝＋＠]|^\s*[-－](?!\d+(\.\d+)?$)/.test(field));
        if (formulas.length > 0) expect(formulas).toEqual([]);
      }
    }
  });

  it('is JSON of as many rows, with nothing invisible in it', () => {
    for (const details of ALL) {
      for (const { table, json } of exported(pageOf(details))) {
        const rows = JSON.parse(json ?? '') as readonly unknown[];
        const odd = UNSEEN.test((json ?? '').replaceAll('\n', ''));
        if (rows.length !== table.rows.length || odd) expect([rows.length, odd]).toEqual([table.rows.length, false]);
      }
    }
  });

  it('has each row that is asked for once, and no other, whatever is asked for', () => {
    const linked = pageOf(GROUP_PAGE);
    // No message holds a text among row numbers; if one came through all the same, it must lead nowhere.
    const lists = [[], [0, 0, 0], [3, 1], [-1, 1.5, Number.NaN, 9e15], Array.from({ length: 20_000 }, (_, at) => 20_000 - at), ['__proto__' as unknown as number]];
    const counts = lists.map((rows) => exported(linked, rows).find(({ table }) => table.rows.length > 3)).map((one) => readCsv(one?.csv ?? '').length - 1);
    expect(counts).toEqual([0, 1, 2, 0, 3, 0]);
  });

  it('is nothing where the page has no such table', () => {
    const linked = pageOf(GROUP_PAGE);
    expect(['__proto__', 'constructor', '', 'x'].map((table) => exportText(linked, { table, as: 'json' }, undefined))).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a message from a page that is not ours', () => {
  const read = (message: unknown) => {
    const result = v.safeParse(toShellSchema, message);
    return result.success ? result.output : undefined;
  };
  const follow = { say: 'follow', link: 'k1' };

  it.each<[string, unknown]>([
    ['names a command', { ...follow, command: 'workbench.action.quit' }],
    ['asks for too many rows', { ...follow, table: { id: 't', rows: Array.from({ length: 20_001 }, (_, at) => at) } }],
    ['asks for rows that are none', { ...follow, table: { id: 't', rows: [0, -1] } }],
    ['asks for a fraction of a row', { ...follow, table: { id: 't', rows: [0.5] } }],
    ['asks for rows beyond counting', { ...follow, table: { id: 't', rows: [2 ** 53] } }],
    ['has a list with holes', { ...follow, table: { id: 't', rows: Object.assign([0], { 2: 2 }) } }],
    ['has a link that is no text', { say: 'follow', link: { toString: () => 'k1' } }],
    ['has a link that is too long', { say: 'follow', link: 'k'.repeat(1_001) }],
    ['says what only the shell says', { say: 'show', page: {}, restore: '' }],
    ['says something of all objects', { say: 'constructor' }],
    ['says nothing', {}],
    ['is nothing', null],
    ['is a list', [follow]],
  ])('is not read where it %s', (_what, message) => {
    expect(read(message)).toBeUndefined();
  });

  it('brings nothing in under the name of the prototype', () => {
    const message = read(JSON.parse('{"say":"follow","link":"__proto__","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'));
    expect([message === undefined ? [] : Object.keys(message).sort(), ({} as { isAdmin?: true }).isAdmin, (message as { isAdmin?: true } | undefined)?.isAdmin]).toEqual([message === undefined ? [] : ['link', 'say'], undefined, undefined]);
  });
});

interface Read {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Read | string)[];
}

const VOID = new Set(['meta', 'link', 'col']);
const ENTITY: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };
const decoded = (text: string) => text.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITY[entity] ?? entity);

/** Elements in the order in which they begin; it throws where a sign stands for itself that HTML gives a meaning. */
function readHtml(html: string): readonly Read[] {
  const all: Read[] = [];
  const root: Read = { tag: '', attributes: {}, children: [] };
  const path = [root];
  const tokens = /<!DOCTYPE html>|<(\/?)([a-zA-Z][\w-]*)((?:\s[\w-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/y;
  while (tokens.lastIndex < html.length) {
    const from = tokens.lastIndex;
    const match = tokens.exec(html);
    if (match === null) throw new Error(`not well formed: ${html.slice(from, from + 200)}`);
    const [, closing, tag, attributes = '', single, text] = match;
    const top = path.at(-1) ?? root;
    if (text !== undefined) top.children.push(decoded(text));
    else if (tag !== undefined && closing === '/') {
      if (path.pop()?.tag !== tag) throw new Error(`closes what is not open: ${tag}`);
    } else if (tag !== undefined) {
      const read: Read = { tag, attributes: Object.fromEntries([...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decoded(value)])), children: [] };
      all.push(read);
      top.children.push(read);
      if (single !== '/' && !VOID.has(tag)) path.push(read);
    }
  }
  return all;
}

/** An element as it reads in HTML: all attributes are texts, and texts beside each other are one. */
function plain({ tag, attributes, children }: Element): Read {
  const read: Read = { tag, attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value === true ? '' : String(value)])), children: [] };
  for (const child of children) {
    if (typeof child !== 'string') read.children.push(plain(child));
    else if (child !== '') {
      const last = read.children.at(-1);
      if (typeof last === 'string') read.children.splice(-1, 1, last + child);
      else read.children.push(child);
    }
  }
  return read;
}

/** As RFC 4180 has it. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let fields: string[] = [];
  const tokens = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  tokens.lastIndex = 1;
  while (tokens.lastIndex < text.length) {
    const match = tokens.exec(text);
    if (match === null) throw new Error('not well formed');
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(fields);
    fields = [];
  }
  return rows;
}
