import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../src/app/ports/ecs.js';
import type { Failure } from '../../src/domain/failure.js';
import { explain } from '../../src/domain/explain.js';
import { failureSentence } from '../../src/present/reportText.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { against, READ, WRITE } from './support/against.js';
import { CONTEXT, ecsAt, ecsOf, failureOf, KEYS, TOKEN, valueOf } from './support/cloudConnection.js';
import { idOf } from './support/demoIds.js';
import { control } from './support/sandboxControl.js';
import { answering, throwaway, type Handler } from './support/throwaway.js';

/** Traps of the official SDK around answers (sdk-facts.md, section 3), each by its name. */

const PAGE = '<!DOCTYPE html><html><body>Please sign in to the network.</body></html>';
const BODY = JSON.stringify({ RequestId: 'R', Regions: { Region: [{ RegionId: 'cn-x', LocalName: 'x' }] } });
const bytes = (body: Buffer, headers: Readonly<Record<string, string>> = {}): Handler => (response) => { response.writeHead(200, headers).end(body); };

describe('trap: whatever is no JSON is a bare SyntaxError without a status', () => {
  it.each<[string, Handler, string, number]>([
    ['a page', answering(PAGE, 200, { 'content-type': 'text/html' }), 'Client.HtmlAnswer', 200],
    ['a page with an error', answering(PAGE, 403), 'Client.HtmlAnswer', 403],
    ['a page of another kind', answering('\n <html lang="en">', 404), 'Client.HtmlAnswer', 404],
    ['a plain text', answering('Bad Request', 400), 'Client.NotJson', 400],
    ['truncated JSON', answering('{"RequestId":"R","Regions":{"Reg'), 'Client.NotJson', 200],
    ['nothing', answering(''), 'Client.NotJson', 200],
    ['no content', (response) => { response.writeHead(204).end(); }, 'Client.NotJson', 204],
    ['null, where the SDK reads on', answering('null'), 'Client.NotJson', 200],
    ['a list', answering('[]'), 'Client.NotJson', 200],
    ['a number', answering('200'), 'Client.NotJson', 200],
    ['XML', answering('<?xml version="1.0"?><Error><Code>X</Code></Error>', 400), 'Client.NotJson', 400],
    ['noise', bytes(Buffer.from([0xff, 0x00, 0x9c, 0x28])), 'Client.NotJson', 200],
    ['UTF-16', bytes(Buffer.from(BODY, 'utf16le')), 'Client.NotJson', 200],
    ['packed without saying so', bytes(gzipSync(BODY)), 'Client.NotJson', 200],
  ])('%s is a failure with its status, and not asked for again', async (_what, handler, code, httpStatus) => {
    const [read, write] = await Promise.all([against(handler, READ), against(handler, WRITE)]);
    expect([read, write]).toEqual([
      { failure: { operation: 'DescribeRegions', reached: 'maybe', code, httpStatus }, requests: 1 },
      { failure: { operation: 'JoinSecurityGroup', reached: 'maybe', code, httpStatus }, requests: 1 },
    ]);
  });

  it('what says that it is packed and is not cannot be read, either', async () => {
    const { failure, requests } = await against(bytes(Buffer.from(BODY), { 'content-encoding': 'gzip' }), READ);
    expect([failure, requests]).toMatchObject([{ operation: 'DescribeRegions', code: 'Client.NotJson', reached: 'maybe' }, 1]);
  });

  it('what is packed and says so is read', async () => {
    const server = await throwaway(bytes(gzipSync(BODY), { 'content-encoding': 'gzip' }));
    expect(valueOf(await READ(await ecsAt(server.endpoint)))).toEqual([{ id: 'cn-x', name: 'x' }]);
    await server.stop();
  });

  it('bytes that are no UTF-8 cost the characters that they stand for', async () => {
    const at = BODY.indexOf('"x"') + 2;
    const server = await throwaway(bytes(Buffer.concat([Buffer.from(BODY.slice(0, at)), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(BODY.slice(at))])));
    expect(valueOf(await READ(await ecsAt(server.endpoint)))).toEqual([{ id: 'cn-x', name: 'x\uFFFD(\uFFFD' }]);
    await server.stop();
  });

  it('flow control in plain words is flow control, with the wait that it asks for', async () => {
    const handler = answering('Too Many Requests', 429, { 'retry-after': '61' });
    const [read, write] = await Promise.all([against(handler, READ), against(handler, WRITE)]);
    const failure = { reached: 'maybe', code: 'HTTP.429', httpStatus: 429, retryAfterMs: 61_000 };
    expect([read, write]).toEqual([{ failure: { ...failure, operation: 'DescribeRegions' }, requests: 1 }, { failure: { ...failure, operation: 'JoinSecurityGroup' }, requests: 1 }]);
    expect(explain(write.failure).retry).toBe('throttled');
  });

  it('a gateway that is down is asked again by a read', async () => {
    const server = await throwaway((response, request, count) => { (count === 1 ? answering(PAGE, 502) : answering(BODY))(response, request, count); });
    expect([valueOf(await READ(await ecsAt(server.endpoint))), server.received.length]).toEqual([[{ id: 'cn-x', name: 'x' }], 2]);
    await server.stop();
  });

  it('an answer without end is left', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const { failure } = await against((response) => {
      response.writeHead(200);
      const more = () => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', more);
      more();
    }, WRITE);
    expect(failure).toEqual({ operation: 'JoinSecurityGroup', code: 'Client.AnswerTooLarge', reached: 'maybe', httpStatus: 200 });
  });
});

