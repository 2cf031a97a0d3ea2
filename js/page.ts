// Page facts -> inputs. No unload or beforeunload listener here or anywhere: either keeps a page out of the back/forward cache.

import type { Host } from './host.js';
import { now } from './ports/clock.js';
import { isShared } from './ports/storage.js';

/** What the core is told about the page at boot. Numbers are 0 or 1. */
export interface PageFacts {
  page: { url: string; referrer: string; title: string };
  visible: number;
  online: number;
  /** The visitor's Global Privacy Control signal. */
  gpc: number;
  /** The browser says that it is driven by a program. */
  webdriver: number;
}

const isHidden = () => document.visibilityState === 'hidden';
const isOnline = () => +(navigator.onLine !== false);

/** Facts of this page; those of no page at all where there is none (a server). */
export const pageFacts = (inPage: boolean): PageFacts =>
  inPage
    ? {
        page: { url: location.href, referrer: document.referrer, title: document.title },
        visible: +!isHidden(),
        online: isOnline(),
        gpc: +!!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
        webdriver: +!!navigator.webdriver,
      }
    : { page: { url: '', referrer: '', title: '' }, visible: 1, online: 1, gpc: 0, webdriver: 0 };

/**
 * Reports the page's life to the core for as long as the page lives. Returns a function that tells the core of a navigation within
 * the page, if there was one: asked before an event that carries the address, it needs neither a patched history nor a listener.
 */
export const watchPage = (host: Host): (() => void) => {
  const { call } = host;
  let suspended = false;
  let url = location.href;

  const report = () => {
    if (suspended) return; // visibility changes on both sides of the cache; suspend and restore have said it
    host.hidden = isHidden();
    call('setPageState', +!host.hidden, isOnline(), now());
  };
  const suspend = () => {
    if (suspended) return;
    suspended = host.hidden = true;
    call('suspend', now());
    // A page that holds locks cannot be cached or frozen, and its journals are better off with a living tab.
    host.letGo();
  };
  const restore = () => {
    if (!suspended) return;
    suspended = false;
    host.hidden = isHidden();
    call('restore', now());
    report();
  };

  host.hidden = isHidden();
  for (const name of ['online', 'offline']) addEventListener(name, report);
  document.addEventListener('visibilitychange', report);
  // On a navigation pagehide comes before visibilitychange, and in older Safari alone. Whether the page will be cached it cannot know
  // for sure, so every page leaves as if it would come back.
  addEventListener('pagehide', () => {
    host.hidden = true;
    call('setPageState', 0, isOnline(), now());
    suspend();
  });
  addEventListener('pageshow', restore);
  document.addEventListener('freeze', suspend);
  document.addEventListener('resume', restore);
  addEventListener('storage', ({ key, newValue }) => {
    // A null key says that everything was cleared.
    if (key === null || isShared(key)) call('storageChanged', key || '', newValue || '', now());
  });

  return () => {
    if (location.href === url) return;
    const referrer = url;
    url = location.href;
    call('navigate', url, referrer, document.title, now());
  };
};
