/** Says in words what an input reports. */

import { count, drainInWords, shortUrl, statusInWords } from './effect_words.js';
import { eventsIn, parse, segmentsOfClaim } from './keys.js';

/** The groups by which the list of inputs can be filtered, each with its names. */
export const groups = {
  Shopper: 'itemEvent shopEvent identify reset setConsent optOut optIn leaving activate',
  Lists: 'serve watch unwatch itemVisible checkViews variant',
  Page: 'new setPageState navigate navigateBy pageView suspend restore flush flushWithin pause resume hold amend',
  Network: 'requestDone wake',
  Storage: 'claimed claimRefused found copied saveFailed storageChanged',
  Products: 'request openSlot refreshSlot closeSlot abort setCart setViewing setTexts',
  Effects: 'drainEffects',
};
const groupsByName = new Map(
  Object.entries(groups).flatMap(([group, names]) => names.split(' ').map((name) => [name, group])),
);
/** Returns the group of an input; 'Reads' for those that only ask. */
export const groupOf = (name) => groupsByName.get(name) ?? 'Reads';

/** Says where an item was: its position, and the list if the shop gave one. */
const place = (position, list) => (position >= 0 ? `, position ${position}` : '') + (list ? ` of ${list}` : '');

const pathOf = (url) => {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  return address ? address.pathname + (address.search ? '?…' : '') : url || 'the same';
};

const shopEvents = {
  purchase: (payload) =>
    `Shopper bought order ${payload.orderId ?? '(no id)'}: ${count(payload.items?.length ?? 0, 'line')}` +
    (payload.value === undefined ? '' : `, ${payload.value} ${payload.currency ?? ''}`),
  viewItem: ({ itemId }) => `Shopper opened ${itemId}`,
  addToCart: ({ itemId, quantity }) =>
    `Shopper added ${itemId} to the cart${quantity > 1 ? `, ${quantity} pieces` : ''}`,
  removeFromCart: ({ itemId }) => `Shopper took ${itemId} out of the cart`,
  clearCart: () => 'Shopper emptied the cart',
  search: ({ query }) => `Shopper searched for “${query}”`,
  custom: ({ name }) => `The shop tracked “${name}”`,
};

const itemVerbs = {
  view: (item) => `Shopper saw ${item}`,
  click: (item) => `Shopper clicked ${item}`,
  addToCart: (item) => `Shopper added ${item} to the cart`,
};

const requestInWords = (kind, query) => {
  const value = query && typeof query === 'object' ? query : {};
  const detail = value.query ?? value.anchorId ?? value.configId ?? value.category ?? '';
  return `${kind}${detail ? ` (${detail})` : ''}`;
};

