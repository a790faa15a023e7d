import type { ResourceKind } from '../../domain/resources.js';
import type { LinkKey, Page } from './page.js';

/** What a page's link does. Only the shell acts on it; the page itself knows the key and no more. */
export type PageAct =
  | { readonly act: 'open' | 'reveal' | 'json' | 'console' | 'copyId'; readonly kind: ResourceKind; readonly id: string; readonly regionId: string }
  /** Runs the command of that name, which asks for what is missing and confirms. */
  | { readonly act: 'join' | 'leave' | 'replace'; readonly kind: ResourceKind; readonly id: string; readonly regionId: string; readonly groupIds?: readonly string[] }
  /** Shows what a change would do, here in the page; nothing is sent. The groups are asked for where they are missing. */
  | { readonly act: 'compareJoin' | 'compareLeave' | 'compareReplace'; readonly groupIds?: readonly string[] }
  | { readonly act: 'compareNothing' }
  | { readonly act: 'export'; readonly table: string; readonly as: 'csv' | 'json' }
  | { readonly act: 'refresh' | 'showOutput' | 'switchAccount' | 'signIn' };

/** A page, and what its links do. */
export interface LinkedPage {
  readonly page: Page;
  readonly links: ReadonlyMap<LinkKey, PageAct>;
  /** What stands behind the rows of a table, by the table's id and the row's `index`: what an export as JSON writes. */
  readonly records?: ReadonlyMap<string, readonly object[]>;
}
