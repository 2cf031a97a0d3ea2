// CloudEvents: the official SDK reads the batch, and finds in it each event of Vitrine.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { batchOfAll, installOracles, oracle, send } from './oracles.mjs';

before(installOracles);

/** Has the official SDK read and check a request. */
const readBySdk = ({ headers, body }) => {
  const { HTTP } = oracle('cloudevents');
  const events = HTTP.toEvent({ headers, body });
  assert.ok(Array.isArray(events), 'the SDK recognises a batch by its content type');
  for (const event of events) assert.equal(event.validate(), true);
  return events;
};

test('the official SDK accepts a batch with an event of each type, and each holds the event of Vitrine', async () => {
  const { request } = await send({ format: 'cloudevents', url: 'https://c.example/events' });
  assert.equal(request.url, 'https://c.example/events');
  assert.equal(request.headers['content-type'], 'application/cloudevents-batch+json; charset=UTF-8');
  const { events, sentAt } = batchOfAll();
  assert.deepEqual(
    readBySdk(request).map((event) => JSON.parse(event.toString())),
    events.map((event) => ({
      specversion: '1.0',
      id: event.eventId,
      source: 'vitrine',
      type: `io.vitrine.${event.type}`,
      time: new Date(event.at).toISOString(),
      datacontenttype: 'application/json',
      dataschema: 'https://vitrine.example/event.schema.json#/$defs/event',
      partitionkey: event.visitorId,
      sentat: new Date(sentAt).toISOString(),
      data: event,
    })),
  );
});

test("source and dataSchema are the shop's own, and an event without ids has no partition key", async () => {
  const { eventId, type, at, seq, pageId, url } = batchOfAll().events[0];
  const formatOptions = { source: '/shops/de', dataSchema: 'https://shop.example/event.json' };
  const batch = { ...batchOfAll(), events: [{ eventId, type, at, seq, pageId, url }] };
  const { request } = await send({ format: 'cloudevents', formatOptions }, { batch });
  const [event] = readBySdk(request);
  assert.equal(event.source, '/shops/de');
  assert.equal(event.dataschema, 'https://shop.example/event.json');
  assert.equal('partitionkey' in event, false);
});

test("with acknowledge a collector confirms by Vitrine's own word, which the core reads", async () => {
  const acknowledged = await send(
    { format: 'cloudevents', acknowledge: true },
    { reply: Response.json({ accepted: 13 }) },
  );
  assert.deepEqual(acknowledged.outcome, { id: 7, status: 200, retryAfter: '', body: '{"accepted":13}' });
});
