import { describe, expect, it } from 'vitest';
import { clientFailure, failed, isCancelled, success } from '../../../src/domain/failure.js';
import { displayName, isAdvanced, isInTransition, knownByName } from '../../../src/domain/resources.js';
import { instance, networkInterface, securityGroup, without } from '../support/builders.js';

describe('the name of a resource', () => {
  it('is its id where it has none', () => {
    expect([displayName({ id: 'i-1', name: 'web' }), displayName({ id: 'i-1' }), displayName({ id: 'i-1', name: '' }), displayName({ id: 'i-1', name: ' \t' })]).toEqual(['web', 'i-1', 'i-1', 'i-1']);
  });
});

describe('a resource known by its name', () => {
  it('has nothing else, and no name where none is known', () => {
    const ref = { id: 'x-1', regionId: 'a' };
    expect([knownByName({ ...ref, kind: 'instance', name: 'web' }), knownByName({ ...ref, kind: 'networkInterface' }), knownByName({ ...ref, kind: 'securityGroup', name: undefined })]).toEqual([
      { ...ref, kind: 'instance', name: 'web', tags: [], interfaces: [], privateIps: [], publicIps: [], locks: [] },
      { ...ref, kind: 'networkInterface', tags: [], privateIps: [], publicIps: [], ipv6s: [], addressCount: 1 },
      { ...ref, kind: 'securityGroup', tags: [] },
    ]);
    expect(knownByName({ ...ref, kind: 'securityGroup' })).not.toHaveProperty('name');
  });
});

describe('a state that changes by itself', () => {
  it('is one of those on the way, and none that is unknown or new', () => {
    const states = ['Pending', 'Starting', 'Running', 'Stopping', 'Stopped', 'Attaching', 'InUse', 'Detaching', 'Available', 'Creating', 'Deleting', 'Hibernating', 'starting', ''];
    expect([states.filter((status) => isInTransition(instance({ status }))), states.filter((status) => isInTransition(networkInterface({ status })))]).toEqual(
      Array.from({ length: 2 }, () => ['Pending', 'Starting', 'Stopping', 'Attaching', 'Detaching', 'Creating', 'Deleting']),
    );
    expect([isInTransition(without(instance(), 'status')), isInTransition(securityGroup())]).toEqual([false, false]);
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
