// The demo shop behind a proxy that removes or delays files: tests the shop without Vitrine.

import { createServer, request as ask } from 'node:http';
import { listenOnNewPort } from '../server/ports.mjs';

const kBefore = '/before-all.js';

/**
 * Passes all requests on to `target`.
 * @param {string} target
 * @param {object} changes
 * @param {string[]} [changes.absent] paths that are not found, with any query
 * @param {Record<string, Promise<unknown>>} [changes.late] paths that are not passed on before this has settled
 * @param {(policy: string) => string} [changes.policy] returns the changed Content-Security-Policy
 * @param {string} [changes.before] a script that runs before any other in each page, where the engine's driver cannot
 * see to that
 * @returns {Promise<{url: string, stop(): Promise<void>}>}
 */
export const openProxy = async (target, { absent = [], late = {}, policy = (same) => same, before }) => {
  const server = createServer(async (request, response) => {
    const [path] = request.url.split('?');
    await late[path];
    if (absent.includes(path)) return response.writeHead(404).end();
    if (before && request.url === kBefore)
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(before);
    const asked = { ...request.headers };
    if (before) delete asked['accept-encoding'];
    const onward = ask(target + request.url, { method: request.method, headers: asked }, async (reply) => {
      const headers = { ...reply.headers };
      const name = 'content-security-policy';
      if (headers[name]) headers[name] = policy(String(headers[name]));
      const isPage = before && headers['content-type']?.startsWith('text/html');
      if (isPage) delete headers['content-length'];
      response.writeHead(reply.statusCode, headers);
      if (!isPage) return reply.pipe(response);
      let html = '';
      for await (const chunk of reply.setEncoding('utf8')) html += chunk;
      response.end(html.replace('<head>', `<head><script src="${kBefore}"></script>`));
    });
    onward.on('error', () => response.destroy());
    return request.pipe(onward);
  });
  const url = await listenOnNewPort(server);
  return {
    url,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
