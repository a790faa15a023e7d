import { idIn, kindOfId } from './ids.js';
import { parseIp, type IpAddress } from './ipAddress.js';
import type { TagCondition } from './listFilter.js';
import type { ResourceKind } from './resources.js';

/** What a person looks for, as the text in the box tells it. */
export type Search =
  /** `regionId` where the text, a console address for example, names the region too. A hint only. */
  | { readonly by: 'id'; readonly kind: ResourceKind; readonly id: string; readonly regionId?: string }
  | { readonly by: 'address'; readonly address: IpAddress }
  | { readonly by: 'tag'; readonly tag: TagCondition }
  /** As typed; `pattern` where the person put `*` into it. */
  | { readonly by: 'name'; readonly name: string; readonly pattern: boolean };

export type SearchProblem =
  | 'empty'
  /** Longer than any name, tag key or tag value. */
  | 'tooLong'
  /** Control characters, such as the end of a line: no name has one. */
  | 'characters'
  /** A tag without a key. */
  | 'noTagKey'
  /** Nothing but `*`: that is no search but the whole list. */
  | 'everything';

export type ParsedSearch = { readonly ok: true; readonly search: Search } | { readonly ok: false; readonly problem: SearchProblem };

/** Names of all three kinds, tag keys and tag values have at most so many characters (pages of Create… and TagResources). */
const LONGEST = 128;

const KINDS: readonly ResourceKind[] = ['instance', 'networkInterface', 'securityGroup'];

/**
 * Understands what was typed or pasted: an id, by itself or inside any text; else an address; else `key=value` (or
 * `key=` for any value); else a name. An id without a prefix may be any word, and so is taken for a name.
 */
export function parseSearch(text: string): ParsedSearch {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  const id = idSearch(typed);
  if (id !== undefined) return { ok: true, search: id };
  const address = parseIp(typed);
  if (address !== undefined) return { ok: true, search: { by: 'address', address } };
  // A web address has its "=" too, but no tag key may contain "://" (page of TagResources).
  return typed.includes('=') && !typed.includes('://') ? tagSearch(typed) : nameSearch(typed);
}

function idSearch(text: string): Search | undefined {
  const id = idIn(text, KINDS);
  const kind = id === undefined || !isLikely(id) ? undefined : kindOfId(id);
  if (id === undefined || kind === undefined) return undefined;
  const regionId = /[?&/]region(?:Id=|\/)([a-z0-9-]{1,64})(?![a-z0-9-])/i.exec(text.slice(0, 5000))?.[1];
  return { by: 'id', kind, id, ...(regionId === undefined ? {} : { regionId }) };
}

/** `sg-web` is how people call a group. The service's ids are longer, and one without a digit has not been seen. */
function isLikely(id: string): boolean {
  const rest = id.slice(id.indexOf('-') + 1);
  return rest.length >= 8 && /[0-9]/.test(rest);
}

function tagSearch(text: string): ParsedSearch {
  const at = text.indexOf('=');
  const [key, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (key === '') return { ok: false, problem: 'noTagKey' };
  const problem = textProblem(key) ?? textProblem(value);
  if (problem !== undefined) return { ok: false, problem };
  return { ok: true, search: { by: 'tag', tag: value === '' ? { key } : { key, value } } };
}

function nameSearch(name: string): ParsedSearch {
  const problem = textProblem(name) ?? (/^\*+$/.test(name) ? 'everything' : undefined);
  return problem === undefined ? { ok: true, search: { by: 'name', name, pattern: name.includes('*') } } : { ok: false, problem };
}

function textProblem(text: string): SearchProblem | undefined {
  // Counted as people count, not in the halves of which JavaScript makes an emoji.
  if (Array.from(text.slice(0, 3 * LONGEST)).length > LONGEST) return 'tooLong';
  return /\p{Cc}/u.test(text) ? 'characters' : undefined;
}
