import { apiError, type ApiError } from './apiError.js';
import type { Call } from './call.js';
import type { Keep } from './filters.js';
import { pageSize, stepBack, takePage, type PageBounds } from './paging.js';
import type { Shelf } from './worldState.js';

/** How one list is paged. */
export interface ListingRules {
  readonly action: string;
  readonly regionId: string;
  readonly bounds: PageBounds;
  /** Bounds of PageSize, where page numbers still work. */
  readonly numbered?: PageBounds;
  /** Whether TotalCount and its like are there when a token or MaxResults is used. */
  readonly totalsWithTokens: boolean;
  readonly badToken: ApiError;
}

export interface Listing<T> {
  readonly items: readonly T[];
  /** NextToken and, where they belong, TotalCount, PageNumber and PageSize. */
  readonly head: Readonly<Record<string, string | number>>;
}

/** Source: error tables of ECS operations with the same parameter; the lists themselves document none. [inferred] */
const BAD_MAX_RESULTS = apiError(400, 'InvalidParameter.MaxResults', 'The specified parameter MaxResults is not valid.');
const BAD_PAGE = apiError(400, 'InvalidParameter', 'The specified parameter PageNumber or PageSize is not valid.');

/**
 * One page of a list. With MaxResults or NextToken the page parameters are ignored (DescribeInstances, usage
 * notes); with neither, a first page comes with totals and a token to go on.
 */
export function list<T extends { readonly id: string }>(call: Call, shelf: Shelf<T>, rules: ListingRules, keep: Keep<T>): Listing<T> | ApiError {
  const { params } = call;
  const asked = params.text('MaxResults');
  const token = params.text('NextToken');
  if (asked === undefined && token === undefined && rules.numbered !== undefined) {
    const number = params.text('PageNumber');
    const size = params.text('PageSize');
    if (number !== undefined || size !== undefined) return numberedPage(shelf, { number, size, bounds: rules.numbered }, keep);
  }
  const size = pageSize(asked, rules.bounds);
  if (size === undefined) return BAD_MAX_RESULTS;
  const after = token === undefined ? 0 : positionAfter(call, shelf, rules, token);
  if (after === undefined) return rules.badToken;
  const from = call.repeatedItems === undefined ? after : stepBack(shelf, after, call.repeatedItems, keep);
  const page = takePage(shelf, from, size, keep);
  const last = page.more ? page.items.at(-1) : undefined;
  const next = last === undefined ? '' : call.tokens.issue(`${rules.action}/${rules.regionId}`, last.id);
  return { items: page.items, head: { NextToken: next, ...totals(asked ?? token, size, rules, () => shelf.items.filter(keep).length) } };
}

/** With a token "the TotalCount response parameter is invalid" (DescribeInstances): zero, lest anybody counts on it. */
function totals(paged: string | undefined, size: number, rules: ListingRules, count: () => number): Record<string, number> {
  if (paged === undefined) return { TotalCount: count(), PageNumber: 1, PageSize: size };
  return rules.totalsWithTokens ? { TotalCount: 0, PageNumber: 1, PageSize: size } : {};
}

function positionAfter<T extends { readonly id: string }>(call: Call, shelf: Shelf<T>, rules: ListingRules, token: string): number | undefined {
  const lastId = call.tokens.open(`${rules.action}/${rules.regionId}`, token);
  const position = lastId === undefined ? undefined : shelf.position(lastId);
  return position === undefined ? undefined : position + 1;
}

interface Numbered {
  readonly number: string | undefined;
  readonly size: string | undefined;
  readonly bounds: PageBounds;
}

function numberedPage<T extends { readonly id: string }>(shelf: Shelf<T>, asked: Numbered, keep: Keep<T>): Listing<T> | ApiError {
  const size = pageSize(asked.size, asked.bounds);
  const number = asked.number ?? '1';
  if (size === undefined || !/^[1-9]\d{0,6}$/.test(number)) return BAD_PAGE;
  const kept = shelf.items.filter(keep);
  const start = (Number(number) - 1) * size;
  return {
    items: kept.slice(start, start + size),
    head: { NextToken: '', TotalCount: kept.length, PageNumber: Number(number), PageSize: size },
  };
}
