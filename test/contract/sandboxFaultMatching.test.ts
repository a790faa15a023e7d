import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../src/sandbox/faultKinds.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { everyItem, idsOf, tokenOf, type ListName } from './support/lists.js';
import { control, tryControl } from './support/sandboxControl.js';
import { send, verdict, type Draft, type RawAnswer } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: 'hostile', visibilityMs: 0 });
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'clearQuotas', 'reset', 'clearRequests']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

const fault = (body: Readonly<Record<string, unknown>>): Promise<unknown> => control(sandbox, 'faults', body);
const ask = (action = 'DescribeRegions', query: Readonly<Record<string, string>> = {}, draft: Draft = {}): Promise<RawAnswer> => send(sandbox, action, { query, ...draft });
const HIT = '400 Hit';
const hit = { code: 'Hit' };

describe('while a list is read', () => {
  const page = (list: ListName, query: Readonly<Record<string, string>> = {}): Promise<RawAnswer> => ask(list, { RegionId, MaxResults: '10', ...query });

  it.each<ListName>(['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups'])('the token of %s gets lost', async (list) => {
    const whole = await page(list);
    await fault({ kind: 'tokenDropped' });
    const cut = await page(list);
    expect([tokenOf(whole) === '', tokenOf(cut), idsOf(list, cut)]).toEqual([false, '', idsOf(list, whole)]);
  });

  it.each<ListName>(['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeSecurityGroups'])('the token of %s comes once more, from the second page on', async (list) => {
    await fault({ kind: 'tokenRepeated' });
    const first = await page(list);
    const second = await page(list, { NextToken: tokenOf(first) });
    expect([tokenOf(second), idsOf(list, second).some((id) => idsOf(list, first).includes(id))]).toEqual([tokenOf(first), false]);
    const again = await page(list, { NextToken: tokenOf(second) });
    expect([idsOf(list, again), tokenOf(again) === tokenOf(first)]).toEqual([idsOf(list, second), false]);
  });

  it.each<[ListName, string]>([
    ['DescribeInstances', '400 InvalidParameter.NextToken'],
    ['DescribeNetworkInterfaces', '400 InvalidParameter'],
    ['DescribeSecurityGroups', '400 InValidParameter.NextToken'],
  ])('the token of %s runs out, with the code of that operation', async (list, expected) => {
    await fault({ kind: 'tokenExpired' });
    const first = await page(list);
    const NextToken = tokenOf(first);
    expect([verdict(first), verdict(await page(list, { NextToken })), verdict(await page(list, { NextToken }))]).toEqual(['200', expected, '200']);
    expect((await control(sandbox, 'requests'))['requests']).toMatchObject([{ status: 200 }, { status: 400, fault: 'tokenExpired' }, { status: 200 }]);
  });

  it.each<[ListName, Record<string, unknown>, number]>([
    ['DescribeInstances', {}, 1],
    ['DescribeNetworkInterfaces', { count: 3 }, 3],
    ['DescribeSecurityGroups', { count: 10 }, 10],
    ['DescribeInstances', { count: 100 }, 10],
  ])('the last items of a page of %s come again on the next one: %j', async (list, how, count) => {
    await fault({ kind: 'duplicatedItems', ...how });
    const first = await page(list);
    const second = await page(list, { NextToken: tokenOf(first) });
    expect(idsOf(list, second).slice(0, count)).toEqual(idsOf(list, first).slice(-count));
    expect(idsOf(list, second)).toHaveLength(10);
  });

  it('items come again and none is lost, also among those that a filter leaves', async () => {
    const query = { RegionId, 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod', MaxResults: '10' };
    const read = async (): Promise<readonly unknown[]> => (await everyItem('DescribeNetworkInterfaces', (more) => ask('DescribeNetworkInterfaces', { ...query, ...(more['NextToken'] !== undefined && { NextToken: more['NextToken'] }) }))).map((item) => item['NetworkInterfaceId']);
    const plain = await read();
    await fault({ kind: 'duplicatedItems', count: 2 });
    const doubled = await read();
    expect([doubled.length, [...new Set(doubled)]]).toEqual([plain.length + 2, plain]);
  });

  it.each(['tokenDropped', 'tokenRepeated', 'tokenExpired', 'duplicatedItems'])('%s waits for a list', async (kind) => {
    await fault({ kind });
    await ask();
    await ask('DescribeInstanceAttribute', { InstanceId: web });
    await ask('JoinSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: partner, NextToken: 'x' });
    const first = await page('DescribeInstances');
    await page('DescribeInstances', { NextToken: tokenOf(kind === 'tokenDropped' ? await page('DescribeInstances') : first) });
    const { requests } = (await control(sandbox, 'requests')) as { readonly requests: readonly { readonly action: string; readonly fault?: string }[] };
    expect(requests.filter((request) => request.fault !== undefined)).toMatchObject([{ action: 'DescribeInstances', fault: kind }]);
  });
});

describe('a fault hits', () => {
  const verdicts = async (...asked: readonly (() => Promise<RawAnswer>)[]): Promise<string[]> => {
    const found: string[] = [];
    for (const one of asked) found.push(verdict(await one()));
    return found;
  };
  const regions = (): Promise<RawAnswer> => ask();
  const instances = (query: Readonly<Record<string, string>> = {}): (() => Promise<RawAnswer>) => () => ask('DescribeInstances', { RegionId, ...query });

  it('one operation', async () => {
    await fault({ ...hit, action: 'DescribeInstances' });
    expect(await verdicts(regions, instances(), instances())).toEqual(['200', HIT, '200']);
  });

  it('one region', async () => {
    await fault({ ...hit, region: 'cn-beijing' });
    expect(await verdicts(regions, instances(), () => ask('DescribeInstances', { RegionId: 'cn-beijing' }))).toEqual(['200', '200', HIT]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a parameter', 'DescribeInstanceAttribute', { InstanceId: 'i-one' }],
    ['a JSON list', 'DescribeInstances', { RegionId, InstanceIds: '["i-two","i-one"]' }],
    ['a repeat list', 'DescribeNetworkInterfaces', { RegionId, 'NetworkInterfaceId.1': 'i-two', 'NetworkInterfaceId.2': 'i-one' }],
  ])('one resource, in %s', async (_what, action, query) => {
    await fault({ ...hit, resource: 'i-one' });
    const others = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value.replace('i-one', 'i-one-more')]));
    const before = verdict(await ask(action, others));
    expect([before === HIT, verdict(await ask(action, query))]).toEqual([false, HIT]);
  });

  it('only what matches in everything', async () => {
    await fault({ ...hit, action: 'DescribeInstances', region: RegionId, resource: 'i-one' });
    expect(await verdicts(instances(), () => ask('DescribeInstances', { RegionId: 'cn-beijing', InstanceIds: '["i-one"]' }), instances({ InstanceIds: '["i-one"]' }))).toEqual(['200', '404 InvalidRegionId.NotFound', HIT]);
  });

  it('from the nth match on, so many times', async () => {
    await fault({ ...hit, action: 'DescribeInstances', nth: 3, times: 2 });
    expect(await verdicts(instances(), regions, instances(), instances(), instances(), instances())).toEqual(['200', '200', '200', HIT, HIT, '200']);
  });

  it('in the order in which the faults came, each one counting by itself', async () => {
    await fault({ code: 'First', nth: 2 });
    await fault({ code: 'Second', nth: 3 });
    await fault({ code: 'Third', nth: 2 });
    expect(await verdicts(regions, regions, regions, regions, regions)).toEqual(['200', '400 First', '400 Second', '400 Third', '200']);
  });

  it('before the signature is looked at, or after', async () => {
    const stranger = (): Promise<RawAnswer> => send({ ...sandbox, accessKeySecret: 'wrong' }, 'DescribeRegions');
    await fault(hit);
    const after = await verdicts(stranger, regions);
    await fault({ ...hit, beforeAuth: true });
    expect([after, await verdicts(stranger, stranger)]).toEqual([['400 SignatureDoesNotMatch', HIT], [HIT, '400 SignatureDoesNotMatch']]);
  });

  it('before the quota is spent, or after', async () => {
    await control(sandbox, 'quota', { action: 'DescribeRegions', perWindow: 0 });
    await fault(hit);
    await fault({ code: 'Early', beforeAuth: true });
    const early = await verdicts(regions, regions);
    await control(sandbox, 'clearQuotas');
    expect([early, await verdicts(regions)]).toEqual([['400 Early', '400 Throttling.User'], [HIT]]);
  });

  it('what says it is an unknown operation only before the signature is looked at', async () => {
    await fault(hit);
    const late = verdict(await ask('DescribeWeather'));
    await fault({ code: 'Early', beforeAuth: true });
    expect([late, verdict(await ask('DescribeWeather'))]).toEqual(['404 InvalidApi.NotFound', '400 Early']);
  });
});

