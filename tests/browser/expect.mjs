// Assertions about the events that arrived.

import assert from 'node:assert/strict';

const isRising = (numbers) => numbers.every((number, i) => i === 0 || numbers[i - 1] < number);

/**
 * A stored event, as GET /_events returns it.
 * @typedef {object} StoredEvent
 * @property {string} type
 * @property {number} seq
 * @property {string} [itemId]
 * @property {string[]} [itemIds]
 * @property {number} [position]
 * @property {string} [serveId]
 */

/** Returns the clicks of shopper.click(name, …) in order of arrival. */
const clicksOf = (events, name) =>
  events.filter((event) => event.type === 'click' && event.itemId.startsWith(`${name}-`));

/**
 * All events of shopper.click(name, count) are stored once, and their sequence numbers follow the order of the acts.
 * @param {{events: StoredEvent[]}} page the reply of GET /_events; it may hold other events too
 */
export const expectClicks = ({ events }, name, count) => {
  const clicks = clicksOf(events, name).toSorted((a, b) => a.seq - b.seq);
  const arrived = new Set(clicks.map((click) => click.itemId));
  const missing = Array.from({ length: count }, (_, i) => `${name}-${i}`).filter((itemId) => !arrived.has(itemId));
  assert.deepEqual(missing, [], `clicks of ${name} that are missing`);
  assert.equal(clicks.length, count, `clicks of ${name}`);
  assert.ok(
    clicks.every(({ itemId, position }, i) => itemId === `${name}-${i}` && position === i),
    `order of the clicks of ${name}`,
  );
  const served = events.filter((event) => event.type === 'itemsServed' && event.itemIds[0] === `${name}-0`);
  assert.equal(served.length, 1, `itemsServed of ${name}`);
  assert.ok(
    clicks.every(({ serveId }) => serveId === served[0].serveId),
    `serveId of the clicks of ${name}`,
  );
  assert.ok(isRising([served[0].seq, ...clicks.map((click) => click.seq)]), `sequence numbers of ${name}`);
};

/** The events also arrived in that order, as from a page that stays visible: it has one request in flight at a time. */
export const expectInOrder = ({ events }, name) =>
  assert.ok(isRising(clicksOf(events, name).map((click) => click.seq)), `order of arrival of ${name}`);

/** No event was delivered twice. */
export const expectNoResend = ({ total, rawDeliveries }) =>
  assert.equal(rawDeliveries, total, 'deliveries, resent ones included');

/**
 * A page that ends while the server is down may have a request in flight that arrives later. No page receives its
 * reply, so the next page sends those events again: they arrive at most twice, and are stored once.
 */
export const expectOneResend = ({ events }) =>
  assert.deepEqual(
    events.filter(({ deliveries }) => deliveries > 2),
    [],
    'events delivered more than twice',
  );

/** No error happened in a test page. `allowed`: patterns of expected console lines. */
export const expectQuiet = async (tab, allowed = []) => {
  const { faults, console: lines } = await tab.run(() => seen);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    lines.filter((line) => !allowed.some((pattern) => pattern.test(line))),
    [],
  );
};
