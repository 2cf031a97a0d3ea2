// A collector that speaks the protocol of a pipeline: reads its batches, replies as it does, and keeps each event once
// by the protocol's own id.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { listenOnNewPort } from '../server/ports.mjs';

/**
 * @typedef {{path: string, options: object, reply: string, read(body: any): [id: string, query?: string][]}} Protocol
 *   `read` returns the id of each event, and the query if it is a search
 * @type {Record<string, Protocol>}
 */
export const protocols = {
  cloudevents: {
    path: '/',
    options: {},
    reply: '',
    read: (body) => body.map(({ source, id, data }) => [`${source} ${id}`, data.query]),
  },
  snowplow: {
    path: '/com.snowplowanalytics.snowplow/tp2',
    options: { appId: 'shop' },
    reply: 'ok',
    read: (body) => body.data.map(({ eid, ue_pr }) => [eid, ue_pr && JSON.parse(ue_pr).data.data.terms?.[0]]),
  },
  segment: {
    path: '/v1/batch',
    options: { writeKey: 'KEY' },
    reply: '{"success":true}',
    read: (body) => body.batch.map(({ messageId, properties }) => [messageId, properties?.query]),
  },
};

/** Opens a collector, which is closed after test `t`. */
export const openCollector = async (t, format) => {
  const { read, reply } = protocols[format];
  /** Queries by event id. */
  const stored = new Map();
  const collector = {
    url: '',
    /** @type {{path: string, type: string, body: any, ids: string[]}[]} requests so far with their events' ids */
    requests: [],
    /** Names of the headers that preflights asked for. @type {string[]} */
    preflights: [],
    /** Replies of the next requests. `stores`: the batch is kept although the reply says otherwise. */
    next: /** @type {{status: number, retryAfter?: string, stores?: boolean}[]} */ ([]),
    /** Returns the status with which a batch of these queries is refused. */
    refuses: /** @type {(queries: string[]) => number | false} */ (() => false),
    /** Returns the queries of all searches that are kept. */
    queries: () => [...stored.values()].filter((query) => query !== undefined),
  };
  const server = createServer(async (request, response) => {
    const headers = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true', // Snowplow's own tracker sends cookies
      'access-control-allow-headers': 'content-type, authorization, sp-anonymous',
      'access-control-expose-headers': 'retry-after',
    };
    let body = '';
    for await (const part of request) body += part;
    if (request.method === 'OPTIONS') {
      collector.preflights.push(request.headers['access-control-request-headers'] ?? '');
      return response.writeHead(204, headers).end();
    }
    assert.equal(request.method, 'POST');
    const batch = JSON.parse(body);
    const events = read(batch);
    const type = request.headers['content-type'] ?? '';
    collector.requests.push({ path: request.url, type, body: batch, ids: events.map(([id]) => id) });
    const refused = collector.refuses(events.map(([, query]) => query));
    const { status, retryAfter, stores } = collector.next.shift() ?? { status: refused || 200 };
    if (status === 200 || stores) for (const [id, query] of events) stored.set(id, query);
    if (retryAfter) headers['retry-after'] = retryAfter;
    response.writeHead(status, headers).end(status === 200 ? reply : '');
  });
  collector.url = await listenOnNewPort(server);
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return collector;
};
