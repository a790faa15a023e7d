import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import type { ViewScope } from '../../../src/app/session.js';
import { NEVER } from '../../../src/app/cancelSource.js';
import { clientFailure } from '../../../src/domain/failure.js';
import { TreeState } from '../../../src/shell/treeState.js';
import { instance } from '../support/builders.js';
import { connectionTo } from '../support/connections.js';
import { FakeEcs } from '../support/fakeEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

const ecs = new FakeEcs({ clock: new VirtualClock() });
const scope = (account: string, key: string): ViewScope => ({ account, connection: connectionTo(ecs, key), signal: NEVER });
const list = { category: 'instances', regionId: 'cn-hangzhou' } as const;
const filter = { name: 'web-*' };
const denied = clientFailure('Client.Timeout');

/** A workspace's memory. */
function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, otherwise?: T) => (kept.has(key) ? kept.get(key) : otherwise) as T,
    update: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
}

/** Two accounts that are shown, with a filter and a check each. */
function scene() {
  const state = new TreeState(memento());
  const [a, b] = [scope('sandbox', 'a'), scope('env', 'b')];
  for (const each of [a, b]) {
    state.belongTo(each);
    state.filter(each, list, filter);
    state.setAccess(each, list, each === a ? 'allowed' : denied);
  }
  return { state, a, b };
}

describe('filters and checks', () => {
  it('are about the lists of one identity, also where another account has the same ones', () => {
    const { state, a, b } = scene();
    state.filter(a, list, undefined);
    expect([a, b].map((each) => [state.filterOf(each, list), state.filtered(each), state.accessOf(each, list)])).toEqual([[undefined, [], 'allowed'], [filter, [list], denied]]);
    expect(state.filterOf(b, { ...list, category: 'securityGroups' })).toBeUndefined();
  });

  it('are gone when the account turns out to be somebody else, and those of the other one stay', () => {
    const { state, a, b } = scene();
    const other = scope('env', 'c');
    state.belongTo(other);
    state.belongTo(b);
    expect([state.filterOf(a, list), state.filterOf(other, list), state.filterOf(b, list), state.accessOf(b, list)]).toEqual([filter, undefined, undefined, undefined]);
  });

  it('are gone with an account that is not shown any more', () => {
    const { state, a, b } = scene();
    state.keepOnly(['env']);
    expect([state.filtered(a), state.accessOf(a, list), state.filtered(b)]).toEqual([[], undefined, [list]]);
  });

  it('stay where two accounts are the same identity and one of them goes', () => {
    const { state, b } = scene();
    state.belongTo(scope('cli:same', 'b'));
    state.keepOnly(['cli:same']);
    expect(state.filterOf(b, list)).toEqual(filter);
  });

  it('without a condition are none', () => {
    const { state, a } = scene();
    state.filter(a, list, {});
    expect(state.filtered(a)).toEqual([]);
  });
});

describe('pins', () => {
  it('are of one identity, and are asked for of several in turn', async () => {
    const { state, a, b } = scene();
    const one = instance({ id: 'i-1' });
    expect(await state.pin(a, [one])).toBe(true);
    expect([a, b, a].map((each) => state.isPinned(each, one))).toEqual([true, false, true]);
    await state.pin(b, [one]);
    await state.unpin(a, [one]);
    expect([state.pins(a).length, state.pins(b).map(({ id }) => id)]).toEqual([0, ['i-1']]);
  });
});
