// A small server with Refine's interface. It keeps the queries and events that it receives, for the test.

import { createServer } from 'node:http';

const product = (id, i, name = `Shoe ${id}`) => ({
  productId: id,
  score: 1 - i / 10,
  metadata: {
    name,
    price: 49.5 + i,
    currency: 'EUR',
    brand: 'Oak',
    imageUrl: `/img/${id}.svg`,
    url: `/p/${id}`,
    stock: 3,
  },
});

/**
 * Starts the server on a free port of 127.0.0.1. `fault` is the status of the next reply to a data call; `nameFor`
 * returns the name of all products in the reply to a query.
 */
export const serveRefine = async () => {
  const service = { asked: [], events: [], batches: [], fault: null, nameFor: undefined };
  const answer = (path, body) => {
    if (path === '/events') {
      service.batches.push(body);
      service.events.push(...body.events);
      return [200, { status: 'success', accepted: body.events.length, duplicates: 0 }];
    }
    service.asked.push({ path, ...body });
    if (service.fault) {
      const status = service.fault;
      service.fault = null;
      return [status, { status: 'error', error: { code: 'on-demand', message: 'A fault on demand.' } }];
    }
    const results = Array.from({ length: body.topK }, (_, i) => product(`sku_00${i + 1}`, i, service.nameFor?.(body)));
    return [200, { status: 'success', serveId: `sv_${service.asked.length}`, totalResults: 240, results }];
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    service.lastHeaders = request.headers;
    const [status, body] = answer(request.url, JSON.parse(text));
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '30' });
    response.end(JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  service.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  service.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return service;
};
