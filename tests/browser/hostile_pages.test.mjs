// Pages whose built-ins were replaced, frozen, wrapped or shadowed before Vitrine's script ran: no exception leaves
// Vitrine, the shop's later code runs, and tracked purchases arrive.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { preludes } from './preludes.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const wanted = new RegExp(process.env.VITRINE_PRELUDES ?? '');

inEachEngine('hostile pages', (_engine, browser) => {
  for (const path of ['hostile.html', 'hostile-module.html']) {
    for (const [name, before] of Object.entries(preludes).filter(([name]) => wanted.test(name))) {
      test(`${path}: ${name}`, async (t) => {
        const site = await openSite(t, browser(), { before });
        const tab = await browser().open(site.address(path));
        const orders = async () => (await site.events({ type: 'purchase' })).events.map(({ orderId }) => orderId);
        let found = [];
        await until(async () => (found = await orders()).length >= 2, 'two purchases').catch(() => {});
        const title = (await tab.send('GetTitle')).trim();
        assert.deepEqual([title, found.sort()], ['later |', ['from the page', 'from the stub']]);
      });
    }
  }
});
