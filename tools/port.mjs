// @ts-check
import net from 'node:net';

/**
 * @param {number} port 0 for any
 * @returns {Promise<number | undefined>} the port when it is free on 127.0.0.1
 */
function probe(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : undefined);
      });
    });
  });
}

/**
 * @param {number} wanted 0 for any
 * @returns {Promise<number>} that port, or the first free one of the twenty after it
 */
export async function freePort(wanted) {
  for (let port = wanted; port <= Math.min(wanted + 20, 65_535); port += 1) {
    const free = await probe(port);
    if (free !== undefined) return free;
  }
  throw new Error(`no free port on 127.0.0.1 from ${wanted} to ${wanted + 20}`);
}
