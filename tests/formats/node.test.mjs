// The npm module on a server loads the code of a form from the file beside it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { listenOnNewPort } from '../server/ports.mjs';

for (const entry of ['index', 'tracking'])
  test(`${entry}.js sends events of a server in a form, and flush() waits for the file`, async (t) => {
    const requests = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      requests.push({ path: request.url, body: JSON.parse(body) });
      response.end('ok');
    });
    const url = await listenOnNewPort(server);
    t.after(() => new Promise((resolve) => server.close(resolve)));
    const { Vitrine } = await import(`${root}dist/${entry}.js`);
    const vitrine = new Vitrine({
      provider: { name: 'none' },
      identity: { visitorId: 'v_wpeymty2f5s8rjvcrrzvhjz9' },
      events: { url, format: 'snowplow', acknowledge: true },
    });
    vitrine.events.trackSearch('boots');
    const { delivered, remaining } = await vitrine.events.flush();
    assert.deepEqual({ delivered, remaining }, { delivered: 1, remaining: 0 });
    const [{ path, body }] = requests;
    assert.equal(path, '/com.snowplowanalytics.snowplow/tp2');
    assert.equal(body.data[0].duid, 'v_wpeymty2f5s8rjvcrrzvhjz9');
    assert.equal(body.data[0].p, 'srv');
    await vitrine.close();
  });
