// Replies as scripts (JSON-P), for a service without CORS: in a real page, with all failures.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { serveJsonp } from './jsonp.mjs';
import { strictPolicy } from './pages.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const accountOf = (service, more) => ({
  name: 'richrelevance',
  apiKey: 'k',
  apiClientKey: 'c',
  keysArePublic: true,
  currency: 'EUR',
  apiUrl: service.url,
  ...more,
});
/** The policy that JSON-P needs: scripts of the service, and script URLs that Trusted Types would refuse. */
const laxPolicy = (service) => {
  const { 'require-trusted-types-for': _, 'trusted-types': __, ...policy } = strictPolicy;
  return { ...policy, 'script-src': `${policy['script-src']} ${service.url}` };
};

/**
 * Opens a page whose service is a double with JSON-P.
 * @param {import('node:test').TestContext} t
 * @param {import('./engine.mjs').Browser} browser
 * @param {{ account?: object, policy?: (service: { url?: string }) => object, config?: object }} [options]
 */
const open = async (t, browser, { account = { jsonp: true }, policy = laxPolicy, config } = {}) => {
  const service = await serveJsonp(t);
  const site = await openSite(t, browser, {
    config: { provider: accountOf(service, account), ...config },
    policy: policy(service),
  });
  return { service, tab: await site.open('blank.html', 'window') };
};

/** Makes a call and returns ids or the error: {type, code, retryable}. */
const ask = (tab, query = { configId: 'generic_page.rr1' }) =>
  tab.run(
    (given) =>
      shopper.vitrine.recs.trending(given).then(
        ({ serveId, title, results }) => ({
          serveId,
          title,
          ids: results.map(({ productId, title: name, price }) => `${productId} ${name} ${price}`),
        }),
        ({ type, code, retryable }) => ({ type, code, retryable }),
      ),
    query,
  );
/** Returns what finished calls have left in the page. */
const leftovers = (tab) =>
  tab.run(() => [
    Object.keys(window).filter((name) => name.startsWith('vitrine_reply')),
    document.querySelectorAll('script[src*=jcp]').length,
  ]);
const script =
  (body, type = 'application/javascript') =>
  (_call, response) =>
    response.writeHead(200, { 'content-type': type }).end(body);

