import { forPage } from '../literal.js';
import type { Action, Cell, Fact, LinkKey, Note, Tone, Words } from './page.js';

/** The small parts of a page. Every text of the cloud comes into a page through one of these, and so through `forPage`. */

export function words(text: string, more: Omit<Words, 'text'> = {}): Words {
  return { text: seen(text), ...more };
}

/** What is nothing but blanks can be neither seen nor clicked: it stands as an open box. */
function seen(text: string): string {
  const shown = forPage(text);
  return shown.trim() === '' ? '␣' : shown;
}

export function muted(text: string): Words {
  return words(text, { tone: 'muted' });
}

export function code(text: string, more: Omit<Words, 'text' | 'code'> = {}): Words {
  return words(text, { code: true, ...more });
}

export function badge(text: string, tone: Tone = 'plain'): Words {
  return words(text, { badge: true, tone });
}

export function linked(text: string, link: LinkKey): Words {
  return words(text, { link });
}

export function action(text: string, link: LinkKey, primary = false): Action {
  return { text: forPage(text), link, ...(primary ? { primary: true as const } : {}) };
}

/** One that only looks, and stands behind those that do something. */
export function quietAction(text: string, link: LinkKey): Action {
  return { text: forPage(text), link, quiet: true };
}

export function note(tone: Tone, text: string, more: Omit<Note, 'tone' | 'text'> = {}): Note {
  return { tone, text: forPage(text), ...more, ...(more.lines === undefined ? {} : { lines: more.lines.map(forPage) }) };
}

/** A cell of a table; a column of numbers is sorted by `value`. */
export function cell(parts: readonly Words[], value?: number): Cell {
  return value === undefined ? { words: parts } : { words: parts, value };
}

/** A fact, or none where it has no value. */
export function fact(name: string, ...values: readonly Words[]): readonly Fact[] {
  return values.length === 0 ? [] : [{ name, values }];
}
