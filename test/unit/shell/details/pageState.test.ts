import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageKey, readState, writtenState, type PageState } from '../../../../src/shell/details/pageState.js';

const STATE: PageState = { account: 'sandbox', kind: 'instance', regionId: 'cn-hangzhou', id: 'i-1', name: '支付 "1"', comparison: { kind: 'join', groupIds: ['sg-1', 'sg-2'] } };

describe('what the editor keeps of a page', () => {
  it.each([STATE, { ...STATE, name: undefined, comparison: undefined }])('is read as it was written', (state) => {
    expect(readState({ restore: writtenState(state), view: {} })).toEqual(JSON.parse(JSON.stringify(state)));
  });

  it('has no name that is too long to be read again', () => {
    expect(readState({ restore: writtenState({ ...STATE, name: 'x'.repeat(5_000) }) })?.name?.length).toBe(1_000);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text by itself', writtenState(STATE)],
    ['no text', { restore: 7 }],
    ['no JSON', { restore: '{' }],
    ['another shape', { restore: '[]' }],
    ['another kind', { restore: JSON.stringify({ ...STATE, kind: 'disk' }) }],
    ['no account', { restore: JSON.stringify({ ...STATE, account: '' }) }],
    ['an id without end', { restore: JSON.stringify({ ...STATE, id: 'i'.repeat(1_001) }) }],
    ['an object that was not written', { restore: STATE }],
    ['groups without end', { restore: JSON.stringify({ ...STATE, comparison: { kind: 'join', groupIds: Array.from({ length: 101 }, () => 'sg-1') } }) }],
  ])('is no state: %s', (_what, kept) => {
    expect(readState(kept)).toBeUndefined();
  });

  it('never breaks whoever reads it', () => {
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.record({ restore: fc.oneof(fc.json(), fc.string()) })), (kept) => {
      const state = readState(kept);
      expect(state === undefined || typeof state.account === 'string').toBe(true);
    }));
  });
});

describe('the key of a page', () => {
  it('tells accounts, kinds and regions apart, and no comparison', () => {
    const others = [{ ...STATE, account: 'env' }, { ...STATE, kind: 'networkInterface' as const }, { ...STATE, regionId: 'cn-beijing' }, { ...STATE, id: 'i-2' }];
    expect(new Set([STATE, ...others].map(pageKey)).size).toBe(5);
    expect(pageKey({ ...STATE, name: 'b', comparison: undefined })).toBe(pageKey(STATE));
  });
});
