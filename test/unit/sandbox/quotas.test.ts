import { describe, expect, it } from 'vitest';
import { Quotas, type OverQuota, type Spending } from '../../../src/sandbox/quotas.js';

const JOIN: Spending = { accountId: '1', region: 'cn-hangzhou', action: 'JoinSecurityGroup' };
const QUOTA = { perWindow: 2, windowMs: 1_000, retryAfter: true };
/** The beginning of a window. */
const NOON = 1_800_000_000_000;

function withQuota(quota: Partial<typeof QUOTA> = {}): Quotas {
  const quotas = new Quotas();
  quotas.set(JOIN.action, { ...QUOTA, ...quota });
  return quotas;
}

const spendAt = (quotas: Quotas, times: readonly number[], spending = JOIN): (OverQuota | undefined)[] => times.map((time) => quotas.spend(spending, NOON + time));

describe('a quota', () => {
  it('lets so many requests through in a window, and refuses the next', () => {
    expect(spendAt(withQuota(), [0, 1, 2])).toEqual([undefined, undefined, { retryAfterMs: 998 }]);
  });

  it('begins anew with every window, whenever its first request came', () => {
    expect(spendAt(withQuota(), [998, 999, 999, 1_000, 1_001, 1_999])).toEqual([undefined, undefined, { retryAfterMs: 1 }, undefined, undefined, { retryAfterMs: 1 }]);
  });

  it('tells the time until exactly the next window', () => {
    const quotas = withQuota({ perWindow: 0 });
    expect(spendAt(quotas, [0, 250, 999, 1_000])).toEqual([{ retryAfterMs: 1_000 }, { retryAfterMs: 750 }, { retryAfterMs: 1 }, { retryAfterMs: 1_000 }]);
  });

  it('carries nothing over from windows that were missed', () => {
    expect(spendAt(withQuota(), [0, 5_000, 5_001, 5_002])).toEqual([undefined, undefined, undefined, { retryAfterMs: 998 }]);
  });

  it('counts what it refuses', () => {
    const quotas = withQuota({ perWindow: 1 });
    spendAt(quotas, [0, 0, 0]);
    expect(spendAt(quotas, [0, 1_000, 1_000])).toEqual([{ retryAfterMs: 1_000 }, undefined, { retryAfterMs: 1_000 }]);
  });

  it('does not tell when to come back if it is not to', () => {
    expect(spendAt(withQuota({ retryAfter: false }), [0, 0, 0])).toEqual([undefined, undefined, {}]);
  });

  it.each<[string, Partial<Spending>]>([
    ['region', { region: 'cn-beijing' }],
    ['account', { accountId: '2' }],
  ])('is counted for each %s by itself', (_what, other) => {
    const quotas = withQuota();
    spendAt(quotas, [0, 0, 0]);
    expect([...spendAt(quotas, [0, 0, 0], { ...JOIN, ...other }), ...spendAt(quotas, [0])]).toEqual([undefined, undefined, { retryAfterMs: 1_000 }, { retryAfterMs: 1_000 }]);
  });

  it('is that of one operation, also where another name begins like it', () => {
    const quotas = withQuota({ perWindow: 0 });
    expect(spendAt(quotas, [0], { ...JOIN, action: 'JoinSecurityGroups' })).toEqual([undefined]);
  });

  it('that is set anew begins to count anew, and leaves the others alone', () => {
    const quotas = withQuota({ perWindow: 1 });
    quotas.set('LeaveSecurityGroup', { ...QUOTA, perWindow: 1 });
    spendAt(quotas, [0]);
    spendAt(quotas, [0], { ...JOIN, action: 'LeaveSecurityGroup' });
    quotas.set(JOIN.action, { ...QUOTA, perWindow: 1 });
    expect([...spendAt(quotas, [0, 0]), ...spendAt(quotas, [0], { ...JOIN, action: 'LeaveSecurityGroup' })]).toEqual([undefined, { retryAfterMs: 1_000 }, { retryAfterMs: 1_000 }]);
  });

  it('can be taken away, one or all', () => {
    const quotas = withQuota({ perWindow: 0 });
    quotas.set('LeaveSecurityGroup', { ...QUOTA, perWindow: 0 });
    quotas.set(JOIN.action, undefined);
    const one = spendAt(quotas, [0]);
    const other = spendAt(quotas, [0], { ...JOIN, action: 'LeaveSecurityGroup' });
    quotas.clear();
    expect([one, other, spendAt(quotas, [0], { ...JOIN, action: 'LeaveSecurityGroup' })]).toEqual([[undefined], [{ retryAfterMs: 1_000 }], [undefined]]);
  });
});
