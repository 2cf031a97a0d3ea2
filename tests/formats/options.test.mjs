// Options of the forms, and requests that cannot be made.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { batchOfAll, send } from './oracles.mjs';

const refusal = async (events) => {
  const { outcome, lines } = await send(events);
  assert.equal(outcome, undefined, 'nothing is sent');
  assert.equal(lines.length, 1);
  return lines[0];
};

test('an unknown format names the nearest one, and events wait', async () => {
  const line = (guess) => `error: "events.format" is no format, so events wait.${guess} (bad-option)`;
  assert.equal(await refusal({ format: 'snowplough' }), line(' Did you mean "snowplow"?'));
  assert.equal(await refusal({ format: 'Segment' }), line(' Did you mean "segment"?'));
  assert.equal(await refusal({ format: 'cloudevent' }), line(' Did you mean "cloudevents"?'));
  assert.equal(await refusal({ format: 'vitrin' }), line(' Did you mean "vitrine"?'));
  for (const format of ['kafka', 7, {}, true]) assert.equal(await refusal({ format }), line(''));
});

test('an option of a wrong type, and a missing key, are named, and events wait', async () => {
  const line = (field, rule) => `error: "events.formatOptions${field}" must be ${rule}, so events wait. (bad-option)`;
  const key = line('.writeKey', 'the key of the source');
  assert.equal(await refusal({ format: 'segment' }), key);
  assert.equal(await refusal({ format: 'segment', formatOptions: { writeKey: '' } }), key);
  assert.equal(await refusal({ format: 'segment', formatOptions: { writeKey: 5 } }), line('.writeKey', 'a text'));
  assert.equal(
    await refusal({ format: 'segment', formatOptions: { writeKey: 'k', auth: 'query' } }),
    line('.auth', "'header' or 'body'"),
  );
  for (const formatOptions of ['k', ['k'], 1])
    assert.equal(await refusal({ format: 'snowplow', formatOptions }), line('', 'an object'));
});

test('a misspelt option names the nearest one, and the events are sent', async () => {
  const { lines, outcome } = await send({ format: 'snowplow', formatOptions: { appID: 'shop', colour: 'red' } });
  assert.equal(outcome.status, 200);
  assert.deepEqual(lines, [
    'warn: "events.formatOptions.appID" is unknown and ignored. Did you mean "appId"? (bad-option)',
    'warn: "events.formatOptions.colour" is unknown and ignored. (bad-option)',
  ]);
});

test('a key with letters beyond ASCII is sent as UTF-8', async () => {
  const { request } = await send({ format: 'segment', formatOptions: { writeKey: 'clé' } });
  assert.equal(Buffer.from(request.headers.authorization.split(' ')[1], 'base64').toString(), 'clé:');
});

for (const format of ['cloudevents', 'snowplow', 'segment']) {
  const events = { format, formatOptions: { writeKey: 'k' } };

  test(`${format}: batches of usual events stay within the growth that the core counts with`, async () => {
    assert.equal((await send(events)).request.keepalive, true);
    for (const event of batchOfAll().events) {
      const { request } = await send(events, { batch: { ...batchOfAll(), events: Array(10).fill(event) } });
      assert.equal(request.keepalive, true, event.type);
    }
  });

  test(`${format}: a page that has replaced JSON.parse loses nothing: the request was not sent`, async () => {
    const { parse } = JSON;
    const batch = batchOfAll();
    JSON.parse = () => {
      throw new Error('replaced');
    };
    try {
      const { outcome, lines, request } = await send(events, { batch });
      assert.equal(outcome.status, -2);
      assert.deepEqual(lines, ['thrown: Error: replaced']);
      assert.equal(request, undefined);
    } finally {
      JSON.parse = parse;
    }
  });
}

test('a batch that grows more than the core counts with is sent without keepalive', async () => {
  // Events of a few members, most of whose bytes are what the form adds.
  const { eventId, pageId } = batchOfAll().events[0];
  const event = { eventId, type: 'clearCart', at: 0, seq: 0, pageId };
  const batch = { batchId: eventId, sentAt: 0, events: Array(50).fill(event) };
  assert.equal((await send({ format: 'snowplow' }, { batch })).request.keepalive, false);
  assert.equal((await send({ format: 'cloudevents' }, { batch })).request.keepalive, true);
});

test('the core and the code of the forms count with the same growth', () => {
  const numberIn = (path, pattern) => pattern.exec(readFileSync(`${root}${path}`, 'utf8'))?.[1];
  const ofCore = numberIn('wasm/delivery/delivery_options.h', /kFormatGrowth = (\d+);/);
  assert.ok(ofCore);
  assert.equal(numberIn('js/formats/formats.ts', /GROWTH = (\d+);/), ofCore);
});

test('times are right at the edges of days, months and leap years, also where a page has replaced Date', async () => {
  const edges = ['1970-01-01T00:00:00.000Z', '2000-02-29T23:59:59.999Z', '2023-12-31T23:59:59.999Z'];
  edges.push('2024-01-01T00:00:00.000Z', '2024-02-29T12:34:56.078Z', '2024-03-01T00:00:00.000Z');
  edges.push('2100-02-28T23:59:59.000Z', '2100-03-01T00:00:00.000Z', '2400-02-29T00:00:00.001Z');
  const own = Date.prototype.toISOString;
  const [event] = batchOfAll().events;
  const events = edges.map((time) => ({ ...event, at: Date.parse(time) }));
  Date.prototype.toISOString = () => 'replaced';
  try {
    const { request } = await send({ format: 'cloudevents' }, { batch: { ...batchOfAll(), events } });
    assert.deepEqual(
      JSON.parse(request.body).map(({ time }) => time),
      edges,
    );
  } finally {
    Date.prototype.toISOString = own;
  }
});