describe('trap: what an error does not say reads "undefined"', () => {
  it.each<[string, unknown, number]>([
    ['nothing but a code', { Code: 'SomeError' }, 400],
    ['nothing at all', {}, 500],
    ['nulls', { Code: 'SomeError', Message: null, RequestId: null, Recommend: null, AccessDeniedDetail: null }, 403],
    ['an empty denial', { Code: 'Forbidden.RAM', AccessDeniedDetail: {} }, 403],
    ['an error under 200', { Code: 'SomeError' }, 200],
  ])('an error that says %s has no such word in its value or its sentences', async (_what, body, status) => {
    const { failure } = await against(answering(body, status), WRITE);
    const texts = [JSON.stringify(failure), failureSentence(failure, 'en'), failureSentence(failure, 'zh')];
    expect([failure.serviceMessage, failure.requestId, texts.filter((text) => /undefined|null|\[object/.test(text))]).toEqual([undefined, undefined, []]);
  });
});

describe('trap: error texts repeat the parameters of the request', () => {
  const marks = { securityGroupId: 'sg-bp1marker000000001', instanceId: 'i-bp1marker000000002' };
  const credentials = { kind: 'keys', ...KEYS, securityToken: TOKEN } as const;
  const breakOff: Handler = (response) => { response.writeHead(200, { 'content-length': '1000' }).write('{"RequestId":'); response.socket?.end(); };

  it.each<[string, Handler]>([
    ['breaks the connection', (response) => { response.socket?.resetAndDestroy(); }],
    ['closes it without a word', (response) => { response.socket?.destroy(); }],
    ['breaks off', breakOff],
    ['does not speak HTTP', (response) => { response.socket?.end('220 mail.example.com ESMTP\r\n'); }],
    ['hangs', () => undefined],
    ['redirects', (response, request) => { response.writeHead(302, { location: request.url ?? '' }).end(); }],
    ['repeats the request in a page', (response, request) => { response.writeHead(502).end(`<html>${request.url ?? ''} ${JSON.stringify(request.headers)}</html>`); }],
    ['repeats the request in a text', (response, request) => { response.writeHead(400).end(`${request.url ?? ''} ${JSON.stringify(request.headers)}`); }],
    ['has odd headers', (response) => { response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'); }],
  ])('a server that %s makes a failure without address, parameters, secrets or a library\'s sentence', async (_what, handler) => {
    const server = await throwaway(handler);
    const cloud = await ecsAt(server.endpoint, { credentials, timeoutSeconds: 0.3 });
    const failure = failureOf(await cloud.joinSecurityGroup({ regionId: 'cn-hangzhou', ...marks }, CONTEXT));
    await server.stop();
    expect([failure.operation, failure.reached, failure.serviceMessage]).toEqual(['JoinSecurityGroup', 'maybe', undefined]);
    expect(JSON.stringify(failure)).not.toMatch(new RegExp([...Object.values(marks), KEYS.accessKeySecret, TOKEN, 'Signature=', 'https?://', 'fetch failed', 'Failed to parse', ' at '].join('|')));
  });

  it('of a service that repeats the request only the words without secrets are left', async () => {
    const telling: Handler = (response, request, count) => {
      answering({ RequestId: KEYS.accessKeySecret, Code: 'SignatureDoesNotMatch', Message: `The request was: ${JSON.stringify(request.headers)} and the key ${KEYS.accessKeySecret}` }, 400)(response, request, count);
    };
    const server = await throwaway(telling);
    const failure = failureOf(await WRITE(await ecsAt(server.endpoint, { credentials })));
    await server.stop();
    expect(failure).toMatchObject({ code: 'SignatureDoesNotMatch', requestId: '[hidden]', serviceMessage: expect.stringMatching(/^The request was: .*\[hidden\]/) as unknown });
    expect(JSON.stringify(failure)).not.toMatch(new RegExp(`${KEYS.accessKeySecret}|${TOKEN}|Signature=[0-9a-f]`));
  });

  it('an answer that is JSON and nothing else tells no secret in its RequestId', async () => {
    const { failure } = await against(answering({ RequestId: `R ${KEYS.accessKeySecret}`, ok: true }), READ);
    expect([failure.code, failure.requestId]).toEqual(['Client.OddAnswer', 'R [hidden]']);
  });
});

describe('trap: a parameter with half a character ends in an exception', () => {
  it('a token of the service that no address can carry is a failure, and nothing is sent', async () => {
    const server = await throwaway(answering({ RequestId: 'R', NextToken: 'half \uD83D', Instances: { Instance: [] } }));
    const cloud = await ecsAt(server.endpoint);
    const { nextToken } = valueOf(await cloud.listInstances({ regionId: 'cn-hangzhou' }, CONTEXT));
    const failure = failureOf(await cloud.listInstances({ regionId: 'cn-hangzhou', nextToken }, CONTEXT));
    expect([failure, server.received.length]).toMatchObject([{ operation: 'DescribeInstances', code: 'Client.Unexpected', reached: 'no' }, 1]);
    await server.stop();
  });
});

describe('trap: one odd field loses the whole page', () => {
  const regionId = 'cn-hangzhou';
  const TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object'] as const;
  let sandbox: Sandbox;
  let ecs: Ecs;
  beforeAll(async () => {
    sandbox = await startSandbox({ visibilityMs: 0 });
    ecs = await ecsOf(sandbox);
  });
  beforeEach(async () => { await control(sandbox, 'clearFaults'); });
  afterAll(() => sandbox.stop());

  const idLess = (items: readonly { readonly id?: string }[]) => items.map(({ id }) => id ?? 'no id');
  const lists: readonly (readonly [string, string, readonly string[], (cloud: Ecs) => Promise<readonly { readonly id?: string }[]>])[] = [
    ['DescribeRegions', 'RegionId', ['LocalName', 'RegionEndpoint', 'Status'], async (cloud) => valueOf(await cloud.listRegions('en', CONTEXT))],
    ['DescribeInstances', 'InstanceId', ['InstanceName', 'Status', 'VpcAttributes', 'VpcAttributes.VpcId', 'VpcAttributes.PrivateIpAddress', 'SecurityGroupIds', 'SecurityGroupIds.SecurityGroupId', 'NetworkInterfaces', 'NetworkInterfaces.NetworkInterface', 'OperationLocks', 'Tags', 'Tags.Tag', 'EipAddress', 'PublicIpAddress', 'Memory', 'DeletionProtection'], async (cloud) => valueOf(await cloud.listInstances({ regionId }, CONTEXT)).items],
    ['DescribeNetworkInterfaces', 'NetworkInterfaceId', ['NetworkInterfaceName', 'Type', 'Status', 'VpcId', 'PrivateIpSets', 'PrivateIpSets.PrivateIpSet', 'Ipv6Sets', 'SecurityGroupIds', 'ServiceManaged', 'OwnerId', 'Attachment', 'Tags'], async (cloud) => valueOf(await cloud.listNetworkInterfaces({ regionId }, CONTEXT)).items],
    ['DescribeSecurityGroups', 'SecurityGroupId', ['SecurityGroupName', 'SecurityGroupType', 'VpcId', 'RuleCount', 'ServiceManaged', 'Tags', 'EcsCount', 'AvailableInstanceAmount'], async (cloud) => valueOf(await cloud.listSecurityGroups({ regionId, countPlaces: true }, CONTEXT)).items],
    ['DescribeSecurityGroupAttribute', '', ['SecurityGroupRuleId', 'Direction', 'Policy', 'IpProtocol', 'PortRange', 'SourceCidrIp', 'Priority', 'Description'], async (cloud) => valueOf(await cloud.readRules({ regionId, securityGroupId: idOf('sg', 'hz-web-public') }, CONTEXT)).rules],
  ];

  it.each(lists)('%s keeps every item whatever one field of it is', async (action, _idField, fields, read) => {
    const whole = await read(ecs);
    expect(whole.length).toBeGreaterThan(1);
    for (const field of fields) {
      for (const type of TYPES) {
        await control(sandbox, 'faults', { kind: 'oddFieldType', action, field, item: 1, type });
        const page = await read(ecs);
        expect([field, type, page.slice(1), page.length]).toEqual([field, type, whole.slice(1), whole.length]);
      }
    }
  });

  it.each(lists.filter(([, idField]) => idField !== ''))('%s leaves out only what has no id to be known by', async (action, idField, _fields, read) => {
    const whole = await read(ecs);
    for (const type of ['null', 'array', 'object'] as const) {
      await control(sandbox, 'faults', { kind: 'oddFieldType', action, field: idField, item: 1, type });
      expect(idLess(await read(ecs))).toEqual(idLess(whole.slice(1)));
    }
  });

  it('a list of nothing but items without an id is no empty list', async () => {
    const failures: Failure[] = [];
    for (const body of [{ Regions: { Region: [{}, 'odd'] } }, { Instances: { Instance: [{ InstanceId: {} }] } }, { Permissions: { Permission: ['odd'] } }]) {
      const server = await throwaway(answering({ RequestId: 'R', ...body }));
      const cloud = await ecsAt(server.endpoint);
      failures.push(failureOf('Regions' in body ? await READ(cloud) : 'Instances' in body ? await cloud.listInstances({ regionId }, CONTEXT) : await cloud.readRules({ regionId, securityGroupId: 'sg-1' }, CONTEXT)));
      await server.stop();
    }
    expect(failures.map(({ code, operation, reached, requestId }) => [code, operation, reached, requestId])).toEqual(['DescribeRegions', 'DescribeInstances', 'DescribeSecurityGroupAttribute'].map((operation) => ['Client.OddAnswer', operation, 'yes', 'R']));
  });
});
