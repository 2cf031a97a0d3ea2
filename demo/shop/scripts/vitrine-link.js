/** Access to Vitrine for the rest of the shop: it may load soon, late or never, and the shop never waits long. */
import { account } from './account.js';

const ready = new Promise((resolve) => window.vitrine('ready', resolve));

// The shop owns the account; identify the user again if Vitrine does not know it (storage cleared, late consent).
ready.then((vitrine) => {
  const user = account();
  if (user && vitrine.getUserId() !== user.id) vitrine.identify(user.id);
});

/** Calls back with the Vitrine instance when it has loaded. */
export const whenReady = (callback) => void ready.then(callback);

/** Resolves to the Vitrine instance, or to null after `ms`. */
export const readyWithin = (ms) => Promise.race([ready, new Promise((resolve) => setTimeout(resolve, ms, null))]);
