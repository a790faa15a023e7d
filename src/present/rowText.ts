import type { Failure } from '../domain/failure.js';
import type { ListFilter } from '../domain/listFilter.js';

/** How a row looks and reads, as data that the shell turns into a tree item. */
export interface NodeText {
  readonly label: string;
  readonly description: string;
  /** Name of a product icon, and of a theme colour where it helps; the state is always in words too. */
  readonly icon: string;
  readonly color?: string;
  readonly expandable: boolean;
  /** For menus: what the row is and can. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** What a row says beside its own data, as it is at the moment when it is looked at. */
export interface Live {
  /** The list that a category shows. */
  readonly list?: {
    readonly loaded: number;
    readonly more: boolean;
    /** Milliseconds since the oldest page was read; absent before that. */
    readonly ageMs?: number | undefined;
    /** How long it waits for the service; zero when it does not. */
    readonly waitingMs: number;
  };
  readonly filter?: ListFilter | undefined;
  readonly pinned?: boolean;
  /** What is known of an account by its connection. */
  readonly account?: {
    /** The account number, once it is known. */
    readonly number?: string | undefined;
    /** The endpoint that is used instead of the regions' own. */
    readonly endpoint?: string | undefined;
    readonly sandbox: boolean;
    /** Why it could not be connected. */
    readonly failure?: Failure | undefined;
  };
  /** What a check of this account's permission to read the list has said. */
  readonly access?: 'allowed' | Failure | undefined;
}

const SEPARATOR = ' · ';

/** The parts that there are, as a description has them. */
export function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(SEPARATOR);
}

export function plain(label: string, iconName: string, more: Partial<NodeText>): NodeText {
  return { label, description: '', icon: iconName, expandable: false, context: '', spoken: joined([label, more.description]), ...more };
}
