// A TCP relay before the demo server, which counts what goes through it. The server answers one request a connection, so a connection
// is a request, and its bytes are those of headers and bodies both ways.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * @param {number} port of the server behind it, on this machine
 * @returns {Promise<{url: string, port: number, requests: {method: string, path: string, up: number, down: number}[], stop: () => Promise<void>}>}
 *   requests: in order of their beginning; numbers in bytes
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
  const address = server.address();
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
