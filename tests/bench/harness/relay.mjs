// A TCP relay in front of the demo server, which counts requests and bytes. The server accepts one request on each
// connection, so the bytes of a connection are the headers and bodies of one request and its reply.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * One request and its reply; `up` and `down` are bytes.
 * @typedef {{ method: string, path: string, up: number, down: number }} Relayed
 */

/**
 * Opens a relay. `requests` is in the order of arrival.
 * @param {number} port of the server behind the relay, on this machine
 * @returns {Promise<{ url: string, port: number, requests: Relayed[], stop: () => Promise<void> }>}
 */
export const openRelay = async (port) => {
  const requests = [];
  const open = new Set();
  const server = createServer((client) => {
    const request = { method: '', path: '', up: 0, down: 0 };
    const behind = connect(port, '127.0.0.1');
    for (const socket of [client, behind]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket)).on('error', () => {});
    }
    client.on('data', (bytes) => {
      if (request.up === 0) {
        [request.method, request.path] = bytes.toString('latin1', 0, 4096).split(' ', 2);
        requests.push(request);
      }
      request.up += bytes.length;
    });
    behind.on('data', (bytes) => (request.down += bytes.length));
    client.pipe(behind).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
