import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { sendRaw } from './support/signedRequest.js';

const RegionId = 'cn-hangzhou';
const web = idOf('i', 'shop-web-01');
const partner = idOf('sg', 'partner-api');

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ visibilityMs: 0 });
});
beforeEach(async () => {
  for (const verb of ['clearFaults', 'reset', 'clearRequests']) await control(sandbox, verb);
});
afterAll(() => sandbox.stop());

interface Wire {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** What comes over the wire, whatever it is. */
async function wire(action = 'DescribeRegions', query: Readonly<Record<string, string>> = {}): Promise<Wire> {
  const response = await sendRaw(sandbox, action, { query });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** How a request ends that gets no whole answer. */
async function broken(action = 'DescribeRegions', query: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    await wire(action, query);
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    return cause?.code ?? String(error);
  }
  return 'answered';
}

const fault = (body: Readonly<Record<string, unknown>>): Promise<unknown> => control(sandbox, 'faults', body);
const json = ({ bytes }: Wire): Record<string, unknown> => JSON.parse(bytes.toString()) as Record<string, unknown>;
const logged = async (): Promise<unknown[]> =>
  ((await control(sandbox, 'requests'))['requests'] as Record<string, unknown>[]).map(({ status, code, bytes, fault: kind }) => ({ status, code, bytes, fault: kind }));
/** An answer without what is new in every answer. */
const lasting = (body: Record<string, unknown>): Record<string, unknown> => ({ ...body, RequestId: '' });

describe('in the place of the answer comes', () => {
  it('a success with an error code in it', async () => {
    await fault({ kind: 'ok200WithErrorCode', code: 'ServiceUnavailable', message: 'Not now.' });
    await fault({ kind: 'ok200WithErrorCode' });
    const [given, usual] = [await wire(), await wire()];
    const about = { RequestId: given.headers.get('x-acs-request-id'), HostId: new URL(sandbox.endpoint).host, Recommend: expect.any(String) as unknown };
    expect([given.status, json(given)]).toEqual([200, { ...about, Code: 'ServiceUnavailable', Message: 'Not now.' }]);
    expect([usual.status, json(usual)]).toMatchObject([200, { Code: 'InternalError', Message: 'The request processing has failed due to some unknown error.' }]);
    expect(await logged()).toMatchObject([{ status: 200, code: 'ServiceUnavailable', fault: 'ok200WithErrorCode' }, { status: 200, code: 'InternalError', fault: 'ok200WithErrorCode' }]);
  });

  it('an error, with the header that says when to come back', async () => {
    await fault({ code: 'Throttling', retryAfterMs: 1_234 });
    const answer = await wire();
    expect([answer.status, answer.headers.get('x-acs-retry-after'), json(answer)]).toMatchObject([400, '1234', { Code: 'Throttling', Message: 'Request was denied due to request throttling.' }]);
  });

  it('a reset connection', async () => {
    await fault({ kind: 'reset' });
    expect([await broken(), (await wire()).status]).toEqual(['ECONNRESET', 200]);
    expect((await logged())[0]).toEqual({ status: 0, code: '', bytes: 0, fault: 'reset' });
  });

  it('nothing at all, and in the end the connection closes', async () => {
    await fault({ kind: 'hang', ms: 1 });
    expect([await broken(), (await logged())[0]]).toEqual(['UND_ERR_SOCKET', { status: 0, code: '', bytes: 0, fault: 'hang' }]);
  });

  it('nothing for longer than anybody waits, and the others are served meanwhile', async () => {
    await fault({ kind: 'hang', action: 'DescribeRegions' });
    const leave = new AbortController();
    let settled = false;
    const waiting = sendRaw(sandbox, 'DescribeRegions', {}, leave.signal).catch((error: unknown) => String(error)).finally(() => { settled = true; });
    await expect.poll(logged).toEqual([{ status: 0, code: '', bytes: 0, fault: 'hang' }]);
    expect([(await wire('DescribeInstances', { RegionId })).status, settled]).toEqual([200, false]);
    leave.abort();
    expect(await waiting).toContain('AbortError');
    expect((await wire()).status).toBe(200);
  });

  it("a gateway's page in HTML", async () => {
    await fault({ kind: 'html503' });
    const { status, headers, bytes } = await wire();
    expect([status, headers.get('content-type'), bytes.toString()]).toEqual([503, 'text/html', expect.stringMatching(/^<!DOCTYPE html>\n<html>[^]*503 Service Temporarily Unavailable[^]*<\/html>\n$/)]);
  });

  it("a gateway's 429 in plain text, with or without the time to wait", async () => {
    await fault({ kind: 'plain429', retryAfterSeconds: 0 });
    await fault({ kind: 'plain429' });
    const answers = [await wire(), await wire()];
    expect(answers.map(({ status, headers, bytes }) => [status, headers.get('content-type'), headers.get('retry-after'), headers.get('x-acs-retry-after'), bytes.toString()])).toEqual([
      [429, 'text/plain', '0', null, 'Too Many Requests'],
      [429, 'text/plain', null, null, 'Too Many Requests'],
    ]);
  });

  it.each([301, 302, 303, 307, 308])('a redirect %i to another port of this machine', async (status) => {
    await fault({ kind: 'redirect', port: 4321, status });
    const answer = await wire();
    expect([answer.status, answer.headers.get('location'), answer.bytes.length]).toEqual([status, 'http://127.0.0.1:4321/', 0]);
  });

  it('a redirect, by default the usual one', async () => {
    await fault({ kind: 'redirect', port: 1 });
    expect((await wire()).status).toBe(302);
  });

  it.each([200, 204, 404, 500, 599])('an empty body with %i', async (status) => {
    await fault({ kind: 'empty', ...(status !== 200 && { status }) });
    const answer = await wire();
    expect([answer.status, answer.bytes.length]).toEqual([status, 0]);
  });

  it('garbage that calls itself JSON, the same in every run', async () => {
    await fault({ kind: 'garbage', times: 2 });
    await fault({ kind: 'garbage', bytes: 1 });
    const [first, second, short] = [await wire(), await wire(), await wire()];
    expect([first.status, first.headers.get('content-type'), first.bytes.length, first.bytes[0]]).toEqual([200, 'application/json;charset=utf-8', 512, 0xff]);
    expect(() => json(first)).toThrow(SyntaxError);
    expect([second.bytes.equals(first.bytes), [...short.bytes]]).toEqual([true, [0xff]]);
  });

  it('a body of so many megabytes, in good JSON', async () => {
    await fault({ kind: 'huge', megabytes: 3 });
    const answer = await wire();
    const { Filling, RequestId, ...rest } = json(answer);
    expect([answer.status, answer.headers.get('content-length'), RequestId, rest]).toEqual([200, String(answer.bytes.length), answer.headers.get('x-acs-request-id'), {}]);
    expect(String(Filling)).toBe('x'.repeat(3 * 1_048_576));
  });

  it('a body that a caller need not read to the end', async () => {
    await fault({ kind: 'huge', megabytes: 1_024 });
    const leave = new AbortController();
    const response = await sendRaw(sandbox, 'DescribeRegions', {}, leave.signal);
    const { value } = (await response.body?.getReader().read()) ?? {};
    leave.abort();
    expect([Number(response.headers.get('content-length')) > 1_024 * 1_048_576, (value?.length ?? 0) > 0, (await wire()).status]).toEqual([true, true, 200]);
  });
});

describe('the real answer comes', () => {
  const real = async (action = 'DescribeInstances', query: Readonly<Record<string, string>> = { RegionId }): Promise<Wire> => wire(action, query);
  const faulted = async (body: Readonly<Record<string, unknown>>): Promise<{ readonly plain: Wire; readonly changed: Wire }> => {
    const plain = await real();
    await fault(body);
    return { plain, changed: await real() };
  };
  const itemsIn = (answer: Record<string, unknown>): readonly Record<string, unknown>[] => (answer['Instances'] as { readonly Instance: readonly Record<string, unknown>[] }).Instance;

  it('cut in half, as if it were whole', async () => {
    const { plain, changed } = await faulted({ kind: 'truncated' });
    const half = Math.floor(plain.bytes.length / 2);
    expect([changed.status, changed.headers.get('content-length'), changed.bytes.length]).toEqual([200, String(half), half]);
    expect(() => json(changed)).toThrow(SyntaxError);
  });

  it('and breaks off in the middle of what was announced', async () => {
    await fault({ kind: 'truncated', abrupt: true });
    const response = await sendRaw(sandbox, 'DescribeInstances', { query: { RegionId } });
    const announced = Number(response.headers.get('content-length'));
    let received = 0;
    const reading = (async () => {
      for await (const chunk of response.body ?? []) received += (chunk as Uint8Array).length;
    })();
    await expect(reading).rejects.toThrow('terminated');
    expect([response.status, received]).toEqual([200, Math.floor(announced / 2)]);
  });

  it('drop by drop, and whole in the end', async () => {
    const { plain, changed } = await faulted({ kind: 'drip', chunks: 7, ms: 1 });
    expect([changed.headers.get('content-length'), lasting(json(changed))]).toEqual([String(plain.bytes.length), lasting(json(plain))]);
  });

  it('only as far as its first drop, as long as the next one is not due', async () => {
    await fault({ kind: 'drip', chunks: 2, ms: 10_000 });
    const leave = new AbortController();
    const response = await sendRaw(sandbox, 'DescribeInstances', { query: { RegionId } }, leave.signal);
    const half = Math.ceil(Number(response.headers.get('content-length')) / 2);
    const reader = response.body?.getReader();
    let received = 0;
    while (received < half) received += (await reader?.read())?.value?.length ?? 0;
    const next = reader?.read().then(() => 'more', () => 'left');
    leave.abort();
    expect([received, await next]).toEqual([half, 'left']);
  });

  it('with bytes in it that are no UTF-8', async () => {
    const { changed } = await faulted({ kind: 'wrongEncoding' });
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(changed.bytes)).toThrow(TypeError);
    expect([changed.headers.get('content-type'), JSON.stringify(json(changed)).split('\uFFFD').length > 1]).toEqual(['application/json;charset=utf-8', true]);
  });

  it('packed, without saying so', async () => {
    const { plain, changed } = await faulted({ kind: 'wrongEncoding', encoding: 'gzipWithoutHeader' });
    expect(changed.headers.has('content-encoding')).toBe(false);
    expect(lasting(json({ ...changed, bytes: gunzipSync(changed.bytes) }))).toEqual(lasting(json(plain)));
  });

  it('in UTF-16, and calls it UTF-8', async () => {
    const { plain, changed } = await faulted({ kind: 'wrongEncoding', encoding: 'utf16' });
    expect(changed.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(lasting(JSON.parse(changed.bytes.toString('utf16le')) as Record<string, unknown>)).toEqual(lasting(json(plain)));
  });

  it('with something very deep beside its fields', async () => {
    const { plain, changed } = await faulted({ kind: 'deep', depth: 3 });
    expect(lasting(json(changed))).toEqual({ ...lasting(json(plain)), Nested: [[[]]] });
    await fault({ kind: 'deep' });
    expect((await real()).bytes.toString()).toContain(`{"Nested":${'['.repeat(10_000)}${']'.repeat(10_000)},"RequestId":`);
  });

  it.each<[string, Record<string, unknown>, (answer: Record<string, unknown>) => unknown]>([
    ['a field of the first item', { field: 'Tags' }, (answer) => itemsIn(answer)[0]?.['Tags']],
    ['a field inside a field of another item', { field: 'VpcAttributes.VpcId', item: 2 }, (answer) => (itemsIn(answer)[1]?.['VpcAttributes'] as Record<string, unknown>)['VpcId']],
    ['a field of the answer itself', { field: 'TotalCount', item: 0 }, (answer) => answer['TotalCount']],
  ])('with something very deep in %s', async (_what, spot, read) => {
    const { changed } = await faulted({ kind: 'deep', depth: 2, ...spot });
    expect(read(json(changed))).toEqual([[]]);
  });

  it.each<[string, unknown]>([['string', 'odd'], ['number', 7], ['boolean', true], ['null', null], ['array', []], ['object', {}]])('with a field that is of the type %s', async (type, value) => {
    const { plain, changed } = await faulted({ kind: 'oddFieldType', field: 'SecurityGroupIds.SecurityGroupId', item: 3, type });
    const expected = lasting(json(plain));
    (itemsIn(expected)[2]?.['SecurityGroupIds'] as Record<string, unknown>)['SecurityGroupId'] = value;
    expect(lasting(json(changed))).toEqual(expected);
  });

  it('with an object for a field of the first item, if nothing else is said', async () => {
    const { plain, changed } = await faulted({ kind: 'oddFieldType', field: 'InstanceName' });
    const [first, ...others] = itemsIn(json(plain));
    expect(itemsIn(json(changed))).toEqual([{ ...first, InstanceName: {} }, ...others]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an unknown field', { kind: 'oddFieldType', field: 'Nonsense' }],
    ['a field inside a text', { kind: 'oddFieldType', field: 'InstanceName.length' }],
    ['an item that is not there', { kind: 'oddFieldType', field: 'InstanceName', item: 1_000 }],
    ['what every object has', { kind: 'oddFieldType', field: '__proto__.polluted' }],
    ['a depth nowhere', { kind: 'deep', field: 'constructor' }],
  ])('as it is, and the log names no fault, for %s', async (_what, body) => {
    const { plain, changed } = await faulted(body);
    expect(lasting(json(changed))).toEqual(lasting(json(plain)));
    expect(await logged()).toMatchObject([{ fault: undefined }, { fault: undefined }]);
  });

  it('as it is where it is a refusal, which a fault of this kind waits out', async () => {
    await fault({ kind: 'truncated' });
    const refused = await wire('DescribeInstances', { RegionId: 'cn-nowhere' });
    expect(json(refused)).toMatchObject({ Code: 'InvalidRegionId.NotFound' });
    await real();
    expect(await logged()).toMatchObject([{ status: 404 }, { status: 200, fault: 'truncated' }]);
  });
});

describe('regions that lead astray', () => {
  const regionsOf = async (): Promise<readonly Record<string, unknown>[]> => (json(await wire())['Regions'] as { readonly Region: readonly Record<string, unknown>[] }).Region;

  it.each<[string, Record<string, string>, (usual: readonly Record<string, unknown>[], host: string) => unknown]>([
    ['one more region with an endpoint', { regionId: 'cn-evil', endpoint: 'evil.example' }, (usual) => [...usual, { RegionId: 'cn-evil', LocalName: 'cn-evil', RegionEndpoint: 'evil.example', Status: 'available' }]],
    ['one more region, with the usual endpoint', { regionId: '../../x' }, (usual, host) => [...usual, { RegionId: '../../x', LocalName: '../../x', RegionEndpoint: host, Status: 'available' }]],
    ['another endpoint of the first region', { endpoint: 'http://user@evil.example/?' }, ([first, ...others]) => [{ ...first, RegionEndpoint: 'http://user@evil.example/?' }, ...others]],
  ])('are %s', async (_what, body, expected) => {
    const usual = await regionsOf();
    await fault({ kind: 'maliciousRegions', ...body });
    expect(await regionsOf()).toEqual(expected(usual, new URL(sandbox.endpoint).host));
    expect(await regionsOf()).toEqual(usual);
  });

  it('wait for a list of regions', async () => {
    await fault({ kind: 'maliciousRegions', regionId: 'cn-evil' });
    expect(json(await wire('DescribeInstances', { RegionId }))['Regions']).toBeUndefined();
    expect((await regionsOf()).at(-1)).toMatchObject({ RegionId: 'cn-evil' });
  });
});

describe('a fault and a write', () => {
  const JOIN = { RegionId, InstanceId: web, SecurityGroupId: partner };
  const isMember = async (): Promise<boolean> => ((await control(sandbox, 'state', { resource: web }))['securityGroupIds'] as string[]).includes(partner);
  /** Whatever comes back, or nothing. */
  const attempt = (action = 'JoinSecurityGroup', query: Readonly<Record<string, string>> = JOIN): Promise<unknown> => wire(action, query).catch(() => 'broken off');

  const REPLACING: readonly Record<string, unknown>[] = [
    { kind: 'error', code: 'InternalError' },
    { kind: 'ok200WithErrorCode' },
    { kind: 'reset' },
    { kind: 'hang', ms: 1 },
    { kind: 'html503' },
    { kind: 'plain429' },
    { kind: 'redirect', port: 1 },
    { kind: 'empty' },
    { kind: 'garbage' },
    { kind: 'huge', megabytes: 1 },
  ];

  it.each(REPLACING)('%j before it leaves it undone', async (body) => {
    await fault({ action: 'JoinSecurityGroup', ...body });
    await attempt();
    expect([await isMember(), await logged()]).toEqual([false, [expect.objectContaining({ fault: body['kind'] })]]);
  });

  it.each(REPLACING)('%j after it lets it take effect', async (body) => {
    await fault({ action: 'JoinSecurityGroup', when: 'afterWrite', ...body });
    await attempt();
    expect([await isMember(), await logged()]).toEqual([true, [expect.objectContaining({ fault: body['kind'] })]]);
  });

  it.each<Record<string, unknown>>([{ kind: 'truncated' }, { kind: 'truncated', abrupt: true }, { kind: 'drip', chunks: 2, ms: 1 }, { kind: 'wrongEncoding' }, { kind: 'deep' }, { kind: 'oddFieldType', field: 'RequestId', item: 0 }])(
    '%j spoils the answer of one that has taken effect', async (body) => {
      await fault({ action: 'JoinSecurityGroup', ...body });
      await attempt();
      expect([await isMember(), await logged()]).toEqual([true, [expect.objectContaining({ status: 200, fault: body['kind'] })]]);
    });

  it.each<[string, Record<string, string>, string]>([
    ['JoinSecurityGroup', JOIN, web],
    ['LeaveSecurityGroup', { RegionId, InstanceId: web, SecurityGroupId: idOf('sg', 'hz-ssh-office') }, web],
    ['ModifyInstanceAttribute', { InstanceId: web, 'SecurityGroupIds.1': partner }, web],
    ['ModifyNetworkInterfaceAttribute', { RegionId, NetworkInterfaceId: idOf('eni', 'spare-nic-web'), 'SecurityGroupId.1': partner }, idOf('eni', 'spare-nic-web')],
  ])('%s: a reset before it changes nothing, one after it hides the change', async (action, query, resource) => {
    const state = async (): Promise<unknown> => (await control(sandbox, 'state', { resource }))['securityGroupIds'];
    const untouched = await state();
    await fault({ action, kind: 'reset' });
    await attempt(action, query);
    expect(await state()).toEqual(untouched);
    await fault({ action, kind: 'reset', when: 'afterWrite' });
    await attempt(action, query);
    expect(await state()).not.toEqual(untouched);
  });

  it('after it waits until one has taken effect', async () => {
    await fault({ kind: 'reset', when: 'afterWrite' });
    const refused = await wire('JoinSecurityGroup', { ...JOIN, SecurityGroupId: 'sg-bp1nobody' });
    expect([refused.status, (await wire('DescribeInstances', { RegionId })).status, await broken('JoinSecurityGroup', JOIN)]).toEqual([404, 200, 'ECONNRESET']);
  });
});
