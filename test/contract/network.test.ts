import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { Agent, getGlobalDispatcher, ProxyAgent, setGlobalDispatcher, type Dispatcher } from 'undici';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { hostPaths, type HostName } from '../../tools/paths.mjs';
import { CHAINS, CORP_HOST, INSPECTED_CHAINS, ROOT } from './support/certificates.js';
import { CONTEXT, ecsAt, failureOf, KEYS, valueOf } from './support/cloudConnection.js';
import { answering, closedEndpoint, throwaway, type Handler } from './support/throwaway.js';
import { bareServer, proxyServer, refusal, secureServer, tunnelFor, tunnelTo, type Listening, type OnConnect, type Proxy } from './support/tunnel.js';

const usual = getGlobalDispatcher();
const usualFetch = fetch;
afterEach(() => {
  setGlobalDispatcher(usual);
  vi.unstubAllGlobals();
});

/** From here to the end of the test, what `fetch` sends goes this way. */
function route(dispatcher: Dispatcher): void {
  setGlobalDispatcher(dispatcher);
  onTestFinished(() => dispatcher.destroy());
}

/** Every name is this machine, as in the hosts file of a test bench. */
const lookup: LookupFunction = (_host, options, done) => {
  if (options.all === true) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

async function until<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  onTestFinished(() => server.stop());
  return server;
}

/** ECS behind TLS, and how many requests reached it. */
async function service(chain: string): Promise<{ readonly port: number; readonly requests: () => number }> {
  let requests = 0;
  const { port } = await until(secureServer(chain, (_request, response) => {
    requests += 1;
    response.end(JSON.stringify({ RequestId: 'R' }));
  }));
  return { port, requests: () => requests };
}

const MEMBERSHIP = { regionId: 'cn-hangzhou', securityGroupId: 'sg-1', instanceId: 'i-1' };

/** What becomes of a write, which is sent once: code, and whether it may have arrived. */
async function outcome(port: number): Promise<string> {
  const result = await (await ecsAt(`https://${CORP_HOST}:${String(port)}`)).joinSecurityGroup(MEMBERSHIP, CONTEXT);
  return result.ok ? 'sent' : `${result.failure.code} ${result.failure.reached}`;
}

describe('a certificate', () => {
  it.each<[string, string, string, string]>([
    ['of a root that is not installed', CHAINS.good, '', 'Client.TlsUntrusted no'],
    ['of itself', CHAINS.selfSigned, ROOT, 'Client.TlsUntrusted no'],
    ['of an inspecting proxy that does not send its own', CHAINS.inspected, ROOT, 'Client.TlsUntrusted no'],
    ['of an inspecting proxy whose root is not installed', INSPECTED_CHAINS.withMiddle, '', 'Client.TlsUntrusted no'],
    ['of an inspecting proxy that sends its root, which is not installed', INSPECTED_CHAINS.withRoot, '', 'Client.TlsUntrusted no'],
    ['that has expired', CHAINS.expired, ROOT, 'Client.TlsDate no'],
    ['that is not yet valid', CHAINS.future, ROOT, 'Client.TlsDate no'],
    ['of another host', CHAINS.other, ROOT, 'Client.TlsHost no'],
    ['of a root that is installed', CHAINS.good, ROOT, 'sent'],
    ['of an inspecting proxy whose root is installed', INSPECTED_CHAINS.withMiddle, ROOT, 'sent'],
  ])('%s is diagnosed, and nothing is sent unless all is well', async (_what, chain, root, expected) => {
    const { port, requests } = await service(chain);
    route(new Agent({ connect: { lookup, ca: [...rootCertificates, root] } }));
    expect([await outcome(port), requests()]).toEqual([expected, expected === 'sent' ? 1 : 0]);
  });

  it('is told about in the log by the system\'s words, without the keys', async () => {
    const { port } = await service(CHAINS.other);
    route(new Agent({ connect: { lookup, ca: ROOT } }));
    const { detail } = failureOf(await (await ecsAt(`https://${CORP_HOST}:${String(port)}`)).joinSecurityGroup(MEMBERSHIP, CONTEXT));
    expect(detail).toMatch(/^ERR_TLS_CERT_ALTNAME_INVALID .*other\.corp\.example/);
    expect(detail).not.toContain(KEYS.accessKeyId);
  });
});

