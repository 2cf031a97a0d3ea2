// The shopping session in Firefox and WebKit: the same rows for every service. For Chromium see shop.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { runErrand } from './shopping_session.mjs';
import { openProxy } from './proxy.mjs';
import { watchSight } from './independent_observer.mjs';
import { readStore } from './open_site.mjs';
import { expectRows, protocols } from './service_rows.mjs';

// Asked of the page, since only Chromium's driver tells what its console says.
const watchFaults = () => {
  window.faults = [];
  addEventListener('error', ({ message }) => faults.push(message));
  addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => faults.push(violatedDirective));
};

inEachEngine(
  'errand',
  (_engine, browser) => {
    let server;
    let shop;
    before(async () => {
      // Requests through the proxy name its port.
      server = await startServer({ hosts: ['127.0.0.1'] });
      shop = await openProxy(server.url, { before: `(${watchFaults})();(${watchSight})();` });
    });
    after(async () => {
      await shop?.stop();
      await server?.stop();
    });

    for (const service of Object.keys(protocols)) {
      test(`a session with ${service}: the service stores the events of its protocol, the shop the others`, {
        timeout: 120_000,
      }, async (t) => {
        await readStore(server.url).clear();
        const errand = await runErrand(browser(), shop.url, { service });
        t.after(() => browser().closeTabs());
        await expectRows(server.url, service, errand);
        assert.deepEqual(await errand.walk.tab.run(() => faults), []);
      });
    }
  },
  { only: ['firefox', 'webkit'] },
);
