// The batch call of Segment's HTTP tracking API, which RudderStack has too. Events of shops have the names of Segment's
// e-commerce specification, version 2.

import type { FormatOptions } from '../types/formats.js';
import { addressOf, bytesOf, textOf, timeOf, without, type Members, type Facts, type Shape } from './batch.js';
import { refuse } from './options.js';

/** Names of `track` calls by the type of event. */
const NAMES: Record<string, string> = {
  itemsServed: 'Product List Viewed',
  view: 'Product Impression',
  click: 'Product Clicked',
  viewItem: 'Product Viewed',
  addToCart: 'Product Added',
  removeFromCart: 'Product Removed',
  clearCart: 'Cart Cleared',
  purchase: 'Order Completed',
  search: 'Products Searched',
  exposure: 'Experiment Viewed',
};

/** Names of properties that are not just the member's own in snake case. */
const PROPERTIES: Record<string, string> = {
  itemId: 'product_id',
  unitPrice: 'price',
  title: 'name',
  serveId: 'list_id',
  experiment: 'experiment_name',
  variant: 'variation_name',
  value: 'total',
};

/** Members that other parts of a call have. */
const ENVELOPE = ['eventId', 'type', 'at', 'seq', 'pageId', 'visitorId', 'sessionId', 'userId', 'bot'];

const propertiesOf = (members: Members): Members => {
  const properties: Members = {};
  for (const name of Object.keys(members))
    properties[PROPERTIES[name] || name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = members[name];
  // Segment counts the places of a list from 1.
  if (properties.position >= 0) properties.position++;
  return properties;
};

const callOf = (event: Members): Members => {
  const { type, url, referrer, itemIds, items, offset = 0 } = event;
  const rest = without(event, ...ENVELOPE);
  if (type === 'custom') return { type: 'track', event: event.name, properties: event.properties || {} };
  if (type === 'identify') return { type, traits: propertiesOf(rest) };
  const properties = propertiesOf(without(rest, 'itemIds', 'items'));
  if (type === 'pageView') {
    const path = /^[^/]*\/\/[^/]*([^?#]*)/.exec(url)?.[1];
    return { type: 'page', properties: { ...properties, path: path || '/', referrer: referrer || '' } };
  }
  if (itemIds)
    properties.products = itemIds.map((id: string, i: number) => ({ product_id: id, position: offset + i + 1 }));
  if (items) {
    properties.products = items.map(propertiesOf);
    properties.revenue = event.value;
  }
  // The first event of a list that a search has found.
  const name = type === 'itemsServed' && event.query && !offset ? NAMES.search : NAMES[type];
  return { type: 'track', event: name || type, properties };
};

export const openSegment = (url: string, { writeKey, auth = 'header' }: FormatOptions, { version }: Facts): Shape => {
  if (!writeKey) refuse('events.formatOptions.writeKey', 'must be the key of the source');
  if (auth !== 'header' && auth !== 'body') refuse('events.formatOptions.auth', "must be 'header' or 'body'");
  const inBody = auth === 'body';
  const address = addressOf(url, '/v1/batch');
  const headers: Record<string, string> = inBody
    ? { 'content-type': 'text/plain;charset=UTF-8' }
    : {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(String.fromCharCode(...bytesOf(`${writeKey}:`)))}`,
      };
  return {
    encode: ({ events, sentAt }) => {
      return {
        url: address,
        headers,
        body: textOf({
          batch: events.map((event) => {
            const call = callOf(event);
            return {
              ...call,
              messageId: event.eventId,
              timestamp: timeOf(event.at),
              originalTimestamp: timeOf(event.at), // RudderStack reads this one
              sentAt: timeOf(sentAt),
              // Each call must have an id. Events without ids share one.
              anonymousId: event.visitorId || 'anonymous',
              userId: event.userId || undefined,
              context: {
                library: { name: 'vitrine', version },
                page: event.url ? { url: event.url, referrer: event.referrer } : undefined,
                traits: call.traits, // RudderStack reads these
                vitrine: { pageId: event.pageId, sessionId: event.sessionId, seq: event.seq, bot: event.bot },
              },
            };
          }),
          sentAt: timeOf(sentAt),
          writeKey: inBody ? writeKey : undefined,
        }),
      };
    },
    // Segment replies with {"success": true}, RudderStack with OK.
    confirms: (body) => /^\s*("?OK"?\s*$|\{\s*"success"\s*:\s*true)/i.test(body),
  };
};