describe('a fault by chance', () => {
  const row = async (of: Sandbox, count = 40): Promise<string> => {
    let found = '';
    for (let index = 0; index < count; index += 1) found += verdict(await send(of, 'DescribeRegions')) === HIT ? 'x' : '.';
    return found;
  };
  const rowOf = async (seed: number, probability: number): Promise<string> => {
    const other = await startSandbox({ seed });
    try {
      await control(other, 'faults', { ...hit, probability, times: 1_000 });
      return await row(other);
    } finally {
      await other.stop();
    }
  };

  it('hits the same requests for the same seed, and others for another one', async () => {
    const [first, again, other] = [await rowOf(7, 0.5), await rowOf(7, 0.5), await rowOf(8, 0.5)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(first)).toEqual(new Set(['x', '.']));
  });

  it('never, or always', async () => {
    expect([await rowOf(1, 0), await rowOf(1, 1)]).toEqual(['.'.repeat(40), 'x'.repeat(40)]);
  });

  it('begins its row anew when faults are cleared', async () => {
    const half = { ...hit, probability: 0.5, times: 1_000 };
    await fault(half);
    const first = await row(sandbox);
    await control(sandbox, 'clearFaults');
    await fault(half);
    expect(await row(sandbox)).toBe(first);
  });
});

