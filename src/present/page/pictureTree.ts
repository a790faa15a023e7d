import type { Language } from '../../domain/text.js';
import { say } from '../words.js';
import { element, keyed, type Element } from './element.js';
import type { Picture } from './page.js';
import { moreWord, PAGE_WORDS } from './pageWords.js';
import { layoutOf, NODE_WIDTH, type PlacedLine, type PlacedNode } from './pictureLayout.js';
import { roomOf, textRoom } from './textRoom.js';
import { toned } from './wordsTree.js';

/** How many narrow characters fit beside each other: in a node, and on a line. */
const NODE_ROOM = 26;
const LINE_ROOM = 24;

const CHANGE_SIGN = { comes: '+ ', goes: '− ' } as const;

/** As much of a text as there is room for, with an ellipsis in place of the rest. */
export function fitted(text: string, most: number): string {
  const signs = Array.from(text);
  let taken = 0;
  const end = signs.findIndex((sign) => (taken += roomOf(sign)) > most);
  if (end < 0) return text;
  // The ellipsis takes the room of the last one that would fit.
  return `${signs.slice(0, Math.max(0, end - 1)).join('').trimEnd()}…`;
}

/** A text in at most two lines, divided where there is a gap or a sign of punctuation. */
export function wrapped(text: string, most: number): readonly string[] {
  const whole = fitted(text, most);
  if (whole === text) return [text];
  const start = whole.slice(0, -1);
  const gap = Math.max(...[' ', '-', '/', '·', ',', '，', '（'].map((sign) => start.lastIndexOf(sign))) + 1;
  const cut = gap > start.length / 3 ? gap : start.length;
  return [text.slice(0, cut).trim(), fitted(text.slice(cut).trim(), most)];
}

/** What a line lets through, spelled out as far as there is room; the rest is counted, if need be in signs. */
function lineLabel({ labels, more, change }: PlacedLine['line'], language: Language): string {
  const signed = change === undefined ? '' : CHANGE_SIGN[change];
  const text = (count: number, restWord: (rest: number) => string) => {
    const rest = labels.length - count + more;
    return `${signed}${labels.slice(0, count).join(', ')}${rest > 0 ? restWord(rest) : ''}`;
  };
  const inWords = (count: number) => text(count, (rest) => `, ${moreWord(rest, language)}`);
  const count = labels.findLastIndex((_, at) => textRoom(inWords(at + 1)) <= LINE_ROOM) + 1;
  return count > 0 ? inWords(count) : fitted(text(1, (rest) => ` +${rest}`), LINE_ROOM);
}

function lineTree({ line, start, bend, end, isBack }: PlacedLine, language: Language): Element {
  const middle = (bend + end.x) / 2;
  const head = isBack ? `M${start.x + 7} ${start.y - 4}L${start.x + 1} ${start.y}l6 4` : `M${end.x - 7} ${end.y - 4}L${end.x - 1} ${end.y}l-6 4`;
  const way = `M${start.x} ${start.y}H${bend}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
  return element(
    'g',
    toned(line.tone, 'line', ...(line.change ? [line.change] : [])),
    line.labels.length > 0 ? element('title', {}, [...line.labels, ...(line.more > 0 ? [moreWord(line.more, language)] : [])].join(', ')) : undefined,
    element('path', { d: way }),
    element('path', { d: head, class: 'head' }),
    line.labels.length === 0 ? undefined : element('text', { x: start.x + 10, y: start.y - 5, class: 'small' }, lineLabel(line, language)),
  );
}

function nodeTree({ node, x, y, height }: PlacedNode): Element {
  const lines = wrapped(`${node.change === undefined ? '' : CHANGE_SIGN[node.change]}${node.label}`, NODE_ROOM);
  const rows = lines.length + (node.detail === undefined ? 0 : 1);
  const first = y + height / 2 - (rows - 1) * 8 + 4;
  const texts = lines.map((text, at) => element('text', { x: x + 12, y: first + at * 16 }, text));
  const detail = node.detail === undefined ? undefined : element('text', { x: x + 12, y: first + lines.length * 16, class: 'small' }, fitted(node.detail, NODE_ROOM + 4));
  return element(
    'g',
    toned(node.tone, 'node', ...(node.change ? [node.change] : [])),
    element('title', {}, [node.label, node.detail ?? ''].filter((text) => text !== '').join(' · ')),
    element('rect', { x, y, width: NODE_WIDTH, height, rx: 4 }),
    ...texts,
    detail,
  );
}

function drawing(picture: Picture, prefix: string, language: Language): Element {
  const { width, height, titles, nodes, lines } = layoutOf(picture, (count) => moreWord(count, language));
  const [title, desc] = [`${prefix}-title`, `${prefix}-desc`];
  return element(
    'svg',
    { class: 'drawing', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-labelledby': title, 'aria-describedby': desc, focusable: 'false' },
    element('title', { id: title }, picture.title),
    element('desc', { id: desc }, picture.sentences.join(' ')),
    ...titles.map(({ text, x }) => element('text', { x, y: 16, class: 'small' }, fitted(text, NODE_ROOM))),
    ...lines.map((line) => lineTree(line, language)),
    ...nodes.map(nodeTree),
  );
}

/** How a picture stands in its page. */
export interface PictureSetting {
  /** Unique in the page, without a space. */
  readonly prefix: string;
  readonly language: Language;
  /** Whether its sentences are folded out. */
  readonly isOpen: boolean;
}

/** A drawing in a box that scrolls by itself, what its signs mean, and the same in sentences. */
export function pictureTree(picture: Picture, { prefix, language, isOpen }: PictureSetting): Element {
  const changes = new Set([...picture.columns.flatMap(({ nodes }) => nodes), ...picture.lines].map(({ change }) => change));
  const legend = (['comes', 'goes'] as const).filter((change) => changes.has(change)).map((change) => `${CHANGE_SIGN[change]}${say(PAGE_WORDS[change], language)}`);
  const sentences = element('ul', {}, ...picture.sentences.map((sentence) => element('li', {}, sentence)));
  return element(
    'div',
    { class: 'picture' },
    keyed('drawing', element('div', { class: 'scroll', role: 'group', tabindex: 0, 'aria-label': picture.title }, drawing(picture, prefix, language))),
    legend.length === 0 ? undefined : keyed('legend', element('p', { class: 'muted' }, legend.join(' · '))),
    keyed('words', element('details', { 'data-details': picture.id, ...(isOpen && { open: true as const }) }, element('summary', {}, say(PAGE_WORDS.inWords, language)), sentences)),
  );
}
