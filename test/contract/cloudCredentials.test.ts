import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/cloud/ecsCloud.js';
import { clientFailure, failed, type Failure } from '../../src/domain/failure.js';
import type { CloudOptions } from '../../src/app/ports/cloud.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { connected, CONTEXT, ecsAt, ecsOf, failureOf, KEYS, options, TOKEN, valueOf } from './support/cloudConnection.js';
import { answering, closedEndpoint, throwaway, type Handler, type Received } from './support/throwaway.js';

const VARIABLES = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN'] as const;
const REGIONS = answering({ RequestId: 'R', Regions: { Region: [] } });

function environment(...values: readonly (string | undefined)[]): void {
  for (const [index, name] of VARIABLES.entries()) vi.stubEnv(name, values[index]);
}
afterEach(() => { vi.unstubAllEnvs(); });

/** What a server received from one read and one write, and what they came to. */
async function exchange(handler: Handler, more: Partial<CloudOptions> = {}): Promise<{ readonly received: readonly Received[]; readonly failures: readonly Failure[] }> {
  const server = await throwaway(handler);
  const ecs = await ecsAt(server.endpoint, more);
  const results = [await ecs.listRegions('en', CONTEXT), await ecs.joinSecurityGroup({ regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-1' }, CONTEXT)];
  await server.stop();
  return { received: server.received, failures: results.flatMap((result) => (result.ok ? [] : [result.failure])) };
}

describe('keys that are given', () => {
  it('sign the request and appear nowhere in it', async () => {
    const { received } = await exchange(REGIONS);
    expect(received.map(({ headers }) => headers.authorization)).toEqual([expect.stringContaining(`Credential=${KEYS.accessKeyId},`), expect.stringContaining(`Credential=${KEYS.accessKeyId},`)]);
    expect(JSON.stringify(received)).not.toContain(KEYS.accessKeySecret);
    expect(received.flatMap(({ headers }) => [headers['x-acs-security-token'], headers['x-acs-accesskey-id']])).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('with a token send the token as a signed header, and nowhere else', async () => {
    const { received } = await exchange(REGIONS, { credentials: { kind: 'keys', ...KEYS, securityToken: TOKEN } });
    for (const { url, headers } of received) {
      expect([headers['x-acs-security-token'], headers['x-acs-accesskey-id'], url.includes(TOKEN)]).toEqual([TOKEN, KEYS.accessKeyId, false]);
      expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-acs-security-token/);
    }
  });

  it('are told as secrets before the first request: the secret and the token, not the id', async () => {
    const secrets: string[] = [];
    const onSecret = (secret: string) => { secrets.push(secret); };
    await connected('', { onSecret });
    await connected('', { onSecret, credentials: { kind: 'keys', ...KEYS, securityToken: TOKEN } });
    expect(secrets).toEqual([KEYS.accessKeySecret, KEYS.accessKeySecret, TOKEN]);
  });

  it.each([
    ['an empty id', { ...KEYS, accessKeyId: '' }],
    ['an empty secret', { ...KEYS, accessKeySecret: '' }],
    ['an id with a line break', { ...KEYS, accessKeyId: 'LTAI\nx' }],
    ['an id in other letters', { ...KEYS, accessKeyId: 'ключ' }],
    ['a token with a line break', { ...KEYS, securityToken: `${TOKEN}\n${TOKEN}` }],
    ['a token in other letters', { ...KEYS, securityToken: `${TOKEN}…${TOKEN}` }],
  ])('that cannot be keys are refused before any request: %s', async (_what, keys) => {
    const server = await throwaway(REGIONS);
    const result = await connect(options(server.endpoint, { credentials: { kind: 'keys', ...keys } }));
    expect([failureOf(result).code, failureOf(result).reached, server.received]).toEqual(['Client.NoCredentials', 'no', []]);
    expect(JSON.stringify(result)).not.toMatch(new RegExp(`${TOKEN}|${KEYS.accessKeySecret}|LTAI`));
    await server.stop();
  });
});

describe('keys of the environment', () => {
  it('sign requests that the service accepts', async () => {
    const sandbox = await startSandbox({ visibilityMs: 0 });
    environment(sandbox.accessKeyId, sandbox.accessKeySecret);
    const ecs = await ecsOf(sandbox, { credentials: { kind: 'environment' } });
    expect(valueOf(await ecs.listRegions('en', CONTEXT)).length).toBe(4);
    await sandbox.stop();
  });

  it('may have a token, which is a secret as well', async () => {
    const secrets: string[] = [];
    environment(KEYS.accessKeyId, KEYS.accessKeySecret, TOKEN);
    const { received } = await exchange(REGIONS, { credentials: { kind: 'environment' }, onSecret: (secret) => { secrets.push(secret); } });
    expect([received[0]?.headers['x-acs-security-token'], secrets]).toEqual([TOKEN, [KEYS.accessKeySecret, TOKEN]]);
  });

  it('that have an empty token have none', async () => {
    environment(KEYS.accessKeyId, KEYS.accessKeySecret, '');
    const { received } = await exchange(REGIONS, { credentials: { kind: 'environment' } });
    expect(received[0]?.headers['x-acs-security-token']).toBeUndefined();
  });

  it.each<[string, readonly (string | undefined)[], string | undefined]>([
    ['nothing', [], undefined],
    ['only the id', ['LTAIenvironment000001'], VARIABLES[1]],
    ['only the secret', [undefined, 'environment-secret-1'], VARIABLES[0]],
    ['an empty id', ['', 'environment-secret-1'], VARIABLES[0]],
    ['a secret of two words', ['LTAIenvironment000001', 'environment secret'], VARIABLES[1]],
  ])('that are incomplete are a failure that names the variable: %s', async (_what, values, field) => {
    environment(...values);
    const server = await throwaway(REGIONS);
    const result = await connect(options(server.endpoint, { credentials: { kind: 'environment' } }));
    expect([result, server.received]).toEqual([failed(clientFailure('Client.NoCredentials', field === undefined ? {} : { place: { file: 'env', field } })), []]);
    await server.stop();
  });
});

describe('the identity', () => {
  it('is the same for the same key and endpoint and else another, and carries neither', async () => {
    const keys = await Promise.all([
      connected(''),
      connected(''),
      connected('https://ecs.example.com'),
      connected('', { credentials: { kind: 'keys', ...KEYS, accessKeyId: 'LTAIanother000000001' } }),
    ]).then((all) => all.map(({ identity }) => identity.key));
    expect([keys[0] === keys[1], new Set(keys).size]).toEqual([true, 3]);
    expect(JSON.stringify(keys)).not.toMatch(/LTAI|example/);
  });

  it('does not depend on the secret and has the account number where it is known', async () => {
    const [one, two] = await Promise.all([connected('', { accountId: '42' }), connected('', { credentials: { kind: 'keys', ...KEYS, accessKeySecret: 'rotated-rotated-rotated' } })]);
    expect([one.identity.key === two.identity.key, one.identity.accountId, two.identity]).toEqual([true, '42', { key: one.identity.key }]);
  });
});

describe('the endpoint setting', () => {
  it.each(['ecs.example.com', 'ftp://ecs.example.com', 'https://', 'https://user:pw@127.0.0.1', 'https://127.0.0.1/path', 'https://127.0.0.1?x', 'http://ecs.example.com', 'http://127.0.0.1.evil.com', 'https://127.0.0.1:99999', 'javascript:alert(1)', ' '])('is refused before any request when it is malformed: %j', async (endpoint) => {
    expect(failureOf(await connect(options(endpoint)))).toEqual({ code: expect.stringMatching(/^Client\.InvalidEndpoint\.\w+$/) as string, reached: 'no', operation: '' });
  });

  it('is where all regions are asked', async () => {
    const server = await throwaway(answering({ Instances: {} }));
    const { ecs, endpoint } = await connected(`${server.endpoint}/`);
    for (const regionId of ['cn-hangzhou', 'us-west-1', 'cn-nowhere-9']) await ecs.listInstances({ regionId }, CONTEXT);
    expect([endpoint, server.received.map(({ url }) => new URLSearchParams(url.slice(2)).get('RegionId'))]).toEqual([server.endpoint, ['cn-hangzhou', 'us-west-1', 'cn-nowhere-9']]);
    expect(new Set(server.received.map(({ headers }) => headers.host))).toEqual(new Set([new URL(server.endpoint).host]));
    await server.stop();
  });

  it('is nobody\'s when it is empty', async () => {
    expect('endpoint' in (await connected(''))).toBe(false);
  });
});

describe('no failure carries a secret', () => {
  /** A gateway that tells everything it got, as the service does of a signature that does not match. */
  const telling: Handler = (response, request, count) => {
    const told = JSON.stringify({ url: request.url, headers: request.headers });
    answering({ RequestId: 'R', Code: 'SignatureDoesNotMatch', Message: `The request was: ${told}; server string to sign: ${request.headers.authorization ?? ''}`, Recommend: `https://api.aliyun.com/?q=${request.headers['x-acs-security-token']?.toString() ?? ''}` }, 400)(response, request, count);
  };
  const breaking: Handler = (response) => { response.socket?.resetAndDestroy(); };
  const odd = answering({ ok: true });
  const credentials = { kind: 'keys', ...KEYS, securityToken: TOKEN } as const;

  it.each<[string, Handler]>([
    ['a service that repeats the request', telling],
    ['a broken connection', breaking],
    ['an odd answer', odd],
    ['a page', answering('<html>', 403)],
  ])('of %s', async (_what, handler) => {
    const { received, failures } = await exchange(handler, { credentials });
    const text = JSON.stringify(failures);
    const signatures = received.map(({ headers }) => /Signature=([0-9a-f]+)/.exec(headers.authorization ?? '')?.[1] ?? 'no signature');
    expect([failures.length, signatures.includes('no signature')]).toEqual([2, false]);
    for (const secret of [KEYS.accessKeySecret, TOKEN, ...signatures]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/Signature=[0-9a-f]/);
  });

  it('of a connection that was refused', async () => {
    const ecs = await ecsAt(await closedEndpoint(), { credentials });
    const text = JSON.stringify(failureOf(await ecs.listRegions('en', CONTEXT)));
    expect([text.includes(KEYS.accessKeySecret), text.includes(TOKEN), /authorization/i.test(text)]).toEqual([false, false, false]);
  });

  it('keeps the rest of the service\'s words', async () => {
    const { failures } = await exchange(answering({ Code: 'X', Message: 'The specified group does not exist: sg-1. See https://help.aliyun.com/document_detail/25485.html' }, 404), { credentials });
    expect(failures[1]?.serviceMessage).toBe('The specified group does not exist: sg-1. See https://help.aliyun.com/document_detail/25485.html');
  });
});
