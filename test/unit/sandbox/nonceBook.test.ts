import { describe, expect, it } from 'vitest';
import { NonceBook } from '../../../src/sandbox/nonceBook.js';

const MINUTE = 60_000;

describe('the nonce book', () => {
  it('takes a nonce once', () => {
    const book = new NonceBook();
    expect([book.use('a', 0), book.use('a', 1), book.use('b', 2)]).toEqual([true, false, true]);
  });

  it('remembers a nonce as long as its date could still be accepted', () => {
    const book = new NonceBook();
    book.use('a', 0);
    expect([book.use('a', 29 * MINUTE), book.use('a', 30 * MINUTE)]).toEqual([false, true]);
  });

  it('holds a bounded number and forgets the oldest first', () => {
    const book = new NonceBook(3);
    for (const nonce of ['a', 'b', 'c', 'd']) book.use(nonce, 0);
    expect(book.size).toBe(3);
    expect([book.use('d', 0), book.use('a', 0)]).toEqual([false, true]);
  });
});
