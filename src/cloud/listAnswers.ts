import type { Page } from '../app/ports/ecs.js';
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

export function page<T>(operation: string, answer: Result<EcsAnswer>, [envelope, name]: ListName, translate: (item: Fields) => T | undefined): Result<Page<T>> {
  if (!answer.ok) return answer;
  const { body } = answer.value;
  if (!hasList(answer.value, [envelope, name])) return oddAnswer(operation, answer.value);
  const items = body.list(envelope, name).map(translate).filter((item) => item !== undefined);
  if (isUnreadable(body, [envelope, name], items)) return oddAnswer(operation, answer.value);
  const token = body.text('NextToken') ?? '';
  return success(token === '' ? { items } : { items, nextToken: token });
}
