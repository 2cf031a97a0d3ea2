// A collector on this machine, which can be down, and which records every event that it has accepted.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { freePort } from '../../browser/driver/processes.mjs';

// The markers that page.mjs makes.
const kMarker = /EVQ\d{5}Z/;

// Allows any origin and any header, so that no peer fails because of a preflight request.
const headersFor = ({ headers }) => ({
  'access-control-allow-origin': headers.origin ?? '*',
  'access-control-allow-credentials': 'true',
  'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
  'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
  'access-control-max-age': '600',
  'cross-origin-resource-policy': 'cross-origin',
  'content-type': 'application/json',
});

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
};

export class Collector {
  /** By marker and event id: how often the event was accepted. */
  #received = new Map();
  #mode = 'refused';
  #server;

  /** performance.now() of the last marked event that was accepted. */
  lastAt = 0;
  /** Number of requests received, whatever their status. */
  requests = 0;
  /** Number of bodies that the tracker's `events` function could not read. */
  unreadable = 0;

  constructor(tracker, port) {
    this.tracker = tracker;
    this.port = port;
  }

  /**
   * Opens a collector for a tracker (trackers.mjs) on its own port, which refuses connections unless `mode` says
   * otherwise.
   */
  static async open(tracker, mode = 'refused') {
    const collector = new Collector(tracker, await freePort());
    await collector.become(mode);
    return collector;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** 'refused': the port is closed. '503': every reply has this status. 'up': every request is accepted. */
  async become(mode) {
    this.#mode = mode;
    if (mode === 'refused') return this.close();
    if (this.#server) return undefined;
    this.#server = createServer((request, reply) => this.#answer(request, reply).catch(() => reply.destroy()));
    this.#server.listen(this.port, '127.0.0.1');
    return once(this.#server, 'listening');
  }

  async close() {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  async #answer(request, reply) {
    const headers = headersFor(request);
    if (request.method === 'OPTIONS') return reply.writeHead(204, headers).end();
    const body = await bodyOf(request);
    this.requests++;
    if (this.#mode === '503') return reply.writeHead(503, headers).end('{"code":503,"status":0,"success":false}');
    this.#note(body);
    return reply.writeHead(200, headers).end('{"code":200,"status":1,"success":true}');
  }

  #note(body) {
    let events;
    try {
      events = this.tracker.events(body);
    } catch {
      this.unreadable += kMarker.test(body) ? 1 : 0;
      return;
    }
    for (const event of events) {
      const [mark] = JSON.stringify(event).match(kMarker) ?? [];
      if (!mark) continue;
      if (!this.#received.has(mark)) this.#received.set(mark, new Map());
      const times = this.#received.get(mark);
      const id = this.tracker.id(event);
      times.set(id, (times.get(id) ?? 0) + 1);
      this.lastAt = performance.now();
    }
  }

  #count(of) {
    return [...this.#received.values()].reduce((sum, times) => sum + of(times), 0);
  }
  /** Number of different events accepted. */
  get distinct() {
    return this.#received.size;
  }
  /**
   * Number of events that came with more than one id, so that a server which drops known ids would store them twice.
   */
  get storedTwice() {
    return this.#count((times) => (times.size > 1 ? 1 : 0));
  }
  /** Number of times that an accepted event was accepted again. */
  get resent() {
    return this.#count((times) => [...times.values()].reduce((sum, n) => sum + n, -1));
  }
}
