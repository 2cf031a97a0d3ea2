// Reports the facts and the life cycle of the page to the core as inputs. Vitrine has no unload or beforeunload
// listener anywhere, because either keeps a page out of the back/forward cache.

import type { Host } from '../core/host.js';
import { now } from '../ports/clock.js';
import { attribute, closest, find, listen, member, navigationApi } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
import { IDENTITY, isShared, sharedState, type Store } from '../ports/storage.js';

/** Facts about the page that the core receives at boot. Numbers are 0 or 1. */
export interface PageFacts {
  page: { url: string; referrer: string; title: string; viewing: string };
  visible: number;
  online: number;
  /** The visitor's Global Privacy Control signal. */
  gpc: number;
  /** The browser is automated (`navigator.webdriver`). */
  webdriver: number;
  userAgent: string;
  /** The page is prerendered: the shopper may never visit it. */
  prerendering: number;
}

type Prerendered = Document & { prerendering?: boolean };

const isHidden = () => member(document, 'visibilityState') === 'hidden';
const isOnline = () => +(navigator.onLine !== false);

/** Returns the product that the page names as its own. */
const viewed = () => {
  const element = find(document, '[data-vitrine-viewing]');
  return element && attribute(element, 'data-vitrine-viewing');
};

/** Returns the facts of this page; on a server, neutral facts. */
export const pageFacts = (inPage: boolean): PageFacts =>
  inPage
    ? {
        page: {
          url: location.href,
          referrer: member(document, 'referrer'),
          title: member(document, 'title'),
          viewing: viewed() || '',
        },
        visible: +!isHidden(),
        online: isOnline(),
        gpc: +!!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
        webdriver: +!!navigator.webdriver,
        userAgent: navigator.userAgent || '',
        prerendering: +!!member(document as Prerendered, 'prerendering'),
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

/** Reports the life cycle of the page to the core until `signal` fires. */
export const watchPage = (host: Host, store: Store, signal: AbortSignal): void => {
  const { call } = host;
  /** Values of the shared keys when the page was suspended. */
  let known: Record<string, string> = {};
  let url = location.href;
  const on = <E extends Event>(target: EventTarget, type: string, listener: (event: E) => unknown, capture = false) =>
    listen(target, type, listener, { capture, signal });

  const report = () => {
    if (host.away) return; // suspend and restore report the visibility of a page that enters or leaves the cache
    if (isHidden()) hide();
    else host.hidden = false;
    call('setPageState', +!host.hidden, isOnline(), now());
  };
  // Reads the current value instead of the event's: if two tabs write at once, both must end with the last write.
  const noteStored = (key: string) => call('storageChanged', key, store.get(key) || '', now());
  const hide = () => {
    // Items that were visible until now are judged before the clocks stop.
    host.look(false);
    host.hidden = true;
    // A page gets no event when its own scripts clear the storage, and it may end now.
    if (!store.get(IDENTITY)) noteStored('');
  };
  const suspend = () => {
    if (host.away) return;
    host.look(false);
    host.away = host.hidden = true;
    call('suspend', now());
    // A page that holds locks cannot be cached or frozen, and a living tab can send its journals.
    host.letGo();
    known = sharedState(store);
  };
  const restore = () => {
    if (!host.away) return;
    // The core receives the writes of other tabs before anything is drained: a suspended page gets no storage events.
    host.away = host.hidden = false;
    call('restore', now());
    for (const key in { __proto__: null, ...known, ...sharedState(store) }) noteStored(key);
    report();
  };

  host.hidden = isHidden();
  for (const name of ['online', 'offline']) on(window, name, report);
  on(document, 'visibilitychange', report);
  // On a navigation pagehide comes before visibilitychange; older Safari fires only pagehide. A page cannot know for
  // sure whether it will be cached, so every page leaves as if it might come back.
  const end = () => {
    hide();
    call('setPageState', 0, isOnline(), now());
    suspend();
  };
  on(window, 'pagehide', end);
  // Waiting events are sent when a navigation begins, not when it ends, so that the reply can still arrive.
  const leave = () => call('leaving', now());
  const navigation = navigationApi();
  if (navigation)
    on(
      navigation,
      'navigate',
      (event: Event & { destination: { sameDocument: boolean } }) => event.destination.sameDocument || leave(),
    );
  else {
    on(document, 'click', ({ target }) => closest(target as Element, 'a[href]') && leave(), true);
    on(document, 'submit', leave, true);
  }
  const activate = () => call('activate', now());
  if (member(document as Prerendered, 'prerendering')) on(document, 'prerenderingchange', activate);
  on(window, 'pageshow', restore);
  on(document, 'freeze', suspend);
  on(document, 'resume', restore);
  // A null key means that the whole storage was cleared.
  const onStorage = ({ key }: StorageEvent) => (key === null || isShared(key)) && noteStored(key || '');
  on(window, 'storage', onStorage);

  // Called whenever the address matters. Without autoTrack this detects navigations without a patched history or a
  // listener. An entry's key stays the same when its address is replaced.
  const keyNow = () => navigation?.currentEntry?.key;
  let key = keyNow();
  host.noteNavigation = guarded((isNewEntry = key !== keyNow()) => {
    key = keyNow();
    if (location.href === url) return;
    host.look(false);
    url = location.href;
    if (isNewEntry ? call('navigateBy', 1, url, now()) : call('navigate', url, now())) host.turn();
  });
};
