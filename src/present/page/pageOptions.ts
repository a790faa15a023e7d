import type { ChangeKind } from '../../domain/change.js';
import type { Failure } from '../../domain/failure.js';
import type { Language } from '../../domain/text.js';

/** A change of groups to look at; the groups that it names are among those of the details. */
export interface Comparison {
  /** `replace`: the groups are the whole new list. */
  readonly kind: ChangeKind;
  readonly groupIds: readonly string[];
}

/** How it stands with the reading of what a page tells. */
export type Reading =
  | { readonly reading: 'underWay' }
  | { readonly reading: 'failed'; readonly failure: Failure }
  /** Read, and not listed for this account: it may be released, or hidden (law 12). */
  | { readonly reading: 'gone' }
  /** The account that the page was opened with is not there any more, so that nothing can be read. */
  | { readonly reading: 'accountGone' };

export interface PageOptions {
  readonly language: Language;
  /** The account as the person knows it: hostile text. */
  readonly account: string;
  readonly sandbox: boolean;
  /** No write leaves the editor, so that nothing that writes is offered. */
  readonly readOnly?: boolean;
  /** Wall clock, in milliseconds. */
  readonly now: number;
  readonly comparison?: Comparison | undefined;
  /** What is to be said above facts of before; absent where they are as they were read. */
  readonly reading?: Reading | undefined;
}
