/**
 * Follows each event from the input that made it to its end. The core's effects say what is stored and sent; its
 * metrics, asked after each input, say how many events were received or dropped, and why.
 */

import { eventsOfBody, reasons, statusInWords } from './effect_words.js';
import { eventsIn, parse, recordsIn, segmentOf, segmentsOfClaim } from './keys.js';

/**
 * @typedef {object} Chapter one thing that happened to an event
 * @property {number} step
 * @property {'made' | 'unnamed' | 'adopted' | 'stored' | 'sent' | 'waits' | 'received' | 'dropped' | 'left'} kind
 * @property {string} text
 */
/**
 * @typedef {object} Life
 * @property {string} id
 * @property {any} event
 * @property {Chapter[]} chapters in the order in which they happened
 */
/** @typedef {{step: number, reason: string, count: number}} Drop */

/** Returns how many events each reason has dropped between two metrics. */
const newDrops = (before, after) =>
  Object.entries(after.dropped ?? {})
    .map(([reason, number]) => ({ reason, count: Number(number) - (before.dropped?.[reason] ?? 0) }))
    .filter(({ count }) => count > 0);

/** Why an event that was queued can be dropped. The other reasons refuse it before it has an id. */
const later = /^(queueFull|expired|rejected|refused|tooLarge|unreadable|lost|consent|unsupported)$/;

/** The inputs by which the shop and the shopper make events. */
const makes = /^(itemEvent|shopEvent|serve|identify|variant|checkViews|pageView|navigate|navigateBy)$/;

/** Returns how well an input explains an event that was made at its moment: 0 if not at all. */
const fitOf = ({ name, args }, event) => {
  if (name === 'itemEvent') return event.type === args[1] && event.itemId === args[2] ? 3 : 0;
  if (name === 'shopEvent') {
    const payload = parse(args[1]) ?? {};
    if (args[0] === 'purchase') return event.type === 'purchase' && event.orderId === payload.orderId ? 3 : 0;
    if (args[0] === 'custom') return event.name === payload.name || event.type === payload.name ? 3 : 1;
    return event.type === args[0] ? (event.itemId === payload.itemId ? 3 : 2) : 0;
  }
  const types = {
    serve: ['itemsServed'],
    identify: ['identify'],
    variant: ['exposure'],
    checkViews: ['view'],
    requestDone: ['itemsServed', 'search'],
    pageView: ['pageView'],
    navigate: ['pageView'],
    navigateBy: ['pageView'],
  }[name];
  if (types) return types.includes(event.type) ? 2 : 0;
  return /^(new|openSlot|refreshSlot|activate|setPageState|wake|storageChanged|restore)$/.test(name) ? 1 : 0;
};

/**
 * Returns the lives of all events, in the order in which they began. An event without an id was refused or dropped
 * before an effect could name it.
 * @param {import('./play.js').Step[]} steps
 * @returns {Life[]}
 */
