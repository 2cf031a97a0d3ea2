/** Vitrine as the rest of the shop sees it: it may come soon, late or never, and the shop never waits long. */
import { account } from './account.js';

const ready = new Promise((resolve) => window.vitrine('ready', resolve));

// The account is the shop's; a browser whose Vitrine does not know it (storage cleared, consent given late) is told again.
ready.then((vitrine) => {
  const user = account();
  if (user && vitrine.getUserId() !== user.id) vitrine.identify(user.id);
});

/** Calls back with the Vitrine instance once it is there. */
export const whenReady = (callback) => void ready.then(callback);

/** The Vitrine instance, or null after `ms` without one. */
export const readyWithin = (ms) => Promise.race([ready, new Promise((resolve) => setTimeout(resolve, ms, null))]);
