import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body up to a number of bytes. A larger one is still read to its end, but not kept: whoever
 * is answered while sending may never see the answer. The server's time-out bounds how long that can take.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks = [];
    });
    request.on('end', () => {
      resolve(size > maxBytes ? 'too large' : Buffer.concat(chunks));
    });
    request.on('error', () => {
      resolve('aborted');
    });
    request.on('close', () => {
      resolve('aborted');
    });
  });
}
