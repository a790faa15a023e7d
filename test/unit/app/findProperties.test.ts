import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCancelSource, NEVER } from '../../../src/app/cancelSource.js';
import { find, type FindResult } from '../../../src/app/find.js';
import { plannedRequests, searchRequests, sweepOf } from '../../../src/app/searchRequests.js';
import { NO_CODES } from '../../../src/domain/regionCodes.js';
import type { Resource, ResourceKind, Tag } from '../../../src/domain/resources.js';
import { parseSearch } from '../../../src/domain/searchTerm.js';
import { instance, networkInterface, securityGroup } from '../support/builders.js';
import { elapsed } from '../support/eventLoop.js';
import { throttled } from '../support/failures.js';
import type { FakeWorld, Operation } from '../support/fakeEcs.js';
import { SlowEcs } from '../support/slowEcs.js';
import { VirtualClock } from '../support/virtualClock.js';

/** Searches in worlds at random, each compared with a look at every single resource. */

const REGIONS = ['cn-hangzhou', 'cn-beijing', 'us-west-1', 'eu-west-1', 'me-east-1'];
const LIST: Readonly<Record<ResourceKind, Operation>> = { instance: 'listInstances', networkInterface: 'listNetworkInterfaces', securityGroup: 'listSecurityGroups' };
const PREFIX: Readonly<Record<ResourceKind, string>> = { instance: 'i', networkInterface: 'eni', securityGroup: 'sg' };
const CODES = ['bp1', '2ze', 'rj9', 'zzz'];

const NAMES = ['web', 'web-1', 'my web', 'WEB', 'db', 'db.1', 'w*b', '数据库'];
const PRIVATE = ['10.0.0.1', '172.16.0.1', '47.96.0.1'];
const PUBLIC = ['47.96.0.1', '47.96.0.2'];
const IPV6 = ['2001:db8::1', '2001:db8::2'];
const TAGS: readonly Tag[] = [{ key: 'env', value: 'prod' }, { key: 'env', value: 'dev' }, { key: 'app', value: '' }, { key: 'app', value: 'a=b' }];

interface Sketch {
  readonly kind: ResourceKind;
  readonly regionId: string;
  readonly code: string;
  readonly name: string | undefined;
  readonly privateIps: readonly string[];
  readonly publicIps: readonly string[];
  readonly ipv6s: readonly string[];
  readonly tags: readonly Tag[];
}

const sketch: fc.Arbitrary<Sketch> = fc.record({
  kind: fc.constantFrom<ResourceKind>('instance', 'networkInterface', 'securityGroup'),
  regionId: fc.constantFrom(...REGIONS),
  code: fc.constantFrom(...CODES),
  name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }),
  privateIps: fc.subarray(PRIVATE),
  publicIps: fc.subarray(PUBLIC),
  ipv6s: fc.subarray(IPV6),
  tags: fc.subarray([...TAGS], { maxLength: 2 }),
});

const idAt = (kind: ResourceKind, code: string, index: number) => `${PREFIX[kind]}-${code}${String(index).padStart(17, '0')}`;

function worldOf(sketches: readonly Sketch[]): FakeWorld {
  const all = sketches.map(({ kind, code, name, ...rest }, index): Resource => {
    const named = { id: idAt(kind, code, index), regionId: rest.regionId, tags: rest.tags, ...(name === undefined ? {} : { name }) };
    if (kind === 'securityGroup') return securityGroup(named);
    const { privateIps, publicIps, ipv6s } = rest;
    return kind === 'instance' ? instance({ ...named, privateIps, publicIps }) : networkInterface({ ...named, privateIps, publicIps, ipv6s });
  });
  return {
    instances: all.filter((one) => one.kind === 'instance'),
    interfaces: all.filter((one) => one.kind === 'networkInterface'),
    groups: all.filter((one) => one.kind === 'securityGroup'),
  };
}

const everything = ({ instances = [], interfaces = [], groups = [] }: FakeWorld): readonly Resource[] => [...instances, ...interfaces, ...groups];

/** What each text must find, said without the code that is tried here. */
const TERMS: readonly (readonly [text: string, finds: (one: Resource) => boolean])[] = [
  ['web', (one) => (one.kind === 'instance' ? (one.name ?? '').includes('web') : one.name === 'web')],
  ['数据库', (one) => one.name === '数据库'],
  ['w*b', (one) => one.kind === 'instance' && /^w.*b$/s.test(one.name ?? '')],
  ['db.1', (one) => one.name === 'db.1'],
  ['env=prod', ({ tags }) => tags.some(({ key, value }) => key === 'env' && value === 'prod')],
  ['app=a=b', ({ tags }) => tags.some(({ key, value }) => key === 'app' && value === 'a=b')],
  ['app=', ({ tags }) => tags.some(({ key }) => key === 'app')],
  ['10.0.0.1', (one) => one.kind !== 'securityGroup' && one.privateIps.includes('10.0.0.1')],
  ['47.96.0.1', (one) => one.kind !== 'securityGroup' && (one.privateIps.includes('47.96.0.1') || (one.kind === 'instance' && one.publicIps.includes('47.96.0.1')))],
  ['47.96.0.2', (one) => one.kind === 'instance' && one.publicIps.includes('47.96.0.2')],
  ['2001:0DB8:0::1', (one) => one.kind === 'networkInterface' && one.ipv6s.includes('2001:db8::1')],
];

const key = ({ kind, id, regionId }: { readonly kind: ResourceKind; readonly id: string; readonly regionId: string }) => `${regionId} ${kind} ${id}`;
const place = ({ regionId, kind }: { readonly regionId: string; readonly kind: ResourceKind }) => `${regionId} ${kind}`;
const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort();

