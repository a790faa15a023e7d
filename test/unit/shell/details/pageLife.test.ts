import { describe, expect, it } from 'vitest';
import { clientFailure, failed, success } from '../../../../src/domain/failure.js';
import { securityGroup } from '../../support/builders.js';
import { connectionTo } from '../../support/connections.js';
import { deferred, settled } from '../../support/deferred.js';
import { refusal } from '../../support/failures.js';
import { FakeEcs } from '../../support/fakeEcs.js';
import { facts, MINUTE, saying, scene, STATE } from '../../support/pageScene.js';
import { VirtualClock } from '../../support/virtualClock.js';

describe('a page of details', () => {
  it('says at once that it reads, and then what it has read', async () => {
    const { life, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    expect([said, life.state.name]).toEqual([['nothing underWay', '1 calm'], 'read at 1']);
  });

  it('reads nothing and connects nobody before somebody looks', async () => {
    const { accounts, reads } = scene();
    await settled();
    expect([reads, accounts.main.state]).toEqual([[], { kind: 'none' }]);
  });

  it('is read again by a look only when its facts have grown old', async () => {
    const { life, clock, reads, answered } = scene();
    life.look();
    await answered(success(facts(clock.now())));
    clock.advance(5 * MINUTE);
    life.look();
    await settled();
    const young = reads.length;
    clock.advance(1);
    life.look();
    await settled();
    expect([young, reads.length]).toEqual([1, 2]);
  });

  it('keeps its last facts when it can’t be read again, and says why', async () => {
    const { life, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    void life.refresh();
    await answered(failed(refusal('Throttling', 400)));
    expect(said.slice(2)).toEqual(['1 underWay', '1 Throttling']);
  });

  it('keeps them, too, when the resource is not listed any more, and tells nothing where it never was', async () => {
    const { life, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    void life.refresh();
    await answered(success(undefined));
    const fresh = scene();
    fresh.life.look();
    await fresh.answered(success(undefined));
    expect([said.at(-1), fresh.said.at(-1)]).toEqual(['1 gone', 'nothing gone']);
  });

  it('says why its account can’t be opened, and is read when another try goes well', async () => {
    let tries = 0;
    const clock = new VirtualClock('manual');
    const { life, said, answered } = scene({ connect: () => Promise.resolve((tries += 1) === 1 ? failed(clientFailure('Client.NoCredentials')) : success(connectionTo(new FakeEcs({ clock })))) });
    life.look();
    await settled();
    const before = said.at(-1);
    void life.refresh();
    await answered(success(facts(1)));
    expect([before, said.at(-1)]).toEqual(['nothing Client.NoCredentials', '1 calm']);
  });
});

describe('a change made in this window', () => {
  it.each([
    ['the resource', 'i-1', 2],
    ['an interface of it', 'eni-1', 2],
    ['a group of it', 'sg-1', 2],
    ['something else', 'sg-9', 1],
  ])('has the page read again where it is about %s', async (_what, id, times) => {
    const { life, reads, answered, changedHere } = scene();
    life.look();
    await answered(success(facts(1)));
    changedHere(id);
    await settled();
    expect(reads.length).toBe(times);
  });

  it('is read by the next look where nobody looks now, however young the facts are', async () => {
    const { life, clock, reads, sight, answered, changedHere } = scene();
    life.look();
    await answered(success(facts(clock.now())));
    sight.visible = false;
    changedHere('i-1');
    await settled();
    const hidden = reads.length;
    sight.visible = true;
    life.look();
    await settled();
    expect([hidden, reads.length]).toEqual([1, 2]);
  });

  it('is read after what is under way, which may not have seen it', async () => {
    const { life, reads, said, answered, changedHere } = scene();
    life.look();
    await answered(success(facts(1)));
    void life.refresh();
    await settled();
    changedHere('i-1');
    await answered(success(facts(2)));
    await answered(success(facts(3)));
    expect([reads.length, said.at(-1)]).toEqual([3, '3 calm']);
  });

  it('changes nothing on the page of another connection', async () => {
    const { life, reads, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    for (const { scope } of [...reads]) life.changed({ scope: { ...scope }, ids: ['i-1'] });
    await settled();
    expect(reads.length).toBe(1);
  });
});

describe('the account of a page', () => {
  it('takes its facts with it when it is left, and late answers come to nothing', async () => {
    const { life, accounts, reads, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    void life.refresh();
    await settled();
    accounts.show(['b']);
    await settled();
    const cancelled = reads[1]?.signal.aborted;
    await answered(success(facts(2)));
    expect([cancelled, said.at(-1), life.situation.known]).toEqual([true, 'nothing accountGone', { ...STATE, name: 'read at 1' }]);
  });

  it('has it read again when it is shown again', async () => {
    const { life, accounts, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    accounts.show(['b']);
    await settled();
    accounts.show(['b', 'a']);
    await answered(success(facts(2)));
    expect(said.at(-1)).toBe('2 calm');
  });

  it('reads nothing where it is not shown from the beginning', async () => {
    const { life, reads, accounts } = scene({ shown: ['b'] });
    life.look();
    await life.refresh();
    expect([saying(life), reads, accounts.main.state]).toEqual(['nothing accountGone', [], { kind: 'none' }]);
  });

  it('has facts of its present connection only', async () => {
    const { life, accounts, said, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    accounts.reconnect();
    await settled();
    const between = said.at(-1);
    await answered(success(facts(2)));
    expect([between, said.at(-1)]).toEqual(['nothing underWay', '2 calm']);
  });

  it('is waited for when it is connected anew while the page opens it', async () => {
    const gate = deferred();
    const clock = new VirtualClock('manual');
    const { life, accounts, said, answered } = scene({ connect: async () => { await gate.promise; return success(connectionTo(new FakeEcs({ clock }))); } });
    life.look();
    await settled();
    accounts.reconnect();
    gate.resolve();
    await answered(success(facts(1)));
    expect(said.at(-1)).toBe('1 calm');
  });
});

describe('a comparison', () => {
  it('is shown at once where its groups are known, and else when they have been read', async () => {
    const { life, reads, answered } = scene();
    life.look();
    await answered(success(facts(1)));
    await life.compare({ kind: 'leave', groupIds: ['sg-1'] });
    const known = life.situation.comparison;
    void life.compare({ kind: 'join', groupIds: ['sg-2'] });
    await settled();
    const between = life.situation.comparison;
    const groups = new Map(['sg-1', 'sg-2'].map((id) => [id, { id, group: success(securityGroup({ id })), rules: success({ rules: [] }) }]));
    await answered(success(facts(2, { groups })));
    expect([known, between, life.situation.comparison, reads.map(({ state }) => state.comparison)]).toEqual([
      { kind: 'leave', groupIds: ['sg-1'] },
      undefined,
      { kind: 'join', groupIds: ['sg-2'] },
      [undefined, { kind: 'join', groupIds: ['sg-2'] }],
    ]);
  });

  it('is taken back without reading anything', async () => {
    const { life, reads, answered } = scene({ state: { ...STATE, comparison: { kind: 'leave', groupIds: ['sg-1'] } } });
    life.look();
    await answered(success(facts(1)));
    await life.compare(undefined);
    expect([life.situation.comparison, reads.length]).toEqual([undefined, 1]);
  });
});

describe('a page that is closed', () => {
  it('cancels what it reads at once, and says nothing more', async () => {
    const { life, accounts, reads, said, answered } = scene();
    life.look();
    await settled();
    const before = said.length;
    life.dispose();
    const cancelled = reads[0]?.signal.aborted;
    await answered(success(facts(1)));
    accounts.show(['b']);
    await life.refresh();
    await settled();
    expect([cancelled, said.length - before, reads.length]).toEqual([true, 0, 1]);
  });
});
