import * as v from 'valibot';
import type { Action, Block, Cell, Column, Fact, Note, Page, Picture, PictureColumn, PictureLine, PictureNode, Row, Section, Table, Words } from '../present/page/page.js';

/**
 * The shape of a page as it arrives, bounded: what is larger than any page of ours is none of ours. The types of
 * these schemas and those of `present/page/page.ts` are held to be the same at the end of this file.
 */

/** Most of a list of things that a person looks at one by one. */
const FEW = 2_000;
/** Most rows of a table: a group has at most 1,000 rules, and an answer may be wrong. */
export const MOST_ROWS = 20_000;

const text = v.pipe(v.string(), v.maxLength(20_000));
const name = v.pipe(v.string(), v.maxLength(1_000));
const number = v.pipe(v.number(), v.finite());
const yes = v.literal(true);

function list<T extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(item: T, most = FEW) {
  return v.pipe(v.array(item), v.maxLength(most), v.readonly());
}

/** A link's key, which says nothing to the page. */
export const linkKey = name;

const tone = v.picklist(['plain', 'muted', 'good', 'warning', 'danger']);
const change = v.picklist(['comes', 'goes']);

const words = v.strictObject({ text, tone: v.exactOptional(tone), link: v.exactOptional(linkKey), badge: v.exactOptional(yes), code: v.exactOptional(yes) });
const action = v.strictObject({ text, link: linkKey, primary: v.exactOptional(yes), quiet: v.exactOptional(yes) });
const note = v.strictObject({ tone, text, lines: v.exactOptional(list(text)), actions: v.exactOptional(list(action)) });
const fact = v.strictObject({ name: text, values: list(words, MOST_ROWS) });

const column = v.strictObject({ id: name, title: text, sort: v.exactOptional(v.picklist(['text', 'number'])), filter: v.exactOptional(yes) });
const cell = v.strictObject({ words: list(words), value: v.exactOptional(number) });
const row = v.strictObject({ index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), cells: list(cell, 50), tone: v.exactOptional(tone) });
const table = v.strictObject({
  block: v.literal('table'),
  id: name,
  caption: text,
  columns: list(column, 50),
  rows: list(row, MOST_ROWS),
  empty: text,
  searchable: v.boolean(),
  actions: list(action),
});

const pictureNode = v.strictObject({ id: name, label: text, detail: v.exactOptional(text), tone, change: v.exactOptional(change) });
const pictureLine = v.strictObject({ from: name, to: name, labels: v.exactOptional(list(text, 50)), more: v.exactOptional(number), tone, change: v.exactOptional(change) });
const pictureColumn = v.strictObject({ title: text, nodes: list(pictureNode) });
const picture = v.strictObject({
  block: v.literal('picture'),
  id: name,
  title: text,
  sentences: list(text),
  columns: list(pictureColumn, 20),
  lines: list(pictureLine, 5_000),
});

const block = v.variant('block', [
  v.strictObject({ block: v.literal('text'), words: list(words) }),
  v.strictObject({ block: v.literal('note'), note }),
  v.strictObject({ block: v.literal('heading'), text }),
  v.strictObject({ block: v.literal('facts'), facts: list(fact) }),
  v.strictObject({ block: v.literal('list'), items: list(list(words), MOST_ROWS) }),
  v.strictObject({ block: v.literal('actions'), actions: list(action) }),
  table,
  picture,
]);

const section = v.strictObject({ id: name, title: text, blocks: list(block) });

export const pageSchema = v.strictObject({
  language: v.picklist(['en', 'zh']),
  title: text,
  kind: text,
  readAt: v.exactOptional(number),
  notes: list(note),
  actions: list(action),
  sections: list(section),
});

/** `never` where either type has what the other lacks; optional parts too, which assigning alone would not notice. */
type Same<S extends v.GenericSchema, T> = [v.InferOutput<S>, keyof v.InferOutput<S>] extends [T, keyof T] ? ([T, keyof T] extends [v.InferOutput<S>, keyof v.InferOutput<S>] ? true : never) : never;

/** Does not compile where a part of a page is something else than what the schema reads. */
export const PAGE_IS_HELD: readonly [
  Same<typeof pageSchema, Page>, Same<typeof section, Section>, Same<typeof block, Block>, Same<typeof note, Note>, Same<typeof action, Action>,
  Same<typeof words, Words>, Same<typeof fact, Fact>, Same<typeof table, Table>, Same<typeof column, Column>, Same<typeof row, Row>, Same<typeof cell, Cell>,
  Same<typeof picture, Picture>, Same<typeof pictureColumn, PictureColumn>, Same<typeof pictureNode, PictureNode>, Same<typeof pictureLine, PictureLine>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
