// The demo shop at an address of its own, with something taken away or late: for what a shop is worth without us.

import { createServer, request as ask } from 'node:http';

/**
 * Passes everything on to `target`.
 * @param {object} changes
 * @param {string[]} [changes.absent] paths that are not found
 * @param {Record<string, Promise<unknown>>} [changes.late] paths that are not passed on before this has settled
 * @param {(policy: string) => string} [changes.policy] what becomes of the Content-Security-Policy
 * @returns {Promise<{url: string, stop(): Promise<void>}>}
 */
export const openProxy = async (target, { absent = [], late = {}, policy = (same) => same }) => {
  const server = createServer(async (request, response) => {
    await late[request.url];
    if (absent.includes(request.url)) return response.writeHead(404).end();
    const onward = ask(target + request.url, { method: request.method, headers: request.headers }, (reply) => {
      const headers = { ...reply.headers };
      const name = 'content-security-policy';
      if (headers[name]) headers[name] = policy(headers[name]);
      response.writeHead(reply.statusCode, headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    return request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