inEachEngine('JSON-P', (_engine, browser) => {
  test('JSON-P is off by default: a reply that the page may not read is a network error', async (t) => {
    const { service, tab } = await open(t, browser(), { account: {} });
    assert.deepEqual(await ask(tab), { type: 'network', code: 'request-failed', retryable: true });
    assert.ok(service.asked.length > 0);
    for (const { jsonp, jcp } of service.asked) assert.deepEqual([jsonp, jcp], [undefined, undefined]);
  });

  test('products come from another origin through a function that is removed afterwards', async (t) => {
    const { service, tab } = await open(t, browser());
    assert.deepEqual(await ask(tab), {
      serveId: '4b121136-3366-452f-092f-3d590a46665c',
      title: 'Shop generic_page.rr1',
      ids: ['1', '2', '3'].map((id) => `${id} Product ${id} \u2028</script> 12.9`),
    });
    assert.equal(service.asked[0].jsonp, 'true');
    assert.match(service.asked[0].jcp, /^[a-z_][a-z_0-9]*$/);
    assert.deepEqual(await leftovers(tab), [[], 0]);
    // The cookie of the reply comes back, widgets work, and placements of a page travel together here too.
    const titles = await tab.run(async () => {
      // Waits for a task of the page, because WebKit's driver runs microtasks within its own task.
      await new Promise((resolve) => setTimeout(resolve));
      const put = (configId) => {
        const widget = document.createElement('vitrine-widget');
        for (const [name, value] of Object.entries({ kind: 'trending', 'config-id': configId, load: 'eager' }))
          widget.setAttribute(name, value);
        document.querySelector('main').append(widget);
        return widget;
      };
      const widgets = ['home_page.a', 'home_page.b'].map(put);
      for (const widget of widgets)
        while (widget.getAttribute('state') !== 'ready') await new Promise((resolve) => setTimeout(resolve, 20));
      return widgets.map(
        (widget) => widget.querySelector('h2').textContent + widget.querySelectorAll('.vitrine-item').length,
      );
    });
    assert.deepEqual(titles, ['Shop home_page.a3', 'Shop home_page.b3']);
    assert.equal(service.asked.length, 2);
    assert.deepEqual(
      [service.asked[1].placements, service.asked[1].rcs],
      ['home_page.a|home_page.b', 'eF5j4cotK8lM4TMzsNA1'],
    );
    assert.notEqual(service.asked[1].jcp, service.asked[0].jcp);
    const { faults, console: lines } = await tab.run(() => seen);
    assert.deepEqual([faults, lines], [[], []]);
  });

  test('a reply that never arrives is a timeout, and a late reply has no effect', async (t) => {
    const { service, tab } = await open(t, browser(), { config: { timeout: 400 } });
    let late;
    service.answer = (call, response) =>
      (late = () => response.writeHead(200, { 'content-type': 'application/javascript' }).end(service.good(call)));
    assert.deepEqual(await ask(tab), { type: 'timeout', code: 'request-failed', retryable: true });
    late();
    await until(async () => (await leftovers(tab))[0].length === 0, 'the late script');
    assert.deepEqual(await leftovers(tab), [[], 0]);
    assert.deepEqual((await tab.run(() => seen)).faults, []);
  });

  test('an aborted call ends at once, and its reply has no effect', async (t) => {
    const { service, tab } = await open(t, browser());
    let late;
    service.answer = (call, response) =>
      (late = () => response.writeHead(200, { 'content-type': 'application/javascript' }).end(service.good(call)));
    const outcome = tab.run(() => {
      const controller = new AbortController();
      window.stop = () => controller.abort();
      window.answer = shopper.vitrine.recs.trending({}, { signal: controller.signal }).catch(({ name }) => name);
    });
    await outcome;
    await until(() => !!late, 'the request');
    assert.equal(
      await tab.run(() => {
        stop();
        return answer;
      }),
      'AbortError',
    );
    assert.equal((await leftovers(tab))[1], 0);
    late();
    await until(async () => (await leftovers(tab))[0].length === 0, 'the late script');
    assert.deepEqual((await tab.run(() => seen)).faults, []);
  });

  test('invalid replies are typed errors: none, another script, a broken script, a refusal', async (t) => {
    const { service, tab } = await open(t, browser(), { config: { calls: { retries: 0 } } });
    const asked = async (answer) => {
      service.answer = answer;
      const { serveId, type, code, retryable } = await ask(tab);
      return serveId ?? [type, code, retryable].join();
    };
    assert.equal(await asked((_call, response) => response.writeHead(404).end()), 'network,request-failed,true');
    assert.equal(
      await asked((_call, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Oops</h1>')),
      'network,request-failed,true',
    );
    assert.equal(await asked((_call, response) => response.destroy()), 'network,request-failed,true');
    assert.equal(await asked(script('')), 'server,bad-reply,true');
    assert.equal(await asked(script('window.other = 1')), 'server,bad-reply,true');
    assert.equal(await asked(script('this is no script')), 'server,bad-reply,true');
    assert.equal(await asked(({ jcp }, response) => script(`${jcp}()`)({}, response)), 'server,bad-reply,true');
    assert.equal(
      await asked(({ jcp }, response) =>
        script(`${jcp}({"status":"error","errormessage":"Invalid apiKey"})`)({}, response),
      ),
      'server,service-error,true',
    );
    // A script that calls back twice has one effect.
    assert.equal(
      await asked((call, response) => script(service.good(call) + service.good(call))({}, response)),
      '4b121136-3366-452f-092f-3d590a46665c',
    );
    assert.deepEqual(await leftovers(tab), [[], 0]);
  });

  test('a policy that forbids the script is a typed error, for its sources and for Trusted Types', async (t) => {
    const withoutSource = (service) => ({ ...laxPolicy(service), 'script-src': strictPolicy['script-src'] });
    const withTypes = (service) => ({ ...strictPolicy, 'script-src': laxPolicy(service)['script-src'] });
    for (const policy of [withoutSource, withTypes]) {
      const { service, tab } = await open(t, browser(), { policy });
      const isTyped = await tab.run(() => 'trustedTypes' in window);
      if (policy === withTypes && !isTyped) continue; // the engine has none to forbid it
      assert.deepEqual(await ask(tab), { type: 'network', code: 'request-failed', retryable: true });
      assert.equal(service.asked.length, 0);
      assert.deepEqual(await leftovers(tab), [[], 0]);
    }
  });
});
