import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A small server on 127.0.0.1 that answers as one test wants it to. */
export interface Throwaway {
  readonly endpoint: string;
  readonly received: Received[];
  /** How many connections were made so far. */
  connections(): number;
  /** Resolves when the first request has come. */
  readonly arrived: Promise<void>;
  stop(): Promise<void>;
}

export type Handler = (response: ServerResponse, request: IncomingMessage, count: number) => void;

export async function throwaway(handler: Handler): Promise<Throwaway> {
  const received: Received[] = [];
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => { arrive = resolve; });
  const server = createServer((request, response) => {
    received.push({ url: request.url ?? '', headers: request.headers });
    arrive();
    handler(response, request, received.length);
  });
  let connections = 0;
  server.on('connection', () => { connections += 1; });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    arrived,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => { resolve(); });
        server.closeAllConnections();
      }),
  };
}

/** Answers JSON, or whatever text, with a status. */
export function answering(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Handler {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A port of this machine on which nobody listens. */
export async function closedEndpoint(): Promise<string> {
  const server = await throwaway(() => undefined);
  await server.stop();
  return server.endpoint;
}
