// Requests of the Refine protocol for tests: calls with key and owner, and complete events.
import { randomBytes } from 'node:crypto';

const owner = { organizationId: 'org', catalogId: 'cat' };

/**
 * Sends any request and resolves to the reply: {status, headers, body (parsed if it is JSON), text}.
 * @param {{ url: string }} server
 * @param {string} method
 * @param {string} path
 * @param {{ body?: any, headers?: any }} [more]
 */
export async function send(server, method, path, { body, headers } = {}) {
  const reply = await fetch(server.url + path, { method, body, headers });
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.startsWith('application/json');
  return { status: reply.status, headers: reply.headers, text, body: isJson && text ? JSON.parse(text) : undefined };
}

/** Makes a data call with the demo's key. `path`: below /refine; `members`: of the body, besides the owner. */
export function ask(server, path, query, key = 'pk_demo') {
  return send(server, 'POST', `/refine${path}`, {
    body: JSON.stringify({ ...owner, ...query }),
    headers: { 'content-type': 'application/json', REFINE_API_KEY: key },
  });
}

/** Resolves to the product ids of a data call that must succeed. */
export async function idsOf(server, path, query) {
  const { status, text, body } = await ask(server, path, { topK: 8, ...query });
  if (status !== 200) throw new Error(`${path} got status ${status}: ${text}`);
  return body.results.map((result) => result.productId);
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Returns a new event id. */
export function ulid() {
  return '01' + Array.from(randomBytes(24), (byte) => crockford[byte % 32]).join('');
}

let sequence = 0;

/** Returns a valid event of this type, with `members` added or replaced. */
export function event(type, members = {}) {
  const serve = { serveId: 'sv_1', surface: 'home_page', source: 'curated' };
  const ofType = {
    itemsServed: { ...serve, itemIds: ['T-01', 'T-02'] },
    view: { ...serve, itemId: 'T-01', position: 0 },
    click: { ...serve, itemId: 'T-01', position: 0 },
    addToCart: { ...serve, itemId: 'T-01', quantity: 1 },
    purchase: {
      orderId: ulid(),
      value: 12.5,
      currency: 'EUR',
      items: [{ itemId: 'T-01', quantity: 1, unitPrice: 12.5 }],
    },
    identify: { userId: 'u_1' },
    pageView: { url: 'https://shop.example/' },
    viewItem: { itemId: 'T-01', title: 'Lamp', unitPrice: 12.5, currency: 'EUR' },
    removeFromCart: { itemId: 'T-01', quantity: 1 },
    clearCart: {},
    search: { query: 'lamp', totalResults: 3 },
    custom: { name: 'newsletter_signup', properties: { form: { place: 'footer' } } },
    exposure: { experiment: 'layout', variant: 'carousel' },
  };
  return {
    eventId: ulid(),
    type,
    at: Date.now(),
    seq: sequence++,
    visitorId: 'v_1',
    sessionId: 's_1',
    userId: null,
    ...ofType[type],
    ...members,
  };
}

/** Posts events like a page: text/plain, without a key. */
export function post(server, events, members = {}) {
  return send(server, 'POST', '/refine/events', {
    body: JSON.stringify({ batchId: ulid(), sentAt: Date.now(), events, ...members }),
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
  });
}

/** Posts events and requires that they are stored. */
export async function store(server, ...events) {
  const { status, text } = await post(server, events);
  if (status !== 200) throw new Error(`events got status ${status}: ${text}`);
}

/** Resolves to the stored events: {events, total, rawDeliveries}. `filters`: as for GET /_events. */
export async function stored(server, filters = {}) {
  return (await send(server, 'GET', `/_events?${new URLSearchParams(filters)}`)).body;
}

/** Orders a fault; see demo/server/http/faults.h. */
export function fault(server, order) {
  return send(server, 'POST', '/_faults', { body: JSON.stringify(order) });
}
