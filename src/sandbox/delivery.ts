import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Delivery } from './answer.js';

/** One HTTP request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborted when the sandbox ends. */
  readonly end: AbortSignal;
}

const CHUNK_BYTES = 65_536;

/** Sends an answer, in the way that it asks for; rejects when the sandbox ends meanwhile, and not when the caller goes. */
export async function deliver(exchange: Exchange, answer: Answer, now: number): Promise<void> {
  const { request, response } = exchange;
  const { delivery } = answer;
  // Gone while it waited for the latency: nobody is left to wait for.
  if (request.socket.destroyed) return;
  if (delivery === undefined) {
    writeHead(response, answer, now).end(answer.body);
    return;
  }
  if (delivery.how === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => { gone.abort(); });
  const signal = AbortSignal.any([exchange.end, gone.signal]);
  try {
    if (delivery.how === 'hang') await hang(response, delivery.ms, signal);
    else await sendSlowly({ response: writeHead(response, answer, now), body: answer.body, signal }, delivery);
  } catch (error) {
    if (!gone.signal.aborted && !response.destroyed) throw error;
  }
}

/** The socket closes in the end, so that a caller without a time-out does not wait for ever. */
async function hang(response: ServerResponse, ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
  response.destroy();
}

interface Sending {
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

async function sendSlowly({ response, body, signal }: Sending, delivery: Exclude<Delivery, { how: 'reset' | 'hang' }>): Promise<void> {
  if (delivery.how === 'breakOff') {
    await sent(response, body.subarray(0, delivery.afterBytes), signal);
    response.destroy();
    return;
  }
  if (delivery.how === 'drip') {
    const size = Math.max(1, Math.ceil(body.length / delivery.chunks));
    for (let at = 0; at < body.length; at += size) {
      await write(response, body.subarray(at, at + size), signal);
      await delay(delivery.ms, undefined, { signal });
    }
    response.end();
    return;
  }
  const filling = Buffer.alloc(CHUNK_BYTES, 'x');
  await write(response, body.subarray(0, -2), signal);
  for (let left = delivery.bytes; left > 0; left -= CHUNK_BYTES) await write(response, filling.subarray(0, left), signal);
  response.end(body.subarray(-2));
}

/** Waits until the bytes have left: what is destroyed sends nothing more, not even what was written. */
async function sent(response: ServerResponse, chunk: Buffer, signal: AbortSignal): Promise<void> {
  const gone = once(response, 'close', { signal });
  const written = new Promise<void>((resolve) => { response.write(chunk, () => { resolve(); }); });
  await Promise.race([written, gone]);
}

/** Waits until there is room for more, so that a body that nobody reads does not pile up here. */
async function write(response: ServerResponse, chunk: Buffer, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(chunk)) await once(response, 'drain', { signal });
}

function writeHead(response: ServerResponse, answer: Answer, now: number): ServerResponse {
  return response.writeHead(answer.status, {
    'content-type': 'application/json;charset=utf-8',
    ...length(answer),
    'x-acs-request-id': answer.requestId,
    date: new Date(now).toUTCString(),
    ...answer.headers,
  });
}

function length({ body, delivery }: Answer): Readonly<Record<string, number>> {
  return { 'content-length': body.length + (delivery?.how === 'flood' ? delivery.bytes : 0) };
}
