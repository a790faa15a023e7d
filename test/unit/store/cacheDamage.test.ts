import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CachedList } from '../../../src/app/ports/listCache.js';
import type { Instance } from '../../../src/domain/resources.js';
import { ListCacheFile } from '../../../src/store/cacheFile.js';
import { instance } from '../support/builders.js';
import { filesIn, FULL_INSTANCE, INSTANCES, instances, linesOf, listOf, newFolder, onlyFile, READ_AT } from './support/caches.js';

const ITEMS = instances(4);

interface Written {
  readonly folder: string;
  readonly path: string;
  readonly head: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly read: () => Promise<CachedList<Instance> | undefined>;
}

/** A list of four instances on the disk. */
async function written(items: readonly Instance[] = ITEMS): Promise<Written> {
  const folder = newFolder();
  await new ListCacheFile({ folder }).write('k', INSTANCES, listOf(items));
  const path = onlyFile(folder);
  const [head = '', ...lines] = linesOf(path);
  return { folder, path, head: JSON.parse(head) as Written['head'], lines, read: () => new ListCacheFile({ folder }).read('k', INSTANCES) };
}

/** What is read when the file is made of other lines. */
async function readOf(change: (of: Written) => readonly (string | Uint8Array)[]): Promise<CachedList<Instance> | undefined> {
  const of = await written();
  writeFileSync(of.path, Buffer.concat(change(of).flatMap((line) => [Buffer.from(line), Buffer.from('\n')])));
  return of.read();
}

const head = (more: object) => ({ head: is, lines }: Written) => [JSON.stringify({ ...is, ...more }), ...lines];
const withLine = (line: string | Uint8Array) => ({ head: is, lines: [first = '', , ...rest] }: Written) => [JSON.stringify(is), first, line, ...rest];

describe('a list is as absent', () => {
  it.each([
    ['of another version', head({ version: 2 })],
    ['without a version', head({ version: undefined })],
    ['of another identity', head({ identity: '0'.repeat(32) })],
    ['of another kind', head({ key: { ...INSTANCES, list: 'securityGroups' } })],
    ['of another region', head({ key: { ...INSTANCES, regionId: 'us-west-1' } })],
    ['of a kind that is none', head({ key: { list: '__proto__', regionId: INSTANCES.regionId } })],
    ['read in the future', head({ readAt: Date.now() + 3_600_000 })],
    ['read before time began', head({ readAt: -1 })],
    ['read at a time that is no number', head({ readAt: '1700000000000' })],
    ['read at a time that is none', head({ readAt: null })],
    ['that does not say whether it is complete', head({ complete: 'yes' })],
    ['of less than nothing', head({ count: -1 })],
    ['of half an item', head({ count: 0.5 })],
    ['with an endless head', head({ more: 'x'.repeat(20_000) })],
    ['without a head', ({ lines }: Written) => lines],
    ['whose head is no JSON', ({ lines }: Written) => ['{"version":1', ...lines]],
    ['whose head is a list', ({ head: is, lines }: Written) => [JSON.stringify([is]), ...lines]],
    ['whose head has its fields from elsewhere', ({ head: is, lines }: Written) => [`{"__proto__":${JSON.stringify(is)}}`, ...lines]],
    ['whose head is no text', ({ lines }: Written) => [Uint8Array.of(0x7b, 0xff, 0x7d), ...lines]],
    ['of nothing', () => []],
    ['of empty lines', () => ['', '', '']],
  ])('%s', async (_title, change) => {
    expect(await readOf(change)).toBeUndefined();
  });

  it('but not when nothing is changed in its head', async () => {
    expect(await readOf(head({ readAt: READ_AT, more: 'of a later version of the same' }))).toEqual(listOf(ITEMS));
  });

  it('when it is larger than any list', async () => {
    const { folder, path, read } = await written();
    truncateSync(path, 16 * 1024 * 1024 + 1);
    expect(await read()).toBeUndefined();
    truncateSync(path, 2_000);
    expect(await new ListCacheFile({ folder, maxBytes: 3_999 }).read('k', INSTANCES)).toBeUndefined();
    expect(await new ListCacheFile({ folder, maxBytes: 4_000 }).read('k', INSTANCES)).toBeDefined();
  });

  it.skipIf(process.platform === 'win32')('when there is something in its place that could be waited at for ever', async () => {
    const { path, read } = await written();
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect(await read()).toBeUndefined();
  });

  it('under another identity, when its folder is copied there', async () => {
    const { folder, path } = await written();
    const cache = new ListCacheFile({ folder });
    await cache.write('other', { list: 'regionUse' }, listOf([]));
    const other = filesIn(folder).map((name) => dirname(name)).find((name) => name !== dirname(path)) ?? '';
    copyFileSync(path, join(other, basename(path)));
    expect([await cache.read('other', INSTANCES), await cache.read('k', INSTANCES)]).toEqual([undefined, listOf(ITEMS)]);
  });

  it('when a time comes that was before it', async () => {
    const { folder } = await written();
    const readBy = (now: number) => new ListCacheFile({ folder, now: () => now }).read('k', INSTANCES);
    expect([await readBy(READ_AT - 1), await readBy(READ_AT)]).toEqual([undefined, listOf(ITEMS)]);
  });

  it('when it is read at a time that is none', async () => {
    const folder = newFolder();
    const cache = new ListCacheFile({ folder });
    for (const readAt of [Number.NaN, Number.POSITIVE_INFINITY, -1]) await cache.write('k', INSTANCES, listOf(ITEMS, { readAt }));
    expect(await cache.read('k', INSTANCES)).toBeUndefined();
  });
});

