/**
 * The one escaping module (law 10): names, tags, descriptions and messages of the cloud are hostile text, and
 * each place that shows text has its own way of making something else of it. Every such text passes one of
 * these functions on its way to the screen or the log.
 */

import { onFirstUse } from '../domain/onFirstUse.js';

/** Longer names are cut: nobody reads 5,000 characters in a row of a tree. */
const LABEL_LENGTH = 120;
const SENTENCE_LENGTH = 1000;

/**
 * Characters that are invisible (fillers and halves of characters too), that break a line, or that turn the
 * direction of what follows. What only makes an emoji (captured) stays: a joiner between two pictographs, and
 * the sign that asks for the coloured form of one. No literal: the engine reads one when it reads the file, and looks up
 * all these classes, which takes it longer than any other line of the extension.
 */
const unseen = onFirstUse(() => {
  const joiner = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})`;
  const coloured = String.raw`(?<=\p{Extended_Pictographic})\uFE0F|(?<=[0-9#*])\uFE0F(?=\u20E3)`;
  return new RegExp(String.raw`(${joiner}|${coloured})|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]`, 'gu');
});

/** Most of what is shown is plain, and a table may have a hundred thousand texts. */
const PLAIN = /^[\x20-\x7E]*$/;

const NAMED: Readonly<Record<string, string>> = { '\n': '⏎', '\r': '⏎', '\t': '⇥', '\u2028': '⏎', '\u2029': '⏎' };

/** Makes control, bidirectional and zero-width characters visible, as `⏎` or `<U+202E>`. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n/g, '\n')
    .replace(unseen(), (sign, emoji?: string) => emoji ?? NAMED[sign] ?? `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** Cuts at a whole character, with an ellipsis in place of the rest; what would join the next emoji goes with it. */
export function shortened(text: string, length: number = LABEL_LENGTH): string {
  // A character has at most two UTF-16 units, so no more than this has to be looked at.
  const signs = Array.from(text.slice(0, length * 2 + 2));
  return signs.length <= length ? text : `${signs.slice(0, length - 1).join('').replace(/\u200D$/, '')}…`;
}

/** For tree labels and descriptions, which show markup and icon names as they are. */
export function forLabel(text: string): string {
  return shortened(visible(text));
}

/** What quick picks, the status bar and the words of an input box draw as an icon; anything else after `$(` stays text. */
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;

function withoutIcons(text: string): string {
  return text.replace(ICON, String.raw`\$&`);
}

/** For quick picks (label, description, detail) and the status bar, where `$(name)` would become an icon. */
export function forPick(text: string, length: number = LABEL_LENGTH): string {
  return withoutIcons(shortened(visible(text), length));
}

/**
 * For notifications and dialogs. A notification makes `[words](address "title")` a live link, command links too,
 * but only where the two brackets touch: a word joiner between them keeps the text readable and dead.
 */
export function forMessage(text: string): string {
  return shortened(visible(text), SENTENCE_LENGTH).replaceAll('](', ']\u2060(');
}

/** For the prompt of an input box and what it says of the text in it: they draw icons and make links, both. */
export function forPrompt(text: string): string {
  return withoutIcons(forMessage(text));
}

/**
 * JSON as a document. Strings keep every character that can be seen; the others are spelled as JSON's own escapes,
 * so that what is read, and what is copied out of it, is the same JSON.
 */
export function forDocument(json: unknown): string {
  const text = JSON.stringify(json ?? null, undefined, 2);
  // The line breaks are those of the layout: in a string they are escaped already.
  return text.replace(unseen(), (sign, emoji?: string) => emoji ?? (sign === '\n' ? sign : Array.from({ length: sign.length }, (_, at) => escaped(sign.charCodeAt(at))).join('')));
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** No field of the service is as long; what is longer was made to be. */
const PAGE_LENGTH = 2_000;

/** For a details page, where a text may take the room that it needs. */
export function forPage(text: string): string {
  return text.length <= PAGE_LENGTH && PLAIN.test(text) ? text : shortened(visible(text), PAGE_LENGTH);
}

/** The name of a document, which is the last part of its path: nothing in it divides a path. */
export function forTitle(text: string): string {
  return forLabel(text).replace(/[\\/]/g, '∕');
}

/** For the log, a tooltip and a screen reader: one line, everything visible. */
export function forLog(text: string): string {
  return shortened(visible(text), SENTENCE_LENGTH);
}

/** More of a stack than this tells nothing more. */
const MOST_LINES = 40;

/** A text of several lines for the log, such as a stack: the later ones are set in, so that none passes for an entry of its own. */
export function linesForLog(text: string): string {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/, MOST_LINES);
  return lines.map((line) => forLog(line.trim())).join('\n    ');
}
