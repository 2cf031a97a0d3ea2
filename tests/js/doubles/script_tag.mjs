// The script tag in a tab: the set-up of its tests.

import { settle } from './clock.mjs';
import { openTab } from './tab.mjs';

// The snippet from the README, which makes the stub.
const stub =
  'window.vitrine=window.vitrine||function(){(vitrine.q=vitrine.q||[]).push([Date.now(),[].slice.call(arguments)])}';
export const config = { provider: { name: 'refine', apiKey: 'k' } };
export const purchase = { orderId: 'o1' };

/** Opens a tab whose page has the stub. */
export const open = (options) => {
  const tab = openTab(options);
  tab.evaluate(stub);
  return tab;
};
/** Delivers the wasm file. */
export const arrive = async (tab, status = 200) => {
  tab.requests[0].respond(status, 'wasm', { 'content-type': 'application/octet-stream' });
  await settle();
};
/** Loads the script and delivers its wasm file. */
export const up = async (tab) => {
  tab.script();
  await arrive(tab);
  return tab;
};