describe('a broken line costs only itself and makes the list incomplete', () => {
  const json = JSON.stringify;
  const rest = [ITEMS[0], ITEMS[2], ITEMS[3]];

  it.each([
    ['torn', '{"kind":"instance","id":"i-1'],
    ['empty', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"i-1"'],
    ['of another kind', json({ ...instance(), kind: 'securityGroup' })],
    ['without an id', json({ ...instance(), id: undefined })],
    ['with a number for a name', json({ ...instance(), name: 7 })],
    ['with null for a name', json({ ...instance(), name: null })],
    ['with an odd tag among its tags', json({ ...instance(), tags: [{ key: 'a', value: 'b' }, { key: 'a' }] })],
    ['with an object for a list', json({ ...instance(), privateIps: { 0: '10.0.0.1', length: 1 } })],
    ['with its fields from elsewhere', `{"__proto__":${json(instance())}}`],
    ['with an infinite count', json({ ...instance(), interfaces: [{ id: 'eni-1', addressCount: 0 }] }).replace('"addressCount":0', '"addressCount":1e999')],
    ['longer than any', json(instance({ name: 'x'.repeat(300_000) }))],
    ['nested without end', '['.repeat(200_000)],
    ['that is no text', Buffer.from(json(instance({ name: 'caf\u00e9' })), 'latin1')],
  ])('%s', async (_title, line) => {
    expect(await readOf(withLine(line))).toEqual(listOf(rest, { complete: false }));
  });

  it('and so does one that is missing', async () => {
    expect(await readOf(({ head: is, lines }) => [json(is), ...lines.filter((_, index) => index !== 1)])).toEqual(listOf(rest, { complete: false }));
  });

  it('and one too many is left out', async () => {
    expect(await readOf(({ head: is, lines }) => [json(is), ...lines, json(instance())])).toEqual(listOf(ITEMS, { complete: false }));
  });

  it('and so does the end, wherever the file is cut off behind its head', async () => {
    const { path, head: is, lines, read } = await written();
    const whole = readFileSync(path);
    const headBytes = Buffer.byteLength(json(is));
    // Without its last line end the list is whole all the same.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: headBytes, max: whole.length - 2 }), async (length) => {
        writeFileSync(path, whole.subarray(0, length));
        const ends = lines.map((_, index) => headBytes + 1 + Buffer.byteLength(lines.slice(0, index + 1).join('\n')));
        expect(await read()).toEqual(listOf(ITEMS.filter((_, index) => (ends[index] ?? 0) <= length), { complete: false }));
      }),
      { numRuns: 60 },
    );
  });

  it('and nothing is read of a file that is cut off in its head', async () => {
    const { path, head: is, read } = await written();
    truncateSync(path, Buffer.byteLength(json(is)) - 1);
    expect(await read()).toBeUndefined();
  });

  it('whatever bytes are in the place of some', async () => {
    const { path, read } = await written();
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.uint8Array({ minLength: 1, maxLength: 20 }), async (at, bytes) => {
        writeFileSync(path, Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)]));
        const list = await read();
        for (const item of list?.items ?? []) expect(Object.keys(FULL_INSTANCE)).toEqual(expect.arrayContaining(Object.keys(item)));
        expect(list?.items.length ?? 0).toBeLessThanOrEqual(ITEMS.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is read', () => {
  it('has the fields of the domain and none besides, and no other prototype', async () => {
    const odd = JSON.stringify({ ...instance(), secret: 'x', constructor: 'x', tags: [{ key: 'a', value: 'b', secret: 'x' }] }).replace('{', '{"__proto__":{"status":"Stopped","evil":true},');
    const list = await readOf(withLine(odd));
    const item = list?.items[1];
    expect(item).toStrictEqual(instance({ tags: [{ key: 'a', value: 'b' }] }));
    expect([Object.getPrototypeOf(item) === Object.prototype, 'evil' in (item ?? {}), 'evil' in {}, list?.complete]).toEqual([true, false, false, true]);
  });
});
