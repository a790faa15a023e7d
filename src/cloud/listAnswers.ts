import type { Page, ResourceCount } from '../app/ports/ecs.js';
import { clientFailure, failed, success, type Result } from '../domain/failure.js';
import type { EcsAnswer } from './answer.js';
import type { Fields } from './fields.js';

export type ListName = readonly [envelope: string, name: string];

/** Whether the answer has a list where it belongs, be it empty: anything else must not pass for an empty one (law 2). */
export function hasList({ body }: EcsAnswer, [envelope, name]: ListName): boolean {
  return body.child(envelope) !== undefined && body.texts(envelope, name) !== undefined;
}

/** Entries of which none can be known by an id are no empty list either. */
export function isUnreadable(body: Fields, [envelope, name]: ListName, items: readonly unknown[]): boolean {
  return items.length === 0 && body.size(envelope, name) > 0;
}

export function oddAnswer(operation: string, { requestId, httpStatus }: EcsAnswer, reached: 'maybe' | 'yes' = 'yes'): Result<never> {
  return failed(clientFailure('Client.OddAnswer', { operation, reached, httpStatus, ...(requestId === '' ? {} : { requestId }), detail: 'The answer is JSON without what the operation answers.' }));
}

/**
 * How many there are by the total, where that agrees with what is listed; else at least what is listed.
 * @param numbered items of a page asked for by its number: such a page has no token, and when it is full there may be more
 */
export function countOf(body: Fields, list: ListName, numbered: number | undefined): ResourceCount {
  const listed = body.size(...list);
  const total = body.number('TotalCount');
  // A first page is empty only where there is nothing at all.
  const agrees = Number.isSafeInteger(total) && (listed === 0 ? total === 0 : (total ?? 0) >= listed);
  if (total !== undefined && agrees) return { count: total };
  const more = numbered === undefined ? (body.text('NextToken') ?? '') !== '' : listed >= numbered;
  return more || (listed === 0 && total !== undefined) ? { count: listed, atLeast: true } : { count: listed };
}

export function page<T>({ operation, list }: { readonly operation: string; readonly list: ListName }, answer: Result<EcsAnswer>, translate: (item: Fields) => T | undefined): Result<Page<T>> {
  if (!answer.ok) return answer;
  const { body } = answer.value;
  if (!hasList(answer.value, list)) return oddAnswer(operation, answer.value);
  const items = body.list(...list).map(translate).filter((item) => item !== undefined);
  if (isUnreadable(body, list, items)) return oddAnswer(operation, answer.value);
  const token = body.text('NextToken') ?? '';
  const unreadable = body.size(...list) - items.length;
  return success({ items, ...(token === '' ? {} : { nextToken: token }), ...(unreadable === 0 ? {} : { unreadable }) });
}

/** All entries of a list that comes whole; one that can't be read fails it, where those who read on would take a shorter list for the truth. */
export function every<T>({ operation, list }: { readonly operation: string; readonly list: ListName }, answer: Result<EcsAnswer>, translate: (item: Fields) => T | undefined): Result<readonly T[]> {
  if (!answer.ok) return answer;
  const { body } = answer.value;
  if (!hasList(answer.value, list)) return oddAnswer(operation, answer.value);
  const items = body.list(...list).map(translate).filter((item) => item !== undefined);
  return items.length < body.size(...list) ? oddAnswer(operation, answer.value) : success(items);
}
