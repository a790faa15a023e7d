import type { PrefixLists } from '../../domain/details.js';
import type { Language, Text } from '../../domain/text.js';
import { named, type GroupNames } from '../planText.js';
import type { LinkBook } from './linkBook.js';
import type { Words } from './page.js';
import type { PageOptions } from './pageOptions.js';
import { code, linked } from './parts.js';

/** What every section of a page is made with. */
export interface PageContext {
  readonly options: PageOptions;
  readonly language: Language;
  readonly regionId: string;
  readonly book: LinkBook;
  /** Names of groups by id, as far as they are known. */
  readonly names: GroupNames;
  readonly prefixLists: PrefixLists;
}

/** A group by its name, which opens its page, and its id. */
export function groupWords({ book, names, regionId }: PageContext, id: string): readonly Words[] {
  const name = names.get(id);
  const link = book.keyOf({ act: 'open', kind: 'securityGroup', id, regionId });
  return name === undefined || named(id, name) === id ? [code(id, { link })] : [linked(name, link), code(id, { tone: 'muted' })];
}

/** Who is in the group that stands beside it. */
export const MEMBERS: Text = { en: 'members of the group', zh: '该安全组的成员' };

/** A group in a sentence: its name and its id; what is no group's id stays as it is. */
export function groupName({ names }: PageContext, id: string): string {
  return named(id, names.get(id));
}
