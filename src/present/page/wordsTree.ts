import type { Language } from '../../domain/text.js';
import { say } from '../words.js';
import { element, keyed, type Child, type Element } from './element.js';
import type { Action, Note, Tone, Words } from './page.js';
import { TONE_WORDS } from './pageWords.js';

/** Draws the sign of a tone: its meaning is not by colour alone. */
const SIGN_PATHS: Readonly<Record<Tone, string>> = {
  plain: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7v4.5M8 4.4v.9',
  muted: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 7v4.5M8 4.4v.9',
  good: 'M2.5 8.5l3.5 3.5l7.5-8',
  warning: 'M8 1.8L14.8 14H1.2ZM8 6v4M8 11.4v.9',
  danger: 'M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM8 4.6v4.2M8 10.6v.9',
};

export function sign(tone: Tone): Element {
  return element('svg', { class: 'sign', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, element('path', { d: SIGN_PATHS[tone] }));
}

/** The class of a tone, after others. */
export function toned(tone: Tone | undefined, ...classes: readonly string[]): { readonly class?: string } {
  const all = [...classes, ...(tone === undefined || tone === 'plain' ? [] : [tone])];
  return all.length === 0 ? {} : { class: all.join(' ') };
}

/** A thousand elements of the toolkit take half a second to make: in the rows of a table its badge is only drawn like one. */
type Place = 'text' | 'row';

/** A link is a button that looks like one: it leads to no address. */
function linked(words: Words, place: Place): Element | undefined {
  if (words.link === undefined) return undefined;
  return element('button', { type: 'button', ...toned(words.badge === true ? undefined : words.tone, 'link'), 'data-link': words.link }, inner(words, place));
}

function inner({ text, badge, code, tone }: Words, place: Place): Child {
  if (badge === true) return place === 'row' ? element('span', toned(tone, 'badge'), text) : element('vscode-badge', toned(tone), text);
  return code === true ? element('code', {}, text) : text;
}

function oneOf(words: Words, place: Place): Child {
  const link = linked(words, place);
  if (link !== undefined) return link;
  const drawn = inner(words, place);
  return typeof drawn === 'string' && words.tone !== undefined && words.tone !== 'plain' ? element('span', toned(words.tone), drawn) : badgeOrToned(drawn, words);
}

function badgeOrToned(drawn: Child, { tone, badge }: Words): Child {
  return typeof drawn === 'string' || badge === true || tone === undefined ? drawn : { ...drawn, attributes: { ...drawn.attributes, ...toned(tone) } };
}

/** Words with a space between them. */
export function wordsTree(words: readonly Words[], place: Place = 'text'): readonly Child[] {
  return words.flatMap((one, at) => (at === 0 ? [oneOf(one, place)] : [' ', oneOf(one, place)]));
}

/** A row of buttons, and below it one of what only looks; nothing where there are none. */
export function actionsTree(actions: readonly Action[], table?: string): Element | undefined {
  if (actions.length === 0) return undefined;
  const of = (link: string) => ({ 'data-link': link, ...(table !== undefined && { 'data-table': table }) });
  const buttons = actions
    .filter(({ quiet }) => quiet !== true)
    .map(({ text, link, primary }) => keyed(link, element('vscode-button', { appearance: primary === true ? 'primary' : 'secondary', ...of(link) }, text)));
  const links = actions.filter(({ quiet }) => quiet === true).map(({ text, link }) => keyed(link, element('button', { type: 'button', class: 'link', ...of(link) }, text)));
  return element('div', { class: 'actions' }, ...buttons, links.length === 0 ? undefined : keyed('quiet', element('div', { class: 'quiet' }, ...links)));
}

/** A note with its sign, the name of its tone for who can't see it, and what can be done. */
export function noteTree({ tone, text, lines = [], actions = [] }: Note, language: Language): Element {
  return element(
    'div',
    toned(tone, 'note'),
    sign(tone),
    element(
      'div',
      { class: 'said' },
      element('p', {}, element('span', { class: 'unseen' }, `${say(TONE_WORDS[tone], language)}: `), text),
      ...lines.map((line) => element('p', { class: 'line' }, line)),
      actionsTree(actions),
    ),
  );
}
