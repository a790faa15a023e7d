import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, TAGS, type Child, type Element } from '../../../../src/present/page/element.js';
import type { Page, Picture, Tone } from '../../../../src/present/page/page.js';
import { pageTree, type Shown } from '../../../../src/present/page/pageTree.js';
import { layoutOf } from '../../../../src/present/page/pictureLayout.js';
import { fitted, pictureTree, wrapped } from '../../../../src/present/page/pictureTree.js';
import { MOST_DRAWN } from '../../../../src/present/page/tableTree.js';
import { PLAIN_VIEW } from '../../../../src/present/page/viewState.js';
import { rowsPage, samplePage } from '../../../page/support/samplePage.js';

const ALIVE: Shown = { view: PLAIN_VIEW, alive: true, made: () => 50 };
const LIFELESS: Shown = { ...ALIVE, alive: false };

/** A tree as text: one word for an element, its texts, and what is in it. */
type Outline = string | readonly [string, ...Outline[]];

function outline(child: Child): Outline {
  return typeof child === 'string' ? child : [child.tag, ...child.children.map(outline)];
}

function* elements(of: Child): Generator<Element> {
  if (typeof of === 'string') return;
  yield of;
  for (const child of of.children) yield* elements(child);
}

const texts = (of: Child): string => (typeof of === 'string' ? of : of.children.map(texts).join(''));
const all = (tree: Element, tag: string) => [...elements(tree)].filter((one) => one.tag === tag);

describe('the tree of a page', () => {
  const small: Page = { language: 'en', title: 'web-1', kind: 'Instance', readAt: 0, notes: [{ tone: 'warning', text: 'Old' }], actions: [{ text: 'Refresh', link: 'r' }], sections: [{ id: 's', title: 'Facts', blocks: [{ block: 'facts', facts: [{ name: 'State', values: [{ text: 'Running', badge: true }, { text: 'vpc-1', link: 'v', code: true }] }] }, { block: 'list', items: [[{ text: 'a', tone: 'muted' }]] }] }] };

  it('is a heading, notes, and sections with their own', () => {
    expect(outline(pageTree(small, { ...ALIVE, now: 61_000 }))).toEqual([
      'main',
      ['header', ['p', 'Instance'], ['h1', 'web-1'], ['p', ['time', 'Read 1 min ago']], ['div', ['vscode-button', 'Refresh']]],
      ['div', ['div', ['svg', ['path']], ['div', ['p', ['span', 'Warning: '], 'Old']]]],
      ['section', ['h2', 'Facts'], ['dl', ['div', ['dt', 'State'], ['dd', ['vscode-badge', 'Running'], ' ', ['button', ['code', 'vpc-1']]]]], ['ul', ['li', ['span', 'a']]]],
    ]);
  });

  it('says in both languages that scripts did not run, and when the facts were read', () => {
    expect(texts(pageTree(small, LIFELESS))).toMatch(/^Scripts did not run: .*Read at 1970-01-01 00:00:00 UTC/);
    const chinese = pageTree({ ...small, language: 'zh' }, LIFELESS);
    expect([chinese.attributes.lang, texts(chinese)]).toEqual(['zh-CN', expect.stringMatching(/^脚本未运行.*读取于 1970-01-01 00:00:00 UTC.*警告: Old/)]);
  });

  it.each(['<script>', 'javascript:alert(1)', 'onclick', 'style'])('holds nothing but what is on the lists of tags and attributes where the page says %s', (text) => {
    const sample = samplePage(3);
    const tree = pageTree({ ...sample, title: text, sections: sample.sections.map((section, at) => ({ ...section, id: `${text}${at}`, title: text })) }, ALIVE);
    const used = new Set([...elements(tree)].flatMap(({ tag, attributes }) => [tag, ...Object.keys(attributes)]));
    const listed = new Set<string>([...TAGS, ...ATTRIBUTES]);
    expect([...used].filter((name) => !listed.has(name))).toEqual([]);
  });

  it('could hold no handler, no address, no style and no program', () => {
    expect([...TAGS, ...ATTRIBUTES].filter((name) => /^(?:on|style$|href$|src|script$|a$|iframe$|form)/.test(name))).toEqual([]);
  });

  it('has ids that are there once', () => {
    const ids = [...elements(pageTree(samplePage(), ALIVE))].flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => String(id).includes(' '))).toEqual([]);
  });

  it('has a table with what its order is, how many rows it has, and the row that each one is', () => {
    const tree = pageTree(rowsPage(120), { ...ALIVE, view: { open: [], tables: [{ id: 'rules', search: '', filters: [], sort: { column: 'ports', descending: true } }] } });
    expect(all(tree, 'table').map(({ attributes }) => attributes['aria-rowcount'])).toEqual([121]);
    expect(all(tree, 'th').map(({ attributes }) => [attributes.scope, attributes['aria-sort']])).toEqual([['col', 'none'], ['col', 'none'], ['col', 'none'], ['col', 'descending'], ['col', 'none'], ['col', 'none'], ['col', undefined]]);
    expect(all(tree, 'tbody').map(({ children }) => children.length)).toEqual([25, 25]);
    expect(all(tree, 'tr').slice(1).map(({ attributes }) => attributes['aria-rowindex'])).toEqual(Array.from({ length: 50 }, (_, at) => at + 2));
  });

  it('says below a table which rows are not drawn, unless they are still to come', () => {
    const last = (shown: Shown, rows: number) => texts(pageTree(rowsPage(rows), shown)).slice(-120);
    expect(last({ ...LIFELESS, made: () => 200 }, 1_000)).toMatch(/These are the first 200 of 1,000 rows; the rest needs scripts\.$/);
    expect(last({ ...ALIVE, made: () => MOST_DRAWN }, 3_000)).toMatch(/These are the first 2,000 of 3,000 rows\. A search .*$/);
    expect(last(ALIVE, 1_000)).not.toContain('These are');
  });

  it('says so where a table is empty, and where a search leaves nothing of it', () => {
    expect(texts(pageTree(rowsPage(0), ALIVE))).toMatch(/Inbound rulesThis group has no inbound rules\.$/);
    const searched = pageTree(rowsPage(5), { ...ALIVE, view: { open: [], tables: [{ id: 'rules', search: 'nowhere', filters: [] }] } });
    expect(texts(searched)).toMatch(/0 of 5 rows.*No row fits the search and the filters\. Clear search and filters$/);
  });
});