export const livesOf = (steps) => {
  /** @type {Map<string, Life>} */
  const lives = new Map();
  /** Event ids by the key of their segment. */
  const segments = new Map();
  /** Requests with events that have no reply yet. */
  const requests = new Map();
  /** Steps by their moment. */
  const moments = new Map();
  /** Requests in a service's own form, which has no event ids, that were received since the last drain. */
  let received = [];
  /** @type {Drop[]} */
  let openDrops = [];
  /** @type {Drop[]} */
  const drops = [];
  let metrics = {};
  const lines = new Map();
  /** Events that were handed over to the browser, by the step of the drain. */
  const handedOver = new Map();
  /** How many events each step has queued that no effect has named so far. */
  const unnamed = new Map();
  /** Events that the page's hooks have. */
  let held = [];

  const add = (life, step, kind, text) => life.chapters.push({ step, kind, text });
  const has = (life, ...kinds) => life.chapters.some(({ kind }) => kinds.includes(kind));
  const isOver = (life) => has(life, 'received', 'dropped');

  const makerOf = (event) => {
    let best = 0;
    let maker = -1;
    for (const index of moments.get(Math.floor(event.at)) ?? []) {
      const fit = fitOf(steps[index].input, event);
      if (fit > best) [best, maker] = [fit, index];
    }
    return maker;
  };
  const meet = (event, step) => {
    const known = lives.get(event.eventId);
    if (known) return known;
    const life = { id: event.eventId, event, chapters: [] };
    lives.set(event.eventId, life);
    const maker = makerOf(event);
    unnamed.set(maker, (unnamed.get(maker) ?? 0) - 1);
    if (maker >= 0) add(life, maker, 'made', 'Made');
    else add(life, step, 'made', 'Made by an input that cannot be told from others');
    return life;
  };
  const adopt = (event, step) => {
    if (lives.has(event.eventId)) return;
    lives.set(event.eventId, { id: event.eventId, event, chapters: [] });
    add(lives.get(event.eventId), step, 'adopted', 'Taken over from an ended page, which had made it');
  };
  const drop = (life, step, reason) => add(life, step, 'dropped', `Dropped (${reason}): ${reasons[reason] ?? ''}`);
  /** Takes one of the open drops; returns its reason, or ''. */
  const takeDrop = () => {
    const open = openDrops.find(({ reason }) => later.test(reason));
    if (!open) return '';
    if (!--open.count) openDrops.splice(openDrops.indexOf(open), 1);
    return open.reason;
  };

  const onHold = ({ index, input: { args }, result }) => {
    if (args[0]) {
      const back = parse(args[0])?.eventId ?? held[0];
      held = held.filter((id) => id !== back);
      const at = openDrops.findIndex(({ reason }) => reason === 'hook');
      if (at >= 0 && lives.has(back)) {
        openDrops.splice(at, 1);
        drop(lives.get(back), index, 'hook');
      }
    }
    held.push(...recordsIn(String(result)).map((event) => meet(event, index).id));
  };

  const onReply = ({ index, input: { args } }, sent) => {
    const request = requests.get(String(args[0]));
    if (!request) return;
    requests.delete(String(args[0]));
    if (!request.ids.length) {
      if (sent > 0) received.push({ ...request, done: index });
      else onLost(index, request);
      return;
    }
    const refused = openDrops.filter(({ reason }) => later.test(reason)).reduce((sum, { count }) => sum + count, 0);
    for (const id of request.ids) {
      const life = lives.get(id);
      if (isOver(life)) continue;
      if (sent > 0) add(life, index, 'received', `Received: request ${args[0]} has a good reply`);
      else if (refused >= request.ids.length) drop(life, index, takeDrop());
      else add(life, index, 'waits', `Request ${args[0]}: ${statusInWords(args[1])}. The event waits for another try`);
    }
  };

  const onSend = (index, fields) => {
    const [id, , , , body] = fields;
    const events = eventsOfBody(body);
    for (const event of events) {
      const life = meet(event, index);
      const tries = life.chapters.filter(({ kind }) => kind === 'sent').length;
      add(life, index, 'sent', `Sent with request ${id}${tries ? `, try ${tries + 1}` : ''}`);
    }
    requests.set(id, { id, ids: events.map(({ eventId }) => eventId), step: index });
  };

  /** The page is left, and the service would count a repeated event twice: the browser delivers the event. */
  const handOver = (life, index) => {
    add(life, index, 'received', 'Handed over to the browser as the page is left. It counts as received');
    if (!handedOver.has(index)) handedOver.set(index, []);
    handedOver.get(index).push(life);
  };

  /** A request has failed whose events were handed over, and the page may not take them back. */
  const onLost = (index, request) => {
    const at = openDrops.findIndex(({ reason }) => reason === 'lost');
    const handed = handedOver.get(request.step) ?? [];
    if (at < 0 || handed.length < openDrops[at].count) return;
    // Requests and events have the same order.
    const [{ count }] = openDrops.splice(at, 1);
    for (const life of handed.splice(0, count)) drop(life, index, 'lost');
  };

  /** An event has left storage without a known end. */
  const onLeft = (life, index) => {
    const request = received[0];
    if (request && !openDrops.some(({ reason }) => later.test(reason))) {
      add(life, request.step, 'sent', `Sent with request ${request.id}`);
      add(life, request.done, 'received', `Received: request ${request.id} has a good reply`);
      return;
    }
    const reason = takeDrop();
    if (reason) drop(life, index, reason);
    else add(life, index, 'left', 'Left storage');
  };

  const onDrain = ({ index, effects }, sent) => {
    const gone = new Map();
    const put = (key, text) => {
      for (const id of segments.get(key) ?? []) gone.set(id, key);
      const events = text === undefined ? [] : eventsIn(text, lines);
      segments.set(key, new Set(events.map(({ eventId }) => eventId)));
      for (const event of events) {
        gone.delete(event.eventId);
        const life = meet(event, index);
        if (text !== undefined && !has(life, 'stored', 'adopted')) add(life, index, 'stored', 'Stored');
      }
    };
    for (const [verb, ...fields] of effects) {
      if (verb === 'save' && segmentOf(fields[0])) put(fields[0], fields[1]);
      if (verb === 'forget' && segmentOf(fields[0])) put(fields[0]);
      if (verb === 'send') onSend(index, fields);
    }
    let handed = sent;
    for (const id of gone.keys()) {
      const life = lives.get(id);
      if (isOver(life)) continue;
      if (handed-- > 0) handOver(life, index);
      else onLeft(life, index);
    }
    drops.push(...openDrops);
    openDrops = [];
    received = [];
  };

  for (const step of steps) {
    const { index, input, atMs, metrics: after } = step;
    const moment = Math.floor(atMs);
    if (!moments.has(moment)) moments.set(moment, []);
    moments.get(moment).push(index);
    if (input.name === 'new') metrics = {};
    const sent = (after.sent ?? 0) - (metrics.sent ?? 0);
    for (const each of newDrops(metrics, after)) openDrops.push({ step: index, ...each });
    const queued = (after.queued ?? 0) - (metrics.queued ?? 0);
    if (queued > 0 && makes.test(input.name)) unnamed.set(index, queued + (unnamed.get(index) ?? 0));
    metrics = after;
    if (input.name === 'new') {
      segments.clear();
      requests.clear();
    }
    if (input.name === 'claimed') {
      for (const [key, text] of segmentsOfClaim(input.args)) {
        const events = eventsIn(text);
        segments.set(key, new Set(events.map(({ eventId }) => eventId)));
        for (const event of events) adopt(event, index);
      }
    }
    if (input.name === 'hold') onHold(step);
    if (input.name === 'requestDone') onReply(step, sent);
    if (input.name === 'drainEffects') onDrain(step, sent);
  }
  drops.push(...openDrops);
  const refused = refusalsOf(steps, drops);
  for (const life of lives.values()) life.chapters.sort((a, b) => a.step - b.step);
  const nameless = [...unnamed].flatMap(([step, number]) =>
    Array.from({ length: Math.max(0, number) }, () => namelessOf(steps, step)),
  );
  return [...lives.values(), ...refused, ...nameless].sort((a, b) => a.chapters[0].step - b.chapters[0].step);
};

