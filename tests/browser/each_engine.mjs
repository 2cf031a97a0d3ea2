// Runs the same tests in every installed engine.
//
// VITRINE_ENGINES=chromium,firefox,webkit selects engines, which must all be installed. Without it, Chromium must be
// installed; a missing other engine is reported as a skipped test.

import { after, before, describe, test } from 'node:test';
import { engines } from './driver/launch.mjs';
import { launch, missing } from './engine.mjs';

const asked = process.env.VITRINE_ENGINES?.split(',').map((name) => name.trim());
const wanted = /** @type {Engine[]} */ (asked ?? Object.keys(engines));
const required = asked ?? ['chromium'];

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/**
 * Describes tests that share one browser per engine.
 * @param {(engine: Engine, browser: () => import('./engine.mjs').Browser) => void} define
 * `browser` may be called inside tests
 * @param {object} [options]
 * @param {string[]} [options.only] engines that support the tested feature
 * @param {boolean} [options.isShared] false: the tests start their own browsers
 */
export const inEachEngine = (title, define, { only = Object.keys(engines), isShared = true } = {}) => {
  for (const engine of wanted.filter((name) => only.includes(name))) {
    const reason = missing(engine);
    if (reason && required.includes(engine)) {
      test(`${title}, ${engine}`, () => {
        throw new Error(reason);
      });
      continue;
    }
    if (reason) console.log(`NOT TESTED: ${title}, because ${reason}`);
    describe(`${title}, ${engine}`, { skip: reason }, () => {
      let browser;
      if (isShared) {
        before(async () => {
          browser = await launch(engine);
          console.log(browser.version);
        });
        after(() => browser?.quit());
      }
      define(engine, () => browser);
    });
  }
};
