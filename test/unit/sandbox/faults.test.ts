import { describe, expect, it } from 'vitest';
import { Faults, type Fault, type FaultedRequest } from '../../../src/sandbox/faults.js';
import { Params } from '../../../src/sandbox/params.js';

type About = Partial<Pick<Fault, 'matcher' | 'nth' | 'times' | 'probability'>> & { readonly when?: 'before' | 'afterWrite' };
const fault = ({ when = 'before', ...about }: About = {}, code = 'Throttling'): Fault => ({
  matcher: {}, when, nth: 1, times: 1, effect: { kind: 'error', error: { code, status: 400, message: '' } }, ...about,
});
const request = (action: string, values: Record<string, string> = {}): FaultedRequest => ({
  action, regionId: values['RegionId'], params: new Params(Object.entries(values)),
});
const JOIN = request('JoinSecurityGroup', { RegionId: 'cn-hangzhou', InstanceId: 'i-1', SecurityGroupId: 'sg-1' });

function codes(faults: Faults, requests: readonly FaultedRequest[], when: 'before' | 'afterWrite' = 'before'): string[] {
  return requests.map((one) => {
    const effect = faults.take(one, when);
    return effect?.kind === 'error' ? effect.error.code : '';
  });
}

describe('faults', () => {
  it('hit the next matching request, once', () => {
    const faults = new Faults();
    faults.add(fault());
    expect(codes(faults, [JOIN, JOIN])).toEqual(['Throttling', '']);
    expect(faults.size).toBe(0);
  });

  it('hit from the nth matching request on, as often as told', () => {
    const faults = new Faults();
    faults.add(fault({ nth: 2, times: 2 }));
    expect(codes(faults, [JOIN, JOIN, JOIN, JOIN])).toEqual(['', 'Throttling', 'Throttling', '']);
  });

  it.each([
    ['the action', { action: 'JoinSecurityGroup' }, { action: 'LeaveSecurityGroup' }],
    ['the region', { region: 'cn-hangzhou' }, { region: 'cn-beijing' }],
    ['a resource', { resource: 'sg-1' }, { resource: 'sg-2' }],
  ])('match by %s', (_what, matching, other) => {
    const faults = new Faults();
    faults.add(fault({ matcher: matching }, 'hit'));
    faults.add(fault({ matcher: other }, 'miss'));
    expect(codes(faults, [JOIN, JOIN])).toEqual(['hit', '']);
  });

  it('find a resource inside a JSON list', () => {
    const faults = new Faults();
    faults.add(fault({ matcher: { resource: 'i-2' } }));
    expect(codes(faults, [request('DescribeInstances', { InstanceIds: '["i-22"]' }), request('DescribeInstances', { InstanceIds: '["i-1","i-2"]' })])).toEqual(['', 'Throttling']);
  });

  it('wait for their moment', () => {
    const faults = new Faults();
    faults.add(fault({ when: 'afterWrite' }));
    expect([codes(faults, [JOIN]), codes(faults, [JOIN], 'afterWrite')]).toEqual([[''], ['Throttling']]);
  });

  it('come in the order in which they were added', () => {
    const faults = new Faults();
    faults.add(fault({}, 'first'));
    faults.add(fault({}, 'second'));
    expect(codes(faults, [JOIN, JOIN, JOIN])).toEqual(['first', 'second', '']);
  });

  it('are refused when there are a thousand', () => {
    const faults = new Faults();
    for (let index = 0; index < 1_000; index += 1) faults.add(fault());
    expect(faults.add(fault())).toBe(false);
    faults.clear();
    expect(faults.add(fault())).toBe(true);
  });
});
