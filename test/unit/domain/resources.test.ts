import { describe, expect, it } from 'vitest';
import { clientFailure, failed, isCancelled, success } from '../../../src/domain/failure.js';
import { displayName, isAdvanced } from '../../../src/domain/resources.js';
import { securityGroup, without } from '../support/builders.js';

describe('the name of a resource', () => {
  it('is its id where it has none', () => {
    expect([displayName({ id: 'i-1', name: 'web' }), displayName({ id: 'i-1' }), displayName({ id: 'i-1', name: '' }), displayName({ id: 'i-1', name: ' \t' })]).toEqual(['web', 'i-1', 'i-1', 'i-1']);
  });
});

describe('an advanced group', () => {
  it('is known only from the two types that exist', () => {
    expect([...['enterprise', 'normal', 'newer', 'Enterprise'].map((type) => isAdvanced(securityGroup({ type }))), isAdvanced(without(securityGroup(), 'type'))]).toEqual([true, false, undefined, undefined, undefined]);
  });
});

describe('failures of this side', () => {
  it('have reached nobody unless said otherwise, and keep their code', () => {
    expect([clientFailure('Client.Dns'), clientFailure('Client.Timeout', { operation: 'JoinSecurityGroup', reached: 'maybe' })]).toEqual([
      { code: 'Client.Dns', operation: '', reached: 'no' },
      { code: 'Client.Timeout', operation: 'JoinSecurityGroup', reached: 'maybe' },
    ]);
  });

  it('tell cancelling from every other', () => {
    expect([isCancelled(clientFailure('Client.Cancelled')), isCancelled(clientFailure('Client.Timeout'))]).toEqual([true, false]);
  });

  it('travel as values', () => {
    const failure = clientFailure('Client.Dns');
    expect([success(1), failed(failure)]).toEqual([{ ok: true, value: 1 }, { ok: false, failure }]);
  });
});
