import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { KEY } from './certificates.js';

/** A server on 127.0.0.1. */
export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

export async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Whoever is cut off in the middle is what these tests are about.
    socket.on('error', () => undefined);
    socket.once('close', () => { sockets.delete(socket); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => { resolve(); });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An https server that shows these certificates. */
export function secureServer(chain: string, onRequest: RequestListener): Promise<Listening> {
  return listening(createSecureServer({ key: KEY, cert: chain }, onRequest));
}

/** TLS in front of a server that speaks plain http on this machine. */
export function secureFront(chain: string, port: number): Promise<Listening> {
  return listening(createTlsServer({ key: KEY, cert: chain }, (socket) => { joined(socket, port); }));
}

/** A server that does this to every connection, whatever is spoken on it. */
export function bareServer(onConnection: (socket: Socket) => void): Promise<Listening> {
  return listening(createSocketServer(onConnection));
}

function joined(socket: Duplex, port: number): void {
  const other = connect(port, '127.0.0.1');
  for (const [one, next] of [[socket, other], [other, socket]] as const) {
    one.on('error', () => { next.destroy(); });
    one.pipe(next);
  }
}

export interface Proxy extends Listening {
  /** What was asked for so far, as `host:port`, and with which proof. */
  readonly asked: readonly { readonly target: string; readonly authorization: string | undefined }[];
}

/** What a proxy does where it is asked for a tunnel. */
export type OnConnect = (socket: Duplex, request: IncomingMessage) => void;

export async function proxyServer(onConnect: OnConnect): Promise<Proxy> {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    socket.on('error', () => undefined);
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    onConnect(socket, request);
  });
  return { ...(await listening(server)), asked };
}

/** Leads every tunnel to one port of this machine, whatever host was asked for. */
export function tunnelTo(port: number): OnConnect {
  return (socket) => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    joined(socket, port);
  };
}

/** The same for whoever proves to be this person, in the form `name:password`. */
export function tunnelFor(person: string, port: number): OnConnect {
  const proof = `Basic ${Buffer.from(person).toString('base64')}`;
  return (socket, request) => {
    if (request.headers['proxy-authorization'] === proof) tunnelTo(port)(socket, request);
    else refusal('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="corp"')(socket, request);
  };
}

export function refusal(status: string, ...headers: readonly string[]): OnConnect {
  return (socket) => { socket.end([`HTTP/1.1 ${status}`, 'Content-Length: 0', ...headers, '', ''].join('\r\n')); };
}