interface Setting {
  readonly shown: readonly string[];
  readonly inUse: readonly string[];
  readonly concurrency: number;
  readonly maxPage: number;
  readonly takes: readonly number[];
  readonly broken: readonly string[];
}

const setting: fc.Arbitrary<Setting> = fc.record({
  shown: fc.shuffledSubarray(REGIONS),
  inUse: fc.subarray(REGIONS),
  concurrency: fc.integer({ min: 1, max: 9 }),
  maxPage: fc.integer({ min: 3, max: 8 }),
  takes: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 7 }),
  broken: fc.subarray(REGIONS.flatMap((regionId) => (['instance', 'networkInterface', 'securityGroup'] as const).map((kind) => place({ regionId, kind }))), { maxLength: 4 }),
});

interface Outcome {
  readonly result: FindResult;
  readonly ecs: SlowEcs;
  readonly planned: ReturnType<typeof plannedRequests>;
}

async function search(text: string, world: FakeWorld, { shown, inUse, concurrency, maxPage, takes, broken }: Setting): Promise<Outcome> {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  const clock = new VirtualClock('manual');
  let asked = 0;
  const ecs = new SlowEcs({ clock, world, maxPage, takes: () => takes[(asked += 1) % takes.length] ?? 0 });
  for (const list of broken) {
    const [regionId = '', kind = ''] = list.split(' ');
    ecs.fail({ operation: LIST[kind as ResourceKind], about: `"${regionId}"`, failure: throttled() });
  }
  const sweep = sweepOf(parsed.search, shown, { codes: NO_CODES, inUse: new Set(inUse) });
  const result = await elapsed(clock, find(sweep, { ecs, context: { signal: NEVER }, concurrency }));
  return { result, ecs, planned: plannedRequests(sweep) };
}

describe('a search at random', () => {
  it('finds what a look at every resource finds, in the lists that could be read, and names the others', async () => {
    await fc.assert(fc.asyncProperty(fc.array(sketch, { maxLength: 24 }), fc.constantFrom(...TERMS), setting, async (sketches, [text, finds], options) => {
      const world = worldOf(sketches);
      const { result, ecs, planned } = await search(text, world, options);
      const readable = (one: Resource) => options.shown.includes(one.regionId) && !options.broken.includes(place(one));
      expect(sorted(result.found.map(key))).toEqual(sorted(everything(world).filter((one) => readable(one) && finds(one)).map(key)));
      expect(result.found.length).toBe(new Set(result.found.map(key)).size);
      const parsed = parseSearch(text);
      const kinds = parsed.ok ? searchRequests(parsed.search).map(({ kind }) => kind) : [];
      expect(sorted(result.failures.map(place))).toEqual(sorted(options.shown.flatMap((regionId) => kinds.map((kind) => place({ regionId, kind }))).filter((list) => options.broken.includes(list))));
      expect([result.end, result.regionsDone, result.cut]).toEqual(['all', options.shown.length, []]);
      expect([result.sent, result.planned]).toEqual([ecs.calls.length, ecs.calls.length]);
      expect(planned.first).toBeLessThanOrEqual(ecs.calls.length);
      expect(ecs.most).toBeLessThanOrEqual(options.concurrency);
    }), { numRuns: 150 });
  });

  it('finds an id wherever it is, or asks every region for it', async () => {
    await fc.assert(fc.asyncProperty(fc.array(sketch, { minLength: 1, maxLength: 12 }), fc.nat(), setting, async (sketches, at, options) => {
      const world = worldOf(sketches);
      const wanted = sketches[at % sketches.length];
      if (wanted === undefined) return;
      const id = idAt(wanted.kind, wanted.code, at % sketches.length);
      const { result, ecs, planned } = await search(id, world, options);
      const isThere = options.shown.includes(wanted.regionId) && !options.broken.includes(place(wanted));
      expect([result.end, result.found.map((one) => one.id)]).toEqual(isThere ? ['found', [id]] : ['all', []]);
      expect(ecs.calls.length).toBeLessThanOrEqual(planned.most);
      if (!isThere) expect(ecs.calls.length).toBe(options.shown.length);
      if (isThere && planned.first < planned.most && wanted.regionId === { bp1: 'cn-hangzhou', '2ze': 'cn-beijing', rj9: 'us-west-1' }[wanted.code]) expect(ecs.calls.length).toBe(1);
    }), { numRuns: 150 });
  });

  it('cancelled at any moment tells what it has by then, and sends nothing afterwards', async () => {
    await fc.assert(fc.asyncProperty(fc.array(sketch, { maxLength: 24 }), fc.constantFrom(...TERMS), fc.integer({ min: 1, max: 12 }), async (sketches, [text], after) => {
      const parsed = parseSearch(text);
      if (!parsed.ok) throw new Error(parsed.problem);
      const clock = new VirtualClock('manual');
      const ecs = new SlowEcs({ clock, world: worldOf(sketches), maxPage: 3, takes: () => 50 });
      const { signal, cancel } = createCancelSource();
      let answers = 0;
      let sent = 0;
      const result = await elapsed(clock, find(sweepOf(parsed.search, REGIONS, { codes: NO_CODES, inUse: new Set() }), {
        ecs,
        context: { signal },
        concurrency: 4,
        onProgress: () => {
          answers += 1;
          if (answers < after) return;
          cancel();
          sent = ecs.calls.length;
        },
      }));
      while (clock.advanceToNext()) await Promise.resolve();
      expect([result.end, answers, ecs.calls.length]).toEqual(answers < after ? ['all', answers, ecs.calls.length] : ['cancelled', after, sent]);
      expect(result.sent).toBe(ecs.calls.length);
    }), { numRuns: 100 });
  });
});
