// A service's endpoint on this machine, which can be down, and which keeps book of every event it has accepted.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { freePort } from '../../browser/driver/processes.mjs';

// As site/page.mjs makes them.
const kMarker = /EVQ\d{5}Z/;

// Any origin, any header: a peer's preflight must not be what fails.
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
  /** By marker: for each event id under which it came, how often. */
  #received = new Map();
  #mode = 'refused';
  #server;

  /** performance.now() of the last marked event that was accepted. */
  lastAt = 0;
  /** Requests that came, answered well or not. */
  requests = 0;
  /** Bodies that the tracker's reader could not read. */
  unreadable = 0;

  constructor(tracker, port) {
    this.tracker = tracker;
    this.port = port;
  }

  /** A collector for a tracker (trackers.mjs), on a port of its own that refuses connections for now. */
  static async open(tracker, mode = 'refused') {
    const collector = new Collector(tracker, await freePort());
    await collector.become(mode);
    return collector;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** 'refused': nobody listens. '503': every request is answered so. 'up': every request is accepted. */
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
  /** Different events accepted. */
  get distinct() {
    return this.#received.size;
  }
  /** Of these, how many a server that drops known ids would still have stored more than once. */
  get storedTwice() {
    return this.#count((times) => (times.size > 1 ? 1 : 0));
  }
  /** Acceptances beyond the first of each event. */
  get resent() {
    return this.#count((times) => [...times.values()].reduce((sum, n) => sum + n, -1));
  }
}
