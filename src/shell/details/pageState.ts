import * as v from 'valibot';
import type { AccountId } from '../../app/ports/accounts.js';
import { displayName, type ResourceRef } from '../../domain/resources.js';
import { forTitle } from '../../present/literal.js';
import type { Comparison } from '../../present/page/pageOptions.js';

/** What a page is of, and what it is compared with: enough to make it again after a restart. */
export interface PageState extends ResourceRef {
  readonly account: AccountId;
  readonly comparison?: Comparison | undefined;
}

/** An id or a name that is longer than this is none of ours. */
const words = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));

/** More groups than an interface can be in many times over. */
const MOST_GROUPS = 100;

const STATE = v.object({
  account: words,
  kind: v.picklist(['instance', 'networkInterface', 'securityGroup']),
  regionId: words,
  id: words,
  name: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  comparison: v.optional(v.object({ kind: v.picklist(['join', 'leave', 'replace']), groupIds: v.pipe(v.array(words), v.maxLength(MOST_GROUPS), v.readonly()) })),
});

/** No more of a resource than finds it again: what else was known of it goes with its account (law 8). */
export function onlyState({ account, kind, regionId, id, name, comparison }: PageState): PageState {
  return { account, kind, regionId, id, name, comparison };
}

/** No message to a page says more. */
const LONGEST = 10_000;

/** The state as a page keeps it for the editor; it says nothing to the page. Empty where something in it is too long to be ours: such a page is not found again. */
export function writtenState(state: PageState): string {
  const whole = JSON.stringify({ ...onlyState(state), name: state.name?.slice(0, 1_000) });
  return whole.length <= LONGEST ? whole : '';
}

/** What the page gave the editor to keep: what it was told, beside how it was looked at, which is its own affair. */
const KEPT = v.object({ restore: v.string() });

/** What the editor has kept of a page; undefined where it is not such a state, whatever it is. */
export function readState(kept: unknown): PageState | undefined {
  const told = v.safeParse(KEPT, kept);
  const read = told.success ? v.safeParse(STATE, parsed(told.output.restore)) : undefined;
  return read?.success === true ? read.output : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What the page's tab is called. */
export function titleOf({ id, name }: ResourceRef): string {
  return forTitle(displayName(name === undefined ? { id } : { id, name }));
}

/** Two pages of the same resource and account are one. */
export function pageKey({ account, kind, regionId, id }: PageState): string {
  return JSON.stringify([account, kind, regionId, id]);
}
