import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the gateway answers a request instead of passing it on, with the request in it. */
export type Telling = 'signature' | 'html' | 'cut';

/** Something between the extension and the service that knows every request, and repeats one when it is told to. */
export interface Gateway {
  readonly endpoint: string;
  /** The signatures of all requests so far. */
  readonly signatures: ReadonlySet<string>;
  /** The next request of this action is answered with itself. */
  tell(action: string, how: Telling): void;
  /** Whether every request that was to be answered so has come. */
  hasTold(): boolean;
  stop(): void;
}

const ANSWERS: Readonly<Record<Telling, (request: string) => readonly [number, string, string]>> = {
  signature: (request) => [400, 'application/json', JSON.stringify({ Code: 'SignatureDoesNotMatch', Message: `Specified signature is not matched with our calculation. server string to sign is:${request}`, RequestId: '0A1B2C3D-0000-4000-8000-000000000001' })],
  html: (request) => [502, 'text/html', `<html><head><title>Bad Gateway</title></head><body><pre>${request}</pre></body></html>`],
  cut: (request) => [403, 'application/json', `{"Code":"Forbidden","Message":"${request.replaceAll('\n', '\\n').replaceAll('"', '\\"')}`],
};

/** Passes everything on to the service at this address, with the headers as they came: the signature covers the host. */
export async function startGateway(service: string): Promise<Gateway> {
  const signatures = new Set<string>();
  const wanted = new Map<string, Telling>();
  const server = http.createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const signature = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1];
    if (signature !== undefined) signatures.add(signature);
    const action = String(headers['x-acs-action']);
    const how = wanted.get(action);
    if (how !== undefined) {
      wanted.delete(action);
      const [status, type, body] = ANSWERS[how]([`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)].join('\n'));
      response.writeHead(status, { 'content-type': type }).end(body);
      return;
    }
    const onward = http.request(`${service}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => { response.destroy(); });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signatures,
    tell: (action, how) => { wanted.set(action, how); },
    hasTold: () => wanted.size === 0,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
