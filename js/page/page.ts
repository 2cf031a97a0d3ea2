// Page facts -> inputs. No unload or beforeunload listener here or anywhere: either keeps a page out of the back/forward cache.

import type { Host } from '../core/host.js';
import { now } from '../ports/clock.js';
import { isShared, sharedState, type Store } from '../ports/storage.js';

/** What the core is told about the page at boot. Numbers are 0 or 1. */
export interface PageFacts {
  page: { url: string; referrer: string; title: string; viewing: string };
  visible: number;
  online: number;
  /** The visitor's Global Privacy Control signal. */
  gpc: number;
  /** The browser says that it is driven by a program. */
  webdriver: number;
  userAgent: string;
  /** The page is made in advance, for a shopper who may never come. */
  prerendering: number;
}

type Prerendered = Document & { prerendering?: boolean };

const isHidden = () => document.visibilityState === 'hidden';
const isOnline = () => +(navigator.onLine !== false);

/** Facts of this page; those of no page at all where there is none (a server). */
export const pageFacts = (inPage: boolean): PageFacts =>
  inPage
    ? {
        page: {
          url: location.href,
          referrer: document.referrer,
          title: document.title,
          viewing: document.querySelector<HTMLElement>('[data-vitrine-viewing]')?.dataset.vitrineViewing || '',
        },
        visible: +!isHidden(),
        online: isOnline(),
        gpc: +!!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
        webdriver: +!!navigator.webdriver,
        userAgent: navigator.userAgent || '',
        prerendering: +!!(document as Prerendered).prerendering,
      }
    : {
        page: { url: '', referrer: '', title: '', viewing: '' },
        visible: 1,
        online: 1,
        gpc: 0,
        webdriver: 0,
        userAgent: '',
        prerendering: 0,
      };

/** Reports the page's life to the core until `signal` fires. */
export const watchPage = (host: Host, store: Store, signal: AbortSignal): void => {
  const { call } = host;
  /** Shared keys as they were when the page was suspended. */
  let known: Record<string, string> = {};
  let url = location.href;

  const report = () => {
    if (host.away) return; // visibility changes on both sides of the cache; suspend and restore have said it
    // What was visible until now is judged before the clocks stop.
    if (isHidden()) host.look(false);
    host.hidden = isHidden();
    call('setPageState', +!host.hidden, isOnline(), now());
  };
  // The value of now, not of the event: of two tabs that write at once, both must end with the last write.
  const noteStored = (key: string) => call('storageChanged', key, store.get(key) || '', now());
  const suspend = () => {
    if (host.away) return;
    host.look(false);
    host.away = host.hidden = true;
    call('suspend', now());
    // A page that holds locks cannot be cached or frozen, and its journals are better off with a living tab.
    host.letGo();
    known = sharedState(store);
  };
  const restore = () => {
    if (!host.away) return;
    // Nothing is drained before the core knows what other tabs have written: no storage event reached the suspended page.
    host.away = host.hidden = false;
    call('restore', now());
    for (const key in { ...known, ...sharedState(store) }) noteStored(key);
    report();
  };

  host.hidden = isHidden();
  for (const name of ['online', 'offline']) addEventListener(name, report, { signal });
  document.addEventListener('visibilitychange', report, { signal });
  // On a navigation pagehide comes before visibilitychange, and in older Safari alone. Whether the page will be cached it cannot know
  // for sure, so every page leaves as if it would come back.
  const end = () => {
    host.look(false);
    host.hidden = true;
    call('setPageState', 0, isOnline(), now());
    suspend();
  };
  addEventListener('pagehide', end, { signal });
  // What waits is sent when a navigation begins, not when it ends: the answer can then still be heard.
  const leave = () => call('leaving', now());
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation)
    navigation.addEventListener(
      'navigate',
      (event) => (event as Event & { destination: { sameDocument: boolean } }).destination.sameDocument || leave(),
      { signal },
    );
  else {
    document.addEventListener('click', ({ target }) => (target as Element).closest?.('a[href]') && leave(), {
      capture: true,
      signal,
    });
    document.addEventListener('submit', leave, { capture: true, signal });
  }
  const activate = () => call('activate', now());
  if ((document as Prerendered).prerendering) document.addEventListener('prerenderingchange', activate, { signal });
  addEventListener('pageshow', restore, { signal });
  document.addEventListener('freeze', suspend, { signal });
  document.addEventListener('resume', restore, { signal });
  // A null key says that everything was cleared.
  const hear = ({ key }: StorageEvent) => (key === null || isShared(key)) && noteStored(key || '');
  addEventListener('storage', hear, { signal });

  // Asked for when an address is wanted, a navigation needs neither a patched history nor a listener.
  host.noteNavigation = () => {
    if (location.href === url) return;
    host.look(false);
    url = location.href;
    if (call('navigate', url, now())) host.turn();
  };
};
