import { describe, expect, it } from 'vitest';
import { Explorer } from '../../../../src/app/explore.js';
import { failed, success } from '../../../../src/domain/failure.js';
import type { Instance, NetworkInterface } from '../../../../src/domain/resources.js';
import { instance, networkInterface, REGION } from '../../support/builders.js';
import { settled } from '../../support/deferred.js';
import { refusal } from '../../support/failures.js';
import { facts, saying, scene } from '../../support/pageScene.js';

const INSTANCES = { list: 'instances', regionId: REGION } as const;
const known = (status: string) => instance({ id: 'i-1', status });

/** A page that has read an instance, and the tree of its account. */
async function besideTree(resource: Instance) {
  const page = scene();
  page.life.look();
  await page.answered(success(facts(1, { resource })));
  const [{ scope } = { scope: undefined }] = page.reads;
  if (scope === undefined) throw new Error('The page has not begun to read.');
  const explorer = new Explorer(scope, { language: 'en', regions: [], clock: page.clock });
  explorer.onDidChange((key) => { page.life.listed(explorer, key); });
  /** The tree reads its list, in which the instance stands like this. */
  const listed = async (...instances: readonly Instance[]) => {
    page.ecs.forget('i-1');
    for (const one of instances) page.ecs.touch(one);
    await explorer.look(INSTANCES);
    await explorer.list(INSTANCES).refresh();
    await settled();
  };
  return { ...page, explorer, listed };
}

describe('what the tree reads', () => {
  it('has the page read again where the tree knows the resource otherwise', async () => {
    const { reads, listed, answered, life } = await besideTree(known('Running'));
    await listed(known('Stopped'));
    await answered(success(facts(2, { resource: known('Stopped') })));
    await listed(known('Stopped'));
    expect([reads.length, saying(life)]).toEqual([2, '2 calm']);
  });

  it.each([
    ['the same', [known('Running')]],
    ['nothing of it', [instance({ id: 'i-2' })]],
  ])('has nothing read where the tree knows %s', async (_what, instances) => {
    const { reads, listed } = await besideTree(known('Running'));
    await listed(...instances);
    expect(reads.length).toBe(1);
  });

  it('has it read again where the tree finds it gone', async () => {
    const { reads, listed } = await besideTree(known('Running'));
    await listed(known('Running'));
    await listed(instance({ id: 'i-2' }));
    expect(reads.length).toBe(2);
  });

  it('is read by the next look where nobody looks now', async () => {
    const { reads, listed, sight, life } = await besideTree(known('Running'));
    sight.visible = false;
    await listed(known('Stopped'));
    const hidden = reads.length;
    sight.visible = true;
    life.look();
    await settled();
    expect([hidden, reads.length]).toEqual([1, 2]);
  });

  it('does not try again and again what can’t be read: that waits for the person', async () => {
    const { reads, listed, answered } = await besideTree(known('Running'));
    await listed(known('Stopped'));
    await answered(failed(refusal('Throttling', 400)));
    await listed(known('Stopping'));
    expect(reads.length).toBe(2);
  });

  it('says nothing to the page of another connection', async () => {
    const { reads, life, clock, explorer, listed } = await besideTree(known('Running'));
    const other = new Explorer({ ...explorer.scope }, { language: 'en', regions: [], clock });
    other.add(known('Stopped'));
    life.listed(other, INSTANCES);
    await settled();
    const before = reads.length;
    await listed(known('Stopped'));
    expect([before, reads.length]).toEqual([1, 2]);
  });
});

describe('what starts or stops by itself', () => {
  const starting = facts(1, { resource: known('Starting') });

  it('is looked at as long as somebody looks, and read again when it has moved', async () => {
    const { life, ecs, clock, reads, answered } = scene();
    life.look();
    await answered(success(starting));
    ecs.touch(known('Starting'));
    clock.advance(2_000);
    await settled();
    const before = reads.length;
    ecs.touch(known('Running'));
    clock.advance(60_000);
    await answered(success(facts(2, { resource: known('Running') })));
    clock.advance(60_000);
    await settled();
    expect([before, reads.length, saying(life), clock.sleepers]).toEqual([1, 2, '2 calm', 0]);
  });

  it('is an interface, too, that is being attached, and all that has moved is read at once', async () => {
    const { life, ecs, clock, reads, answered } = scene();
    const attaching: NetworkInterface = networkInterface({ id: 'eni-1', status: 'Attaching' });
    life.look();
    await answered(success({ ...starting, interfaces: success([attaching]) }));
    ecs.touch({ ...attaching, status: 'InUse' });
    ecs.touch(known('Running'));
    clock.advance(2_000);
    await answered(success(facts(2, { resource: known('Running') })));
    await settled();
    expect([ecs.inputs('listNetworkInterfaces').length, reads.length]).toEqual([1, 2]);
  });

  it('is looked at no more when nobody looks, and again when somebody does', async () => {
    const { life, ecs, clock, sight, answered } = scene();
    life.look();
    await answered(success({ ...starting, readAt: clock.now() }));
    sight.visible = false;
    clock.advance(2_000);
    await settled();
    const [hidden, sleepers] = [ecs.calls.length, clock.sleepers];
    sight.visible = true;
    life.look();
    clock.advance(2_000);
    await settled();
    expect([hidden, sleepers, ecs.inputs('listInstances').length]).toEqual([0, 0, 1]);
  });

  it('is read again when it is not listed any more, and let go when the page is closed', async () => {
    const { life, clock, reads, answered } = scene();
    life.look();
    await answered(success(starting));
    clock.advance(2_000);
    await answered(success(undefined));
    const gone = [reads.length, saying(life), clock.sleepers];
    life.dispose();
    await settled();
    expect([gone, clock.sleepers]).toEqual([[2, '1 gone', 1], 0]);
  });
});
