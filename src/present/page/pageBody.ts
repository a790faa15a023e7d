import type { Note, Section } from './page.js';

/** What is on a page of which at least the resource itself was read. */
export interface PageBody {
  readonly notes: readonly Note[];
  readonly sections: readonly Section[];
  /** What stands behind the rows of tables, by the table's id, for an export. */
  readonly records: ReadonlyMap<string, readonly object[]>;
}
