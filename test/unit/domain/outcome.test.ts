import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gravest, isGood, OUTCOMES } from '../../../src/domain/outcome.js';

describe('the outcome of the whole', () => {
  it('is the gravest of its targets: unknown before refused before not sent before accepted before done', () => {
    expect([
      gravest(['joined', 'unknown', 'refused', 'notSent']),
      gravest(['refused', 'notSent', 'joined']),
      gravest(['notSent', 'accepted', 'joined']),
      gravest(['accepted', 'alreadyMember']),
      gravest(['alreadyMember', 'joined']),
      gravest(['joined', 'joined']),
      gravest(['left']),
    ]).toEqual(['unknown', 'refused', 'notSent', 'accepted', 'alreadyMember', 'joined', 'left']);
  });

  it('is not sent where there was no target', () => {
    expect(gravest([])).toBe('notSent');
  });

  it('is one of the targets’ own, in any order, and none is graver', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1 }), (outcomes) => {
        const worst = gravest(outcomes);
        expect(outcomes).toContain(worst);
        expect(gravest(outcomes.toReversed())).toBe(worst);
        expect(Math.max(...outcomes.map((outcome) => OUTCOMES.indexOf(outcome)))).toBe(OUTCOMES.indexOf(worst));
      }),
    );
  });
});

describe('a good outcome', () => {
  it('is any but refused, not sent and unknown', () => {
    expect(OUTCOMES.filter((outcome) => !isGood(outcome))).toEqual(['notSent', 'refused', 'unknown']);
  });
});
