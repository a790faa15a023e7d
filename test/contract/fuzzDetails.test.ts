import { afterEach, describe, expect, it, vi } from 'vitest';
import { NEVER } from '../../src/app/cancelSource.js';
import type { Details, PartOfList } from '../../src/domain/details.js';
import { readDetails, type DetailsOf } from '../../src/app/details/readDetails.js';
import type { Result } from '../../src/domain/failure.js';
import { adapter, bodiesOf } from './fuzz/bodies.js';
import { mutate } from './fuzz/mutate.js';
import { Chance } from './fuzz/random.js';
import { KEYS } from './support/cloudConnection.js';

/** Another number tries other answers; a failure names the one that it was found with. */
const SEED = Number(process.env['ECS_FUZZ_SEED'] ?? '20140526');
const ANSWERS = 4_000;
/** Pages of every list that goes on, rules of a hundred groups, a hundred prefix lists, and no more. */
const MOST_REQUESTS = 20 * 103 + 100;

const regionId = 'cn-hangzhou';
const ABOUT: readonly DetailsOf[] = [
  { kind: 'instance', id: 'i-1', regionId, alsoGroups: ['sg-1', 'sg-2'] },
  { kind: 'networkInterface', id: 'eni-1', regionId },
  { kind: 'securityGroup', id: 'sg-1', regionId },
];

function isPart(part: Result<PartOfList<unknown>>, most: number): boolean {
  return !part.ok || (part.value.items.length <= most && typeof part.value.more === 'boolean');
}

/** What is wrong with details; empty when nothing is. */
function faultsOf(of: DetailsOf, details: Details): readonly string[] {
  const wrong: readonly (readonly [string, boolean])[] = [
    ['of another one', details.resource.id !== of.id || details.resource.kind !== of.kind],
    ['too many prefix lists', details.prefixLists.size > 100],
    ...(details.about === 'target'
      ? ([
          ['a group under another id', [...details.groups].some(([id, facts]) => facts.id !== id || (facts.group.ok && facts.group.value !== undefined && facts.group.value.id !== id))],
          ['a group to compare with is missing', (of.alsoGroups ?? []).some((id) => !details.groups.has(id))],
          ['an instance with a host', of.kind === 'instance' && details.host.ok && details.host.value !== undefined],
        ] as const)
      : ([
          ['too many members', !isPart(details.instances, 500) || !isPart(details.interfaces, 500)],
          ['too many groups around it', details.related.size > 101 || [...details.related].some(([id, group]) => group.id !== id)],
        ] as const)),
  ];
  return wrong.flatMap(([what, is]) => (is ? [what] : []));
}

/** The answer about the asked one: else hardly any page would come about. */
function about({ kind, id }: DetailsOf, body: string): string {
  const field = { instance: 'InstanceId', networkInterface: 'NetworkInterfaceId', securityGroup: 'SecurityGroupId' }[kind];
  return body.replace(new RegExp(`"${field}":"[^"]*"`), `"${field}":"${id}"`);
}

afterEach(() => { vi.unstubAllGlobals(); });

describe('answers that nobody would send', () => {
  it(`never make the reading of details throw, ask on and on, or tell what is not so: ${ANSWERS} of them`, { timeout: 120_000 }, async () => {
    const bodies = await bodiesOf();
    let [answers, asked, read] = [0, 0, 0];
    let [chance, of] = [new Chance(SEED), ABOUT[0] ?? never()];
    vi.stubGlobal('fetch', (_url: string, init: { readonly headers: Readonly<Record<string, string>> }) => {
      answers += 1;
      asked += 1;
      if (asked > MOST_REQUESTS) return Promise.reject(new Error('asked on and on'));
      const body = about(of, chance.one(bodies.get(init.headers['x-acs-action'] ?? '') ?? never()));
      const { bytes, status } = chance.happens(0.4) ? { bytes: new Uint8Array(Buffer.from(body)), status: 200 } : mutate(body, chance);
      return Promise.resolve(new Response(bytes, { status, headers: { 'x-acs-request-id': '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E' } }));
    });
    for (let page = 0; answers < ANSWERS; page += 1) {
      chance = new Chance(SEED + page);
      asked = 0;
      of = ABOUT[page % ABOUT.length] ?? never();
      const where = `seed ${SEED}, page ${page}`;
      const details = await readDetails(adapter(KEYS), of, { context: { signal: NEVER }, clock: { now: () => 0 } });
      if (details.ok && details.value !== undefined) {
        read += 1;
        expect([where, faultsOf(of, details.value)]).toEqual([where, []]);
      }
      expect(asked, where).toBeLessThanOrEqual(MOST_REQUESTS);
    }
    // Most of them came about, in part at least.
    expect(read).toBeGreaterThan(ANSWERS / 30);
  });
});

function never(): never {
  throw new Error('There is nothing to begin with.');
}
