// Tests widgets and pages that the demo server renders: the widgets have the same bytes as those of the core in a page
// or in Node.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readEffects } from '../../tools/seam.mjs';
import { openRuntime } from '../boundary/core.mjs';
import { fixture, startServer } from './server.mjs';
import { send } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());

const accounts = {
  refine: { name: 'refine', apiKey: 'pk_demo', organizationId: 'org', catalogId: 'cat' },
  depict: { name: 'depict', tenant: 'osier', market: 'eu', currency: 'EUR' },
  richrelevance: { name: 'richrelevance', apiKey: 'rr_demo_site', apiClientKey: 'rr_demo_client', currency: 'EUR' },
  doofinder: {
    name: 'doofinder',
    hashid: 'de8f052ea612f95b6950d4013dd6ef38',
    configs: { similarItems: '5f3e0000-0000-4000-8000-000000000001' },
    productUrl: 'http://127.0.0.1/product/{id}',
  },
};
const looks = {
  grid: { template: 'grid' },
  carousel: { template: 'carousel', eager: 2 },
  list: { template: 'list', title: 'A title with <b>& "quotes"' },
  strip: { template: 'strip', addToCart: '' },
  hero: { template: 'hero', strings: { addToCart: 'In den Warenkorb' } },
  'parts and money': {
    template: 'grid',
    parts: true,
    money: { currency: 'EUR', prefix: '', suffix: ' €', decimal: ',', group: '.', digits: 2 },
  },
  'a card of the shop': { partials: { card: '<a href="{{url}}">{{title}}</a> {{price}}' } },
  'a template that is refused': { partials: { card: '<p onclick="{{title}}">x</p>' } },
};
const query = { anchorId: 'T-01', topK: 6 };

/** Resolves to the service's reply to a request of the core in Node, and the markup that this core renders of it. */
const renderInNode = async (account, look) => {
  const now = Date.now();
  const page = { url: `${server.url}/product/T-01`, referrer: '', title: '' };
  const config = { provider: { ...account, apiUrl: `${server.url}/${account.name}` } };
  const boot = {
    config,
    seed: '0'.repeat(32),
    wallMs: now,
    page,
    visible: 1,
    online: 1,
    gpc: 0,
    webdriver: 0,
    storage: 'memory',
    state: {},
    journals: [],
  };
  const runtime = openRuntime(JSON.stringify(boot), now);
  const effects = () => readEffects(runtime.drainEffects());
  effects();
  runtime.openSlot(1, JSON.stringify({ kind: 'similarItems', query, ...look }), now);
  const ask = effects().find(({ verb }) => verb === 'ask');
  assert.ok(ask, 'the core asks');
  const { requestId, method, url, headersJson, body } = ask;
  const reply = await fetch(url, {
    method,
    headers: headersJson ? JSON.parse(headersJson) : {},
    body: body || undefined,
  });
  const text = await reply.text();
  runtime.requestDone(requestId, reply.status, '', text, now + 5);
  return { reply: text, html: runtime.slotHtml(1) };
};

for (const [service, account] of Object.entries(accounts)) {
  for (const [name, look] of Object.entries(looks)) {
    test(`${service}, ${name}: the same bytes from this server as from Node`, async () => {
      const { reply, html } = await renderInNode(account, look);
      assert.match(html, /data-vitrine-item="T-02"/, reply.slice(0, 300));
      const request = { account, widget: { kind: 'similarItems', query, ...look }, reply };
      const { status, body } = await send(server, 'POST', '/ssr/render', { body: JSON.stringify(request) });
      assert.equal(status, 200);
      assert.equal(body.html, `<div data-vitrine-view="" slot="vitrine">${html}</div>`);
      assert.match(body.serveId, /./);
      assert.equal(body.problem !== '', name.includes('refused'), body.problem);
    });
  }
}

test('an invalid or empty reply renders nothing and reports why', async () => {
  const render = async (members) => {
    const request = { account: accounts.refine, widget: {}, reply: '{}', ...members };
    return (await send(server, 'POST', '/ssr/render', { body: JSON.stringify(request) })).body;
  };
  for (const members of [{ reply: '<html>' }, { reply: '{"detail":"no"}', status: 500 }]) {
    const { html, problem } = await render(members);
    assert.equal(html, '');
    assert.ok(problem.length > 0);
  }
  assert.deepEqual(await render({ reply: '{"status":"success","results":[]}' }), {
    html: '',
    serveId: '',
    problem: '',
  });
  assert.equal((await render({ account: { name: 'nobody' } })).error.code, 'bad-provider');
  assert.equal((await render({ account: 5 })).error.field, 'account');
});

for (const service of Object.keys(accounts)) {
  test(`a page has the products of ${service} before any script runs`, async () => {
    const { status, headers, text } = await send(
      server,
      'GET',
      `/ssr?service=${service}&item=T-01&count=3&template=list`,
    );
    assert.equal(status, 200, text);
    assert.equal(headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(headers.get('content-security-policy'), /script-src 'self'/);
    assert.equal(text.match(/data-vitrine-item=/g)?.length, 3);
    assert.match(text, /serve="[^"]+"/);
    assert.match(text, new RegExp(`by ${service}:`));
  });
}

test('parameters of an address cannot break out of their place in the page', async () => {
  const { text } = await send(
    server,
    'GET',
    '/ssr?item=T-01&heading=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&template=%22onload=x',
  );
  assert.doesNotMatch(text, /<script>alert|"onload=x/);
  assert.equal((await send(server, 'GET', '/ssr?item=T-01&heading=%ff%fe')).status, 200);
  assert.equal((await send(server, 'GET', '/ssr?item=T-99')).status, 200);
  for (const [address, field] of [
    ['/ssr?service=none', 'service'],
    ['/ssr?count=0', 'count'],
    ['/ssr?kind=none', 'kind'],
  ])
    assert.equal((await send(server, 'GET', address)).body.error.field, field, address);
});
