import { clientFailure, type Failure, type Result } from '../domain/failure.js';

/** How the reading of a list ended: `cut` when there were more pages than were to be followed. */
export type PagesEnd = { readonly end: 'all' } | { readonly end: 'cut' } | { readonly end: 'failed'; readonly failure: Failure };

interface Following<P> {
  readonly read: (nextToken: string | undefined) => Promise<Result<P>>;
  /** So many pages and no more, whatever the service has to say. */
  readonly most: number;
  /** Told of each page as it comes; false when nobody wants more. */
  readonly onPage: (page: P) => boolean;
}

/** Reads a list page by page. A token that was there before would go round for ever: that is a failure, since what lies behind stays unknown. */
export async function followPages<P extends { readonly nextToken?: string }>({ read, most, onPage }: Following<P>): Promise<PagesEnd> {
  const tokens = new Set<string>();
  let nextToken: string | undefined;
  for (let pages = 0; pages < most; pages += 1) {
    const page = await read(nextToken);
    if (!page.ok) return { end: 'failed', failure: page.failure };
    const wanted = onPage(page.value);
    nextToken = page.value.nextToken;
    if (nextToken === undefined) return { end: 'all' };
    if (!wanted) return { end: 'cut' };
    if (tokens.has(nextToken)) return { end: 'failed', failure: clientFailure('Client.OddAnswer', { reached: 'yes', detail: 'The service repeated a page token.' }) };
    tokens.add(nextToken);
  }
  return { end: 'cut' };
}
