/** Says in words what an effect does. */

import { eventsIn, meaningOf, parse, segmentOf } from './keys.js';

/** Returns "1 event" or "3 events". */
export const count = (number, one, many = `${one}s`) =>
  `${number < 1000 ? number : number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Returns an address without what makes it long: its query, and this shop's own host. */
export const shortUrl = (url) => {
  const [path] = String(url).split(/[?#]/);
  return path.replace(/^https?:\/\//, '') + (path === url ? '' : '…');
};

/** Returns "3 events (view, 2 × click)". */
const eventsInWords = (events) => {
  const types = new Map();
  for (const { type } of events) types.set(type, (types.get(type) ?? 0) + 1);
  const list = [...types].map(([type, n]) => (n > 1 ? `${n} × ${type}` : type)).join(', ');
  return `${count(events.length, 'event')}${list && ` (${list})`}`;
};

const stored = (key, value) => {
  const events = segmentOf(key) && eventsIn(value);
  return events ? `${meaningOf(key)}: ${eventsInWords(events)}` : meaningOf(key);
};

/** Returns the events of a request's body that have ids. */
export const eventsOfBody = (body) => {
  const events = parse(body)?.events;
  return Array.isArray(events) ? events.filter((event) => event?.eventId) : [];
};

const sends = (id, keepalive, url, body) => {
  const events = eventsOfBody(body);
  const what = events.length ? eventsInWords(events) : 'events in the service’s own form';
  return `Sends ${what} to ${shortUrl(url)} as request ${id}${keepalive === '1' ? ', which outlives the page' : ''}`;
};

const settled = (id, ok, json) => {
  const value = parse(json);
  if (ok !== '1') return `Call ${id} fails: ${value?.message ?? json} [${value?.code ?? 'no code'}]`;
  const results = value?.results;
  return `Call ${id} is answered${Array.isArray(results) ? ` with ${count(results.length, 'product')}` : ''}`;
};

const states = {
  loading: 'its placeholder',
  skeleton: 'that loading takes long',
  ready: 'products',
  stale: 'the products of an earlier reply',
  empty: 'that there are no products',
  error: 'its error state',
};

const words = {
  save: (key, value) => `Stores ${stored(key, value)}`,
  forget: (key) => `Removes ${meaningOf(key)} from storage`,
  mirror: (key) => `Copies ${meaningOf(key)} to the mirror`,
  unmirror: (key) => `Removes ${meaningOf(key)} from the mirror`,
  send: (id, keepalive, _timeout, url, body) => sends(id, keepalive, url, body),
  ask: (id, _timeout, _method, url) => `Asks ${shortUrl(url)} for products as request ${id}`,
  script: (id, _timeout, url) => `Asks ${shortUrl(url)} for products by a script as request ${id}`,
  cancel: (id) => `Cancels request ${id}`,
  claim: (journal, isOwn) =>
    isOwn === '1' ? `Asks for the lock of its own journal ${journal}` : `Asks for the lock of journal ${journal}`,
  release: (journal) => `Gives back the lock of journal ${journal}`,
  scan: () => 'Looks for journals of ended pages',
  settle: settled,
  show: (slot, _serve, state) => `Widget ${slot} shows ${states[state] ?? state}`,
  patch: (slot, _serve, ...steps) => `Widget ${slot} is patched in ${count(steps.length, 'step')}`,
  reportViews: (isNewPage) =>
    isNewPage === '1' ? 'Reads the markup again and asks what is visible' : 'Asks what is visible',
  notify: () => 'Tells the shop that the metrics have changed',
  log: (level, code, message) => `Writes to the console (${level}, ${code}): ${message}`,
};

/** @param {string[]} effect the verb and its fields */
export const effectInWords = ([verb, ...fields]) => words[verb]?.(...fields) ?? verb;

/** The words for the effects of a drain, by their verb and number. */
const drainWords = {
  save: (n) => `stores ${count(n, 'key')}`,
  forget: (n) => `removes ${count(n, 'key')}`,
  send: (n) => (n === 1 ? 'sends events' : `sends ${n} requests with events`),
  ask: (n) => `makes ${count(n, 'data call')}`,
  script: (n) => `makes ${count(n, 'data call')}`,
  show: (n) => `shows ${count(n, 'widget')}`,
  patch: (n) => `patches ${count(n, 'widget')}`,
  settle: (n) => `settles ${count(n, 'call')}`,
  log: (n) => `writes ${count(n, 'line')} to the console`,
  claim: (n) => `asks for ${count(n, 'lock')}`,
  mirror: () => 'updates the mirror',
  unmirror: () => 'updates the mirror',
  scan: () => 'looks for journals',
  reportViews: () => 'asks what is visible',
  release: (n) => `gives back ${count(n, 'lock')}`,
  cancel: (n) => `cancels ${count(n, 'request')}`,
};

/** Says in a few words what a drain does. */
export const drainInWords = (effects) => {
  if (!effects.length) return 'Nothing is to be done';
  const counts = new Map();
  for (const [verb] of effects) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  const parts = new Set([...counts].map(([verb, n]) => drainWords[verb]?.(n) ?? ''));
  const text = [...parts].filter(Boolean).join(', ');
  return `The page ${text || `performs ${count(effects.length, 'effect')}`}`;
};

/** Says what a status means (wasm/model/retry.h). */
export const statusInWords = (status) =>
  ({
    0: 'no reply from the network',
    '-1': 'no reply in time',
    '-2': 'the browser refused to send it',
  })[status] ?? `status ${status}`;

/** Says why an event was dropped, and what can be done (docs/delivery.md). */
export const reasons = {
  consent: 'The consent does not allow it.',
  bot: 'A program made it, and events.bots is “drop”.',
  rateLimit: 'Events of this kind came faster than events.rateLimit allows.',
  duplicate: 'The order was tracked before.',
  unsupported: 'The service does not take this kind of event. Set events.url to receive it yourself.',
  tooLarge: 'It is too large for the collector or for the queue.',
  queueFull: 'The queue was full: events.maxQueueSize or events.maxQueueBytes.',
  expired: 'It was older than events.maxAge.',
  rejected: 'The collector did not accept this event.',
  refused: 'The collector refused the request: the key or the address is wrong.',
  unreadable: 'The stored text is no event.',
  lost: 'It was handed over by a page that was left, and the request failed.',
  hook: 'A hook of the page did not want it.',
};