describe('no fault is made of', () => {
  const kinds = [...FAULT_KINDS.keys()].join(', ');

  it.each<[string, unknown, string]>([
    ['a list', [], 'the body must be a JSON object'],
    ['null', null, 'the body must be a JSON object'],
    ['an unknown kind', { kind: 'earthquake' }, `"kind" must be one of: ${kinds}`],
    ['a kind that every object has', { kind: 'constructor' }, `"kind" must be one of: ${kinds}`],
    ['a field of another kind', { kind: 'reset', ms: 1 }, 'unknown field "ms"; known are: '],
    ['the prototype', '{"kind":"reset","__proto__":{"times":3}}', 'unknown field "__proto__"; known are: '],
    ['an error without a code', { kind: 'error' }, '"code" must be a string of 1 to 200 characters'],
    ['an error that is a success', { ...hit, status: 200 }, '"status" must be a whole number from 400 to 599'],
    ['a wait before now', { ...hit, retryAfterMs: -1 }, '"retryAfterMs" must be a whole number from 0 to 3600000'],
    ['a hang for no time', { kind: 'hang', ms: 0 }, '"ms" must be a whole number from 1 to 60000'],
    ['a hang for ever', { kind: 'hang', ms: 60_001 }, '"ms" must be a whole number from 1 to 60000'],
    ['a redirect to nowhere', { kind: 'redirect' }, '"port" must be a whole number from 1 to 65535'],
    ['a redirect that is none', { kind: 'redirect', port: 1, status: 200 }, '"status" must be a whole number from 301 to 308'],
    ['an empty answer that is no answer', { kind: 'empty', status: 100 }, '"status" must be a whole number from 200 to 599'],
    ['no garbage', { kind: 'garbage', bytes: 0 }, '"bytes" must be a whole number from 1 to 1000000'],
    ['nothing huge', { kind: 'huge' }, '"megabytes" must be a whole number from 1 to 1024'],
    ['more than a gigabyte', { kind: 'huge', megabytes: 1_025 }, '"megabytes" must be a whole number from 1 to 1024'],
    ['no duplicate', { kind: 'duplicatedItems', count: 0 }, '"count" must be a whole number from 1 to 100'],
    ['no drop', { kind: 'drip', chunks: 0 }, '"chunks" must be a whole number from 1 to 1000'],
    ['a maybe', { kind: 'truncated', abrupt: 'maybe' }, '"abrupt" must be true or false'],
    ['an unknown encoding', { kind: 'wrongEncoding', encoding: 'ebcdic' }, '"encoding" must be one of: invalidUtf8, gzipWithoutHeader, utf16'],
    ['no depth', { kind: 'deep', depth: 0 }, '"depth" must be a whole number from 1 to 1000000'],
    ['a type without a field', { kind: 'oddFieldType', type: 'null' }, '"field" must be a string of 1 to 200 characters'],
    ['an unknown type', { kind: 'oddFieldType', field: 'x', type: 'bigint' }, '"type" must be one of: string, number, boolean, null, array, object'],
    ['an unknown operation', { ...hit, action: 'Explode' }, '"action" must be one of: DescribeRegions, '],
    ['no nth', { ...hit, nth: 0 }, '"nth" must be a whole number from 1 to 1000000'],
    ['no times', { ...hit, times: 0 }, '"times" must be a whole number from 1 to 1000000'],
    ['more than certain', { ...hit, probability: 1.1 }, '"probability" must be a number from 0 to 1'],
    ['less than never', { ...hit, probability: -0.1 }, '"probability" must be a number from 0 to 1'],
    ['another moment', { ...hit, when: 'later' }, '"when" must be one of: before, afterWrite'],
    ['two moments', { ...hit, when: 'afterWrite', beforeAuth: true }, '"when" cannot be afterWrite and "beforeAuth" true'],
    ['the write of a read', { ...hit, action: 'DescribeRegions', when: 'afterWrite' }, '"when" cannot be afterWrite: DescribeRegions writes nothing'],
    ['a list after a write', { kind: 'tokenDropped', when: 'afterWrite' }, '"when" and "beforeAuth" are for faults that answer in the place of the operation'],
    ['a change before the signature', { kind: 'truncated', beforeAuth: true }, '"when" and "beforeAuth" are for faults that answer in the place of the operation'],
    ['a list of a write', { kind: 'tokenDropped', action: 'JoinSecurityGroup' }, 'a fault of this kind is for lists: JoinSecurityGroup is none'],
    ['a list of what is none', { kind: 'duplicatedItems', action: 'DescribeRegions' }, 'a fault of this kind is for lists: DescribeRegions is none'],
    ['regions of instances', { kind: 'maliciousRegions', action: 'DescribeInstances' }, 'a fault of this kind is for DescribeRegions only'],
  ])('%s', async (_what, body, error) => {
    const result = await tryControl(sandbox, 'faults', body);
    expect([result.status, Object.keys(result.body), String(result.body['error']).startsWith(error)]).toEqual([400, ['error'], true]);
    expect(verdict(await ask())).toBe('200');
  });

  it('a thousand and one, until they are cleared', async () => {
    const counts = await Promise.all(Array.from({ length: 1_000 }, () => control(sandbox, 'faults', { ...hit, resource: 'nobody' })));
    expect(Math.max(...counts.map((body) => Number(body['faults'])))).toBe(1_000);
    expect(await tryControl(sandbox, 'faults', hit)).toEqual({ status: 409, body: { error: 'there are too many faults; clear them first' } });
    await control(sandbox, 'clearFaults');
    expect(await tryControl(sandbox, 'faults', hit)).toEqual({ status: 200, body: { ok: true, faults: 1 } });
  });
});