describe('a server that speaks no TLS', () => {
  it('breaks the secure connection, after which nobody can say for sure that nothing was sent', async () => {
    const { port } = await until(bareServer((socket) => { socket.once('data', () => { socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'); }); }));
    route(new Agent({ connect: { lookup } }));
    expect(await outcome(port)).toBe('Client.Tls maybe');
  });

  it('but hangs up has got nothing', async () => {
    const { port } = await until(bareServer((socket) => { socket.once('data', () => { socket.destroy(); }); }));
    route(new Agent({ connect: { lookup } }));
    expect(await outcome(port)).toBe('Client.TunnelCut no');
  });
});

const PERSON = 'jane:proxy-canary-1';

/** How requests get to a proxy: by undici's own agent, or by VS Code's fetch of one of the hosts. */
type Way = (proxy: Proxy, person: string) => void;

const byUndici: Way = ({ port }, person) => {
  route(new ProxyAgent({ uri: `http://${person}127.0.0.1:${String(port)}`, requestTls: { ca: ROOT } }));
};

interface ProxyAgentModule {
  readonly createFetchPatch: (params: unknown, original: typeof fetch, resolve: (url: string) => Promise<string>) => typeof fetch;
}

const agentFolder = (host: HostName): string => path.join(hostPaths(host).modules, '@vscode', 'proxy-agent');

/** The module that VS Code puts between extensions and the network, set up as in its extension host where nobody answers its question for a password. */
const byVsCode = (host: HostName): Way => ({ port }, person) => {
  const { createFetchPatch } = createRequire(import.meta.url)(agentFolder(host)) as ProxyAgentModule;
  const [yes, no, quiet] = [() => true, () => false, () => undefined];
  const params = {
    ...{ isAdditionalFetchSupportEnabled: yes, getProxySupport: () => 'override', addCertificatesV1: yes, addCertificatesV2: no, loadSystemCertificatesFromNode: no },
    ...{ loadAdditionalCertificates: () => Promise.resolve([ROOT]), lookupProxyAuthorization: () => Promise.resolve(undefined) },
    log: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
  };
  vi.stubGlobal('fetch', createFetchPatch(params, usualFetch, () => Promise.resolve(`http://${person}127.0.0.1:${String(port)}`)));
};

const WAYS: readonly (readonly [string, boolean, Way])[] = [
  ['the agent of undici', true, byUndici],
  ['the fetch of the newest VS Code', existsSync(agentFolder('newest')), byVsCode('newest')],
  ['the fetch of the oldest VS Code', existsSync(agentFolder('oldest')), byVsCode('oldest')],
];

for (const [name, isThere, way] of WAYS) {
  describe.skipIf(!isThere)(`a proxy behind ${name}`, () => {
    const through = async (onConnect: (to: number) => OnConnect, person = ''): Promise<{ readonly told: string; readonly requests: number; readonly proxy: Proxy }> => {
      const { port, requests } = await service(CHAINS.good);
      const proxy = await until(proxyServer(onConnect(port)));
      way(proxy, person);
      return { told: await outcome(443), requests: requests(), proxy };
    };

    it('carries the request to a host that only it can reach', async () => {
      const { told, requests, proxy } = await through(tunnelTo);
      expect([told, requests, proxy.asked]).toEqual(['sent', 1, [{ target: `${CORP_HOST}:443`, authorization: undefined }]]);
    });

    it('that wants a name and password is told apart, and gets those of its address', async () => {
      const wanting = (port: number): OnConnect => tunnelFor(PERSON, port);
      const [without, wrong, right] = [await through(wanting), await through(wanting, 'jane:other@'), await through(wanting, `${PERSON}@`)];
      expect([without, wrong, right].map(({ told, requests }) => [told, requests])).toEqual([['Client.ProxyAuthentication no', 0], ['Client.ProxyAuthentication no', 0], ['sent', 1]]);
    });

    it.each<[string, OnConnect, string]>([
      ['a 407 that does not say how', refusal('407 Proxy Authentication Required'), 'Client.ProxyAuthentication no'],
      ['a 403', refusal('403 Forbidden'), 'Client.ProxyRefused no'],
      ['a 502', refusal('502 Bad Gateway'), 'Client.ProxyRefused no'],
      ['the way to a sign-in page', refusal('302 Found', 'Location: http://portal.corp.example/'), 'Client.ProxyRefused no'],
      ['a tunnel that it cuts', (socket) => { socket.end('HTTP/1.1 200 OK\r\n\r\n'); }, 'Client.TunnelCut no'],
    ])('that answers %s has let nothing through', async (_what, onConnect, expected) => {
      const { told, requests } = await through(() => onConnect);
      expect([told, requests]).toEqual([expected, 0]);
    });

    it('that is not there is told by what it is, and its password by nobody', async () => {
      const port = Number(new URL(await closedEndpoint()).port);
      const proxy: Proxy & Listening = { port, asked: [], stop: () => Promise.resolve() };
      way(proxy, `${PERSON}@`);
      const failure = failureOf(await (await ecsAt(`https://${CORP_HOST}`)).joinSecurityGroup(MEMBERSHIP, CONTEXT));
      expect([failure.code, failure.reached]).toEqual(['Client.ConnectionRefused', 'no']);
      expect(JSON.stringify(failure)).not.toContain('proxy-canary');
    });
  });
}

describe('something in between that answers itself', () => {
  const PAGE = '<!doctype html><title>Sign in</title>';
  it.each<[string, Handler, string]>([
    ['the page of a network that wants a sign-in', answering(PAGE, 200, { 'content-type': 'text/html' }), 'Client.HtmlAnswer maybe'],
    ['a redirect with a page', answering(PAGE, 302, { 'content-type': 'text/html', location: 'http://portal.corp.example/' }), 'Client.HtmlAnswer maybe'],
    ['a redirect without one', answering('', 302, { location: 'http://portal.corp.example/' }), 'Client.Redirected maybe'],
    ['the status of RFC 6585 for that', answering(PAGE, 511, { 'content-type': 'text/html' }), 'Client.HtmlAnswer maybe'],
    ['the page of a proxy that reports an error', answering(PAGE, 503, { 'content-type': 'text/html' }), 'Client.HtmlAnswer maybe'],
    ['a demand for a name and password', answering(PAGE, 407, { 'proxy-authenticate': 'Basic realm="corp"' }), 'Client.ProxyAuthentication maybe'],
  ])('is known by its answer: %s', async (_what, handler, expected) => {
    const server = await until(throwaway(handler));
    const { code, reached } = failureOf(await (await ecsAt(server.endpoint)).joinSecurityGroup(MEMBERSHIP, CONTEXT));
    expect([`${code} ${reached}`, server.received.length]).toEqual([expected, 1]);
  });

  it('does not stand in the way of the next request', async () => {
    const server = await until(throwaway((response, request, count) => { (count === 1 ? answering(PAGE, 200, { 'content-type': 'text/html' }) : answering({ RequestId: 'R' }))(response, request, count); }));
    const ecs = await ecsAt(server.endpoint);
    expect(failureOf(await ecs.joinSecurityGroup(MEMBERSHIP, CONTEXT)).code).toBe('Client.HtmlAnswer');
    expect(valueOf(await ecs.joinSecurityGroup(MEMBERSHIP, CONTEXT))).toEqual({ requestId: 'R', httpStatus: 200 });
  });
});
