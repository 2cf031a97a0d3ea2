// A collector that fails on purpose: a proxy in front of the demo server, which stores the events. It notes what became
// of each event that it saw, by the token that the event carries (ledger.mjs).

import { createServer, request as ask } from 'node:http';
import { listenOnNewPort } from '../server/ports.mjs';
import { tokensIn, isPoisoned } from './ledger.mjs';

const kSlowMs = 300;
const kHeaders = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };

/** The replies that are no success, by mood. */
const kReplies = { error: [503, {}], tooLarge: [413, {}], limit: [429, { 'retry-after': '1' }], poison: [400, {}] };

/** Returns the events of a request; none if its form has no list of events. */
const eventsIn = (body) => {
  try {
    return JSON.parse(body).events ?? [];
  } catch {
    return [];
  }
};

const textOf = async (stream) => {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
};

/**
 * Opens the collector.
 * @param {string} target the origin of the demo server
 */
export const openCollector = async (target) => {
  let mood = 'fine';
  const fates = new Map();
  const counts = {};
  const held = new Set();
  const refused = new Map();
  const note = (tokens, fate) => {
    counts[fate] = (counts[fate] ?? 0) + 1;
    for (const token of tokens) {
      const known = fates.get(token) ?? fates.set(token, new Set()).get(token);
      known.add(fate);
    }
  };

  const forward = (request, body, response, isCut) => {
    const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
    delete headers['transfer-encoding'];
    delete headers['accept-encoding']; // the reply is read as text
    delete headers.host; // the server serves its own name only
    const onward = ask(target + request.url, { method: request.method, headers }, async (reply) => {
      const text = await textOf(reply);
      if (request.method !== 'OPTIONS') {
        const isStored = reply.statusCode >= 200 && reply.statusCode < 300;
        note(tokensIn(request.url + body), isStored ? 'stored' : `status ${reply.statusCode}`);
        if (isCut) {
          note(tokensIn(request.url + body), 'cut');
          return response.destroy();
        }
      }
      const sent = { ...reply.headers };
      delete sent['transfer-encoding'];
      response.writeHead(reply.statusCode, { ...sent, 'content-length': String(Buffer.byteLength(text)) });
      return response.end(text);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };

  const server = createServer(async (request, response) => {
    const body = await textOf(request).catch(() => undefined);
    if (body === undefined) return response.destroy(); // the page has given it up
    if (request.method === 'OPTIONS') return forward(request, body, response, false);
    const tokens = tokensIn(request.url + body);
    let fault = mood;
    if (fault === 'tooLarge' && eventsIn(body).length < 2) fault = 'fine';
    if (['fine', 'slow', 'cut'].includes(fault) && tokens.some(isPoisoned)) fault = 'poison';
    if (fault === 'hang') {
      note(tokens, fault);
      held.add(response);
      return response.once('close', () => held.delete(response));
    }
    if (kReplies[fault]) {
      note(tokens, fault);
      const [event, ...more] = eventsIn(body);
      if (fault === 'poison' && event && more.length === 0 && !refused.has(event.eventId))
        refused.set(event.eventId, { token: tokens[0], atMs: performance.now() });
      const [status, headers] = kReplies[fault];
      return response.writeHead(status, { ...kHeaders, ...headers }).end('{}');
    }
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, kSlowMs));
    return forward(request, body, response, fault === 'cut');
  });
  const url = await listenOnNewPort(server);
  const port = Number(new URL(url).port);
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve(undefined)));
  };
  const open = () => new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));

  return {
    url,
    /** By token: what became of the requests that carried it. */
    fates,
    /** By event id: {token, atMs} of the events that were refused for good, each alone in its request. */
    refused,
    /** Numbers of requests by fate. */
    counts,
    get mood() {
      return mood;
    },
    /** Sets what the next requests meet: `fine`, or one of kMoods (plan.mjs). */
    async setMood(next) {
      if (mood === next) return;
      if (mood === 'refuse') await open();
      mood = next;
      if (next === 'refuse') await close();
      if (next === 'fine') for (const response of held) response.destroy();
    },
    async stop() {
      for (const response of held) response.destroy();
      if (mood !== 'refuse') await close();
    },
  };
};
