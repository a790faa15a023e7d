import { describe, expect, it } from 'vitest';
import { Membership } from '../../../src/sandbox/membership.js';

describe('a membership', () => {
  it('shows a write only from its time on, while the service knows it at once', () => {
    const membership = new Membership(['sg-a']);
    membership.replace(['sg-a', 'sg-b'], 1_000);
    expect(membership.current()).toEqual(['sg-a', 'sg-b']);
    expect(membership.shown(999)).toEqual(['sg-a']);
    expect(membership.shown(1_000)).toEqual(['sg-a', 'sg-b']);
  });

  it('shows several writes one after the other', () => {
    const membership = new Membership(['sg-a']);
    membership.replace(['sg-a', 'sg-b'], 10);
    membership.replace(['sg-b'], 20);
    expect([5, 15, 25].map((now) => membership.shown(now))).toEqual([['sg-a'], ['sg-a', 'sg-b'], ['sg-b']]);
  });

  it('shows the latest of the writes that are due together', () => {
    const membership = new Membership(['sg-a']);
    membership.replace(['sg-b'], 10);
    membership.replace(['sg-c'], 20);
    expect(membership.shown(100)).toEqual(['sg-c']);
  });

  it('gives the same array as long as nothing changed', () => {
    const membership = new Membership(['sg-a']);
    membership.replace(['sg-b'], 10);
    expect(membership.shown(11)).toBe(membership.shown(12));
  });

  it('lets a visible change overtake what is still on its way', () => {
    const membership = new Membership(['sg-a']);
    membership.replace(['sg-b'], 10);
    membership.replaceVisibly(['sg-c']);
    expect([membership.shown(0), membership.shown(100)]).toEqual([['sg-c'], ['sg-c']]);
  });

  it('keeps a bounded number of unread writes and never loses the last', () => {
    const membership = new Membership([]);
    for (let index = 1; index <= 5_000; index += 1) membership.replace([`sg-${index}`], index);
    expect(membership.shown(3_000)).toEqual([]);
    expect(membership.shown(5_000)).toEqual(['sg-5000']);
  });
});
