// A RichRelevance service on its own origin without CORS, so that pages cannot read its replies; it supports JSON-P.

import { createServer } from 'node:http';
import { listenOnNewPort } from '../server/ports.mjs';

const reply = (placements) => ({
  viewGuid: '4b121136-3366-452f-092f-3d590a46665c',
  rcs: 'eF5j4cotK8lM4TMzsNA1',
  status: 'ok',
  placements: placements.map((placement) => ({
    placement,
    strategyMessage: `Shop ${placement}`,
    recommendedProducts: ['1', '2', '3'].map((id) => ({
      id,
      name: `Product ${id} \u2028</script>`,
      priceCents: 1290,
      productURL: `https://shop.example/p/${id}`,
    })),
  })),
});

/**
 * @typedef {Record<string, string>} Call the parameters of a call
 * @typedef {object} Service
 * @property {Call[]} asked
 * @property {(call: Call, response: import('node:http').ServerResponse) => unknown} [answer]
 * @property {(call: Call) => string} good
 * @property {string} [url]
 */

/**
 * Serves on a free port of 127.0.0.1. `service.asked` has the parameters of each call. `service.answer(call, response)`
 * replaces the reply while it is set. `service.good(call)` returns the script of a successful reply.
 */
export const serveJsonp = async (t) => {
  /** @type {Service} */
  const service = {
    asked: [],
    answer: undefined,
    good: ({ jcp, placements }) => `${jcp}(${JSON.stringify(reply(placements.split('|')))});`,
  };
  const server = createServer((request, response) => {
    const call = Object.fromEntries(new URL(request.url, 'http://rr').searchParams);
    service.asked.push(call);
    if (service.answer) return service.answer(call, response);
    const isScript = call.jsonp === 'true';
    response.writeHead(200, {
      'content-type': isScript ? 'application/javascript;charset=utf-8' : 'application/json;charset=utf-8',
    });
    response.end(isScript ? service.good(call) : JSON.stringify(reply(call.placements.split('|'))));
  });
  service.url = await listenOnNewPort(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return service;
};