describe('a picture', () => {
  const node = (id: string, tone: Tone = 'plain') => ({ id, label: id, tone });
  const picture = (peers: number, groups: number): Picture => ({
    block: 'picture', id: 'p', title: 'Reach', sentences: ['One.', 'Two.'],
    columns: [{ title: 'Outside', nodes: Array.from({ length: peers }, (_, at) => node(`peer ${at}`)) }, { title: 'Groups', nodes: Array.from({ length: groups }, (_, at) => node(`group ${at}`)) }],
    lines: Array.from({ length: peers * groups }, (_, at) => ({ from: `peer ${at % peers}`, to: `group ${at % groups}`, labels: [`tcp ${at}`], tone: 'plain' as const })),
  });
  const more = (count: number) => `${count} more`;

  it.each([[1, 1], [8, 5], [40, 5], [3, 30]])('of %i outside and %i groups lets no boxes, and no two labels of lines, touch each other', (peers, groups) => {
    const { nodes, lines, width, height } = layoutOf(picture(peers, groups), more);
    const boxes = nodes.map(({ x, y, height: own }) => ({ left: x, right: x + 200, top: y, bottom: y + own }));
    for (const [at, one] of boxes.entries()) {
      expect(one.left >= 0 && one.right <= width && one.top >= 0 && one.bottom <= height).toBe(true);
      for (const other of boxes.slice(at + 1)) expect(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top).toBe(true);
    }
    const starts = lines.map(({ start }) => start);
    for (const [at, one] of starts.entries()) for (const other of starts.slice(at + 1)) expect(one.x !== other.x || Math.abs(one.y - other.y) >= 20).toBe(true);
  });

  it('counts what is too much of a column, and keeps what changes', () => {
    const large = picture(40, 1);
    const changed: Picture = { ...large, columns: large.columns.map((column, at) => ({ ...column, nodes: column.nodes.map((one, place) => (at === 0 && place === 39 ? { ...one, change: 'comes' as const } : one)) })) };
    expect(layoutOf(changed, more).nodes.map(({ node: { label } }) => label)).toEqual([...Array.from({ length: 10 }, (_, at) => `peer ${at}`), 'peer 39', '29 more', 'group 0']);
  });

  it('draws one line for all that go the same way', () => {
    const twice: Picture = { ...picture(1, 1), lines: [...picture(1, 1).lines, { from: 'peer 0', to: 'group 0', labels: ['udp 53'], tone: 'plain' }, { from: 'peer 0', to: 'group 0', labels: ['tcp 22'], tone: 'danger' }, { from: 'peer 0', to: 'nobody', tone: 'plain' }] };
    expect(layoutOf(twice, more).lines.map(({ line }) => [line.labels, line.tone])).toEqual([[['tcp 0', 'udp 53'], 'plain'], [['tcp 22'], 'danger']]);
  });

  it('names on a line as much as there is room for, whole, and counts the rest; a pointer finds all', () => {
    const line = (labels: readonly string[], rest: { readonly more?: number; readonly change?: 'comes' } = {}) => {
      const tree = pictureTree({ ...picture(1, 1), lines: [{ from: 'peer 0', to: 'group 0', labels, tone: 'plain', ...rest }] }, { prefix: 'x', language: 'en', isOpen: false });
      const [drawn] = all(tree, 'g').filter(({ attributes }) => String(attributes.class).includes('line'));
      return [outline(drawn ?? tree).at(-1), outline(drawn ?? tree)[1]];
    };
    const ports = ['TCP 80 (HTTP)', 'TCP 443 (HTTPS)', 'TCP 9000'];
    expect([line(ports), line(['TCP 80', 'TCP 81', 'TCP 82']), line(['TCP 80'], { more: 3, change: 'comes' }), line(['UDP 5432 (PostgreSQL)', 'TCP 80']), line(['a name with no end to be seen'])]).toEqual([
      [['text', 'TCP 80 (HTTP), 2 more'], ['title', 'TCP 80 (HTTP), TCP 443 (HTTPS), TCP 9000']],
      [['text', 'TCP 80, TCP 81, TCP 82'], ['title', 'TCP 80, TCP 81, TCP 82']],
      [['text', '+ TCP 80, 3 more'], ['title', 'TCP 80, 3 more']],
      [['text', 'UDP 5432 (PostgreSQL) +1'], ['title', 'UDP 5432 (PostgreSQL), TCP 80']],
      [['text', 'a name with no end to b…'], ['title', 'a name with no end to be seen']],
    ]);
  });

  it('is told in words, too', () => {
    const tree = pictureTree(picture(1, 1), { prefix: 'x', language: 'en', isOpen: false });
    const [svg] = all(tree, 'svg');
    expect(svg?.attributes).toMatchObject({ role: 'img', 'aria-labelledby': 'x-title', 'aria-describedby': 'x-desc' });
    expect(outline(tree)).toEqual(['div', ['div', expect.arrayContaining(['svg', ['title', 'Reach'], ['desc', 'One. Two.']])], ['details', ['summary', 'The picture in words'], ['ul', ['li', 'One.'], ['li', 'Two.']]]]);
  });

  it('cuts and divides long names, with room for the wider Chinese signs', () => {
    expect([fitted('short', 10), fitted('a name that is long', 10), fitted('一二三四五六七', 10)]).toEqual(['short', 'a name th…', '一二三四…']);
    expect([wrapped('short', 10), wrapped('orders-database-production', 10), wrapped('x'.repeat(25), 10)]).toEqual([['short'], ['orders-', 'database-…'], ['xxxxxxxxx', 'xxxxxxxxx…']]);
  });
});