/** Words by the name of the input: (arguments, context, result) => text. */
const words = {
  new: ([bootJson]) => {
    const boot = parse(bootJson) ?? {};
    const service = boot.config?.provider?.name ?? 'no service';
    return `The page ${pathOf(boot.page?.url ?? '')} starts Vitrine with ${service}`;
  },
  serve: ([payload], context, result) => {
    const { itemIds, surface, source } = parse(payload) ?? {};
    context.serves.set(result, source || surface);
    return `The page shows a list of ${count(itemIds?.length ?? 0, 'item')} (${surface}, ${source})`;
  },
  itemEvent: ([serve, kind, item, position, quantity], { serves }) =>
    (itemVerbs[kind]?.(item) ?? `The shop reports “${kind}” of ${item}`) +
    place(position, serves.get(serve)) +
    (quantity > 1 ? `, ${quantity} pieces` : ''),
  shopEvent: ([kind, payload]) => shopEvents[kind]?.(parse(payload) ?? {}) ?? `The shop reports “${kind}”`,
  hold: ([event]) => (event ? 'A hook gives an event back' : 'The hooks get the events that are held'),
  amend: () => 'A hook has changed an event',
  takeError: () => 'The shop gets the reason of the refusal',
  watch: ([serve, item, position], context, result) => {
    context.watches.set(result, item);
    return `The page watches ${item}${place(position, context.serves.get(serve))}`;
  },
  unwatch: ([watch], { watches }) => `The page watches ${watches.get(watch) ?? `item ${watch}`} no longer`,
  itemVisible: ([watch, visible, area, most], { watches }) => {
    const judged = Math.min(area || 0, most || 0);
    const ratio = judged > 0 ? Math.min(1, visible / judged) : 0;
    const item = watches.get(watch) ?? `Item ${watch}`;
    return ratio ? `${item} is visible to ${Math.round(ratio * 100)} %` : `${item} is out of view`;
  },
  checkViews: () => 'The page has reported what is visible',
  viewRatios: () => 'The page asks at which shares to report',
  identify: ([user]) => `The shop identifies the shopper as ${user}`,
  reset: () => 'The shop forgets the shopper',
  setConsent: ([level]) => `The shop sets the consent to ${level}`,
  consent: (_, __, result) => `The page reads the consent: ${result}`,
  optOut: () => 'Shopper refuses all tracking',
  optIn: () => 'Shopper takes the refusal back',
  visitorId: () => 'The page reads the visitor id',
  sessionId: () => 'The page reads the session id',
  userId: () => 'The page reads the user id',
  requestDone: ([id, status], { requests }) => {
    const to = requests.get(String(id));
    return `Request ${id}${to ? ` to ${shortUrl(to)}` : ''}: ${statusInWords(status)}`;
  },
  variant: ([experiment], _, result) => `The page asks for the variant of “${experiment}”: ${result || 'none'}`,
  flush: ([call]) => `The shop sends everything now (call ${call})`,
  flushWithin: ([call, ms]) =>
    `The shop sends everything now${ms === null ? '' : `, for at most ${ms} ms`} (call ${call})`,
  pause: () => 'The shop pauses sending',
  resume: () => 'The shop resumes sending',
  setPageState: ([visible, online]) =>
    `The page is ${visible ? 'visible' : 'hidden'} and ${online ? 'online' : 'offline'}`,
  leaving: () => 'Shopper starts to leave the page',
  navigate: ([url], _, result) => `The address is ${pathOf(url)}${result ? ': a new page view' : ''}`,
  navigateBy: ([, url], _, result) => `The address is ${pathOf(url)}${result ? ': a new page view' : ''}`,
  pageView: () => 'The page records its page view',
  activate: () => 'Shopper opens the prerendered page',
  suspend: () => 'The page is put aside or ends',
  restore: () => 'The page is brought back',
  claimed: ([journal, segments]) => {
    const events = segmentsOfClaim([journal, segments]).flatMap(([, text]) => eventsIn(text));
    return events.length
      ? `The page takes over journal ${journal} with ${count(events.length, 'event')}`
      : `The page has the lock of journal ${journal}`;
  },
  claimRefused: ([journal]) => `Another page holds the lock of journal ${journal}`,
  found: ([stored]) => `Storage has ${count(parse(stored)?.length ?? 0, 'segment')} of journals`,
  copied: () => 'The mirror is written',
  saveFailed: ([key]) => `Storage refuses to write ${key}`,
  storageChanged: ([key, value]) =>
    key ? `Another tab ${value ? 'writes' : 'removes'} ${key}` : 'Another tab clears all of storage',
  wake: () => 'The timer fires',
  nextWakeMs: () => 'The page asks when to wake',
  metrics: () => 'The page reads the metrics',
  drainEffects: (_, __, ___, effects) => drainInWords(effects),
  abort: ([call]) => `The shop gives up call ${call}`,
  setCart: ([ids]) => `The cart holds ${count(parse(ids)?.length ?? 0, 'item')}`,
  setViewing: ([item]) => (item ? `The page is about ${item}` : 'The page is about no product'),
  closeSlot: ([slot]) => `Widget ${slot} is closed`,
  openSlot: ([slot, request]) => {
    const { kind, query } = parse(request) ?? {};
    return `Widget ${slot} asks for ${requestInWords(kind, query)}`;
  },
  refreshSlot: ([slot]) => `Widget ${slot} asks again`,
  slotHtml: ([slot]) => `Widget ${slot} reads its markup`,
  slotPatch: ([slot]) => `Widget ${slot} compares its markup`,
  slotItem: ([slot, item]) => `Widget ${slot} reads ${item}`,
  setTexts: () => 'The page gives the texts of widgets',
  request: ([call, kind, query]) => `The shop asks for ${requestInWords(kind, parse(query))} (call ${call})`,
  sampleReply: () => 'The page asks for a sample reply',
};

/**
 * Returns the words of each step.
 * @param {import('./play.js').Step[]} steps
 * @returns {string[]}
 */
export const stepsInWords = (steps) => {
  const context = { serves: new Map(), watches: new Map(), requests: new Map() };
  return steps.map(({ input, result, effects, failure }) => {
    const text = words[input.name]?.(input.args, context, result, effects) ?? input.name;
    for (const [verb, id, ...fields] of effects) {
      if (verb === 'send') context.requests.set(id, fields[2]);
      if (verb === 'ask') context.requests.set(id, fields[2]);
      if (verb === 'script') context.requests.set(id, fields[1]);
    }
    if (failure) return `${text} (the core stops here)`;
    return result === -1 && input.name !== 'serveNumber' ? `${text} (refused)` : text;
  });
};