/**
 * Returns the life of an event that no effect names: it is kept in memory only, and sent in a service's own form.
 * @returns {Life}
 */
const namelessOf = (steps, step) => ({
  id: '',
  event: wishOf(steps[step].input),
  chapters: [
    {
      step,
      kind: 'unnamed',
      text: 'Made. It is not stored, and no request names its id, so its way cannot be followed',
    },
  ],
});

/** Returns what an input says of the event that it was to make. */
const wishOf = ({ name, args }) => {
  if (name === 'itemEvent') return { type: args[1], itemId: args[2] };
  if (name === 'shopEvent') return { ...parse(args[1]), type: args[0] };
  return { type: name };
};

/**
 * Returns the lives of events that ended before they had an id: refused by an error, or dropped.
 * @returns {Life[]}
 */
const refusalsOf = (steps, drops) => {
  const dropped = drops.flatMap(({ step, reason, count }) =>
    Array.from({ length: count }, () => [step, `Dropped (${reason}): ${reasons[reason] ?? ''}`]),
  );
  const refused = steps
    .filter(({ input, result }) => /^(itemEvent|shopEvent|serve|identify)$/.test(input.name) && result === -1)
    .map(({ index }) => {
      const next = steps[index + 1];
      const error = next?.input.name === 'takeError' ? parse(String(next.result)) : undefined;
      return [index, `Refused with an error to the shop${error ? ` (${error.code}): ${error.message}` : ''}`];
    });
  return [...dropped, ...refused].map((/** @type {any} */ [step, text]) => ({
    id: '',
    event: wishOf(steps[step].input),
    chapters: [{ step, kind: 'dropped', text }],
  }));
};

/** Returns how an event ended, as far as the session goes. */
export const endOf = ({ chapters }) => {
  const kinds = chapters.map(({ kind }) => kind);
  if (kinds.includes('dropped')) return 'dropped';
  if (kinds.includes('received')) return 'received';
  if (kinds.includes('unnamed')) return 'unknown';
  if (kinds.at(-1) === 'sent') return 'in flight';
  return 'waiting';
};

/** Returns what an event is about, in a few words. */
export const subjectOf = ({ type, itemId, orderId, name, surface, itemIds }) => {
  const subject = orderId ?? itemId ?? (itemIds ? `${itemIds.length} items` : surface);
  return [type, name, subject].filter(Boolean).join(' ');
};
