// Snowplow's tracker protocol, version 2 (tp2): a payload_data of events, each with text members only. Events of shops
// have the schemas of Snowplow's own e-commerce tracking.

import type { FormatOptions } from '../types/formats.js';
import { addressOf, textOf, without, type Members, type Facts, type Shape } from './batch.js';
import { uuidOf } from './uuid.js';

const SNOWPLOW = 'com.snowplowanalytics.snowplow';

/** A self-describing value. */
interface Described {
  schema: string;
  data: unknown;
}

const describe = (name: string, data: unknown, vendor = SNOWPLOW, version = '1-0-0'): Described => ({
  schema: `iglu:${vendor}/${name}/jsonschema/${version}`,
  data,
});

const ofShop = (name: string, data: Members, version?: string) =>
  describe(name, data, `${SNOWPLOW}.ecommerce`, version);

/** Actions of Snowplow's e-commerce tracking by the type of event. */
const ACTIONS: Record<string, string> = {
  itemsServed: 'list_view',
  click: 'list_click',
  viewItem: 'product_view',
  addToCart: 'add_to_cart',
  removeFromCart: 'remove_from_cart',
  purchase: 'transaction',
};

/** The longest name of a list. */
const MOST_LETTERS = 128;

/**
 * Returns an amount as Snowplow's schemas take it: two decimals, from 0 to 9,999,999. Returns undefined for any other.
 */
const amountOf = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= 9_999_999 ? Math.round(value * 100) / 100 : undefined;

/**
 * Returns the entity of a product. Its schema demands a price and a currency; returns none where they are unknown, so
 * that no report adds up prices that nobody gave.
 */
const productOf = (members: Members, currency: string, quantity?: number): Described[] => {
  const price = amountOf(members.unitPrice);
  if (price === undefined || !/^...$/.test(currency)) return [];
  const place = members.position;
  return [
    ofShop('product', {
      id: members.itemId,
      name: members.title,
      category: '', // required, and unknown
      price,
      currency,
      quantity: Number.isInteger(quantity) ? quantity : undefined,
      inventory_status: members.availability,
      position: place >= 0 ? place + 1 : undefined,
    }),
  ];
};

const entitiesOf = (event: Members): Described[] => {
  const { type, currency, quantity, items } = event;
  if (type !== 'purchase') return productOf(event, currency, /Cart$/.test(type) ? (quantity ?? 1) : quantity);
  const revenue = amountOf(event.value);
  const count = items.reduce((sum: number, item: Members) => sum + item.quantity, 0);
  return [
    ...(revenue === undefined
      ? []
      : [
          ofShop('transaction', {
            transaction_id: event.orderId,
            revenue,
            currency,
            payment_method: '', // required, and unknown
            total_quantity: Math.ceil(count),
          }),
        ]),
    ...items.flatMap((item: Members) => productOf(item, currency, item.quantity)),
  ];
};

/** Returns the event that Snowplow has for this one; undefined if it has none. */
const knownEvent = (event: Members): Described | undefined => {
  const { type, name, query, totalResults, surface, source } = event;
  if (type === 'search')
    return describe('site_search', {
      terms: [query],
      totalResults: Number.isInteger(totalResults) ? totalResults : undefined,
    });
  if (type === 'custom' && /^iglu:[\w.-]+\/[\w-]+\/jsonschema\/\d+-\d+-\d+$/.test(name))
    return { schema: name, data: event.properties || {} };
  if (!ACTIONS[type]) return undefined;
  const list = surface && `${surface}/${source}`.slice(0, MOST_LETTERS);
  return ofShop('snowplow_ecommerce_action', { type: ACTIONS[type], name: list }, '1-0-2');
};

/** The id of a page view as Snowplow has it: the page's own bits, behind those of the visitor. */
const pageOf = ({ pageId, visitorId = '' }: Members) => uuidOf(visitorId.replace(/^v_/, '') + pageId);

export const openSnowplow = (
  url: string,
  { appId, namespace, vendor = 'io.vitrine' }: FormatOptions,
  { isServer, version }: Facts,
): Shape => {
  const address = addressOf(url, `/${SNOWPLOW}/tp2`);
  return {
    encode: ({ events, sentAt }) => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      // The collector then keeps neither the address of the shopper nor a cookie's id.
      if (events.some(({ visitorId }) => !visitorId)) headers['sp-anonymous'] = '*';
      const data = events.map((event) => {
        const isPage = event.type === 'pageView';
        const known = knownEvent(event);
        const isOwn = !isPage && !known;
        // The properties are in the known event, and the rest of Vitrine's event is an entity beside it.
        const own = describe('event', known && event.type === 'custom' ? without(event, 'properties') : event, vendor);
        const page = pageOf(event);
        const entities = [
          ...(page ? [describe('web_page', { id: page })] : []),
          ...(known ? entitiesOf(event) : []),
          ...(isOwn ? [] : [own]),
        ];
        return {
          e: isPage ? 'pv' : 'ue',
          eid: uuidOf(event.eventId),
          dtm: String(event.at),
          stm: String(sentAt),
          tv: `vitrine-${version}`,
          p: isServer ? 'srv' : 'web',
          aid: appId,
          tna: namespace,
          duid: event.visitorId,
          sid: event.sessionId && uuidOf(event.sessionId.replace(/^s_/, '')),
          uid: event.userId || undefined,
          url: event.url,
          refr: event.referrer,
          ue_pr: isPage ? undefined : textOf(describe('unstruct_event', known || own)),
          co: entities.length ? textOf(describe('contexts', entities)) : undefined,
        };
      });
      return { url: address, headers, body: textOf(describe('payload_data', data, SNOWPLOW, '1-0-4')) };
    },
    // The collector replies with "ok".
    confirms: (body) => /^\s*ok\s*$/i.test(body),
  };
};
