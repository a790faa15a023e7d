import type { Language } from '../../domain/text.js';

/**
 * A page as data: what stands on it, in words that are ready to be shown, and nothing about how. The shell makes the
 * first picture of it, which reads without scripts; the browser keeps it up to date. All texts may hold hostile
 * characters made visible (`visible`), and none of them is ever anything but text.
 */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** What the title is of, such as `Instance · cn-hangzhou`. */
  readonly kind: string;
  /** Wall clock of the facts, in milliseconds; undefined where nothing was read. */
  readonly readAt?: number;
  /** Above everything: what went wrong, what is under way, what is loud. */
  readonly notes: readonly Note[];
  readonly actions: readonly Action[];
  readonly sections: readonly Section[];
}

export type Tone = 'plain' | 'muted' | 'good' | 'warning' | 'danger';

/** Names what the page's owner does when it is chosen; only the owner knows what that is. */
export type LinkKey = string;

export interface Action {
  readonly text: string;
  readonly link: LinkKey;
  /** At most one to a group is the first choice. */
  readonly primary?: true;
  /** Changes nothing: drawn as a link, below the buttons. */
  readonly quiet?: true;
}

/** A few words somewhere in a page. */
export interface Words {
  readonly text: string;
  readonly tone?: Tone;
  readonly link?: LinkKey;
  /** Drawn as a badge: a state, a kind. */
  readonly badge?: true;
  /** In the font of code: ids, addresses, ports. */
  readonly code?: true;
}

export interface Note {
  readonly tone: Tone;
  readonly text: string;
  /** Below the text, such as the service's own message with code and RequestId. */
  readonly lines?: readonly string[];
  readonly actions?: readonly Action[];
}

export interface Section {
  /** Stays the same from one making to the next, and is unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly block: 'text'; readonly words: readonly Words[] }
  | { readonly block: 'note'; readonly note: Note }
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'facts'; readonly facts: readonly Fact[] }
  | { readonly block: 'list'; readonly items: readonly (readonly Words[])[] }
  | { readonly block: 'actions'; readonly actions: readonly Action[] }
  | Table
  | Picture;

/** A line of a description list. */
export interface Fact {
  readonly name: string;
  readonly values: readonly Words[];
}

export interface Table {
  readonly block: 'table';
  /** Unique in the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Instead of rows. */
  readonly empty: string;
  /** Whether there is a box to search in, and choices for the columns that can be filtered. */
  readonly searchable: boolean;
  /** Such as the ways to export it; given the rows that are shown. */
  readonly actions: readonly Action[];
}

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly sort?: 'text' | 'number';
  /** Offers the different texts of the column to choose from. */
  readonly filter?: true;
}

export interface Row {
  /** Position in the table as it was made. */
  readonly index: number;
  /** One for each column. */
  readonly cells: readonly Cell[];
  readonly tone?: Tone;
}

export interface Cell {
  readonly words: readonly Words[];
  /** By which a column of numbers is sorted; undefined comes last. */
  readonly value?: number;
}

/** A drawing with the same told in words. Its layout is made from the nodes: who, what they are in, and what is open to them. */
export interface Picture {
  readonly block: 'picture';
  readonly id: string;
  readonly title: string;
  /** The same in sentences, one for each thing that the drawing shows. */
  readonly sentences: readonly string[];
  readonly columns: readonly PictureColumn[];
  readonly lines: readonly PictureLine[];
}

/** From left to right: who is outside, the rules' groups, the interfaces. */
export interface PictureColumn {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
}

export interface PictureNode {
  /** Unique in the picture. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly tone: Tone;
  /** How it stands to the change that is looked at. */
  readonly change?: 'comes' | 'goes';
}

export interface PictureLine {
  readonly from: string;
  readonly to: string;
  /** What it lets through, piece by piece; at most so many that a line has no room for more. */
  readonly labels?: readonly string[];
  /** How many pieces are not named. */
  readonly more?: number;
  readonly tone: Tone;
  readonly change?: 'comes' | 'goes';
}
