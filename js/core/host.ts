// The host: reports inputs to the core and performs the core's effects, in order. No policy lives here.
//
// An input returns at once. Effects are drained in one microtask after the inputs of a task. While the page is hidden
// they are drained within the input, because the page may end before the next microtask. After each drain the one timer
// is set. An exception from the core stops it: from then on every input does nothing.

import type { Runtime } from './core.js';
import { parseEffects } from './effects.js';
import type { EffectHandlers } from './seam.js';
import { errorFrom } from '../types/errors.js';
import { later, now, wallNow } from '../ports/clock.js';
import { logFaultsWith, onErrorOf } from '../ports/guard.js';
import { removeEarly, type Answer } from '../ports/locks.js';
import type { Change } from '../ports/mirror.js';
import type { Ports, SlotView } from './host_ports.js';
import { openFormattedNet } from './formatted_net.js';
import type { Items } from './items.js';
import { openJournals } from './journals.js';
import type { Plugins } from './plugins.js';
import { pluginsOfHost } from './plugins_part.js';
import { openProductsQueue } from './products.js';
import type { Tap } from './recorder.js';
import type { Done } from '../ports/net.js';
import { report, textOf } from '../ports/report.js';
import { openScripts } from '../ports/script.js';
import { EARLY, JOURNAL } from '../ports/storage.js';
import { toJson, wellFormed } from './text.js';

type Scalar = string | number | Uint8Array;
type Args<M> = M extends (...args: infer A) => unknown ? A : never;
type Result<M> = M extends (...args: never[]) => infer R ? R : never;

export interface Host {
  /** True while the page is hidden: effects are then performed before an input returns. */
  hidden: boolean;
  /** True while the page is in the back/forward cache or on its way there. */
  away: boolean;
  /**
   * Reports a navigation within the page to the core, if there was one. Must be called before inputs that carry the
   * address. `isNewEntry`: the address belongs to another entry of the history, not to the same one with its address
   * replaced. Default: as far as the browser knows.
   */
  noteNavigation(isNewEntry?: boolean): void;
  /**
   * Called when the core wants a report of what is visible. `isNewPage`: the page's markup must be read again first.
   */
  look(isNewPage: boolean): void;
  /** Called when another page view has begun in this document. */
  turn(): void;
  /** Called behind each call of the core. The debug overlay sets it. */
  tap?: Tap;
  /** True if widgets add to the cart with Doofinder's event (widget/doofinder_cart.ts). */
  asksDoofinder: boolean;
  /** The items that are watched for views and clicks. Undefined without a page, as on a server. */
  items?: Items;
  /** Calls the core. Returns undefined once the core is dead. Never throws. Makes string arguments well-formed. */
  call<K extends keyof Runtime>(name: K, ...args: Args<Runtime[K]>): Result<Runtime[K]> | undefined;
  /**
   * As `call`, for reports that come by the hundred. Drains effects only if the core returns 1, and returns whether it
   * did.
   */
  report<K extends keyof Runtime>(name: K, ...args: Args<Runtime[K]> & number[]): boolean;
  /** As `call`, but throws the core's typed error when the core returns -1. */
  ask<K extends keyof Runtime>(name: K, ...args: Args<Runtime[K]>): Result<Runtime[K]> | undefined;
  /**
   * Runs `start` with a new call id. The promise settles with the settle effect of this id, or with AbortError when
   * `signal` fires.
   */
  promise<T>(start: (callId: number) => void, signal?: AbortSignal): Promise<T>;
  /**
   * Opens a slot, or gives slot `slotId` another request. Returns the slot's id. If the core is dead, the slot shows
   * its error state at once.
   */
  openSlot(requestJson: string, view: SlotView, slotId?: number): number;
  closeSlot(slotId: number): void;
  /** Adds plugins (plugins.ts). */
  use: Plugins['use'];
  /** Opens another core with the page's options, which stores and sends nothing. */
  openSpare(): Runtime;
  /** Releases the locks and the database, which a page in the back/forward cache must not hold. */
  letGo(): void;
  /** Stores the undelivered events for the next page and frees the core. From then on every call does nothing. */
  close(): void;
  /** True if the running core lacks this call, because it was built for tracking only. */
  lacks(name: keyof Runtime): boolean;
  /**
   * Writes a line to the console and passes a fault to the configuration's `onError` (js/ports/report.ts). For faults
   * that no caller gets.
   */
  log(level: 'info' | 'warn' | 'error', message: string, code: string, cause?: unknown): void;
  /** True when the core could not start, has stopped, or was closed. */
  isDead(): boolean;
}

// A timer up to this long keeps a Node process alive until its events are sent. A longer one (a cool-down) does not.
const HOLD_MS = 10_000;
const ABORTED = { type: 'abort', code: 'aborted', message: 'The call was aborted.' };
// setTimeout takes signed 32 bits and fires a longer wait at once. After an early wake the core names the same time
// again.
const LONGEST_MS = 2 ** 31 - 1;

/** Starts the core with `open` and returns its host. Never throws: a core that cannot start counts as dead. */
export const startHost = (
  open: () => Runtime,
  { store, locks, mirror, openSpare, record, notify, config, format }: Ports,
): Host => {
  // A promise reaction is the cheapest microtask: with queueMicrotask an event would cost a third more.
  // An async function returns the browser's own promise, where a page's Promise might run reactions at once.
  const soon = (async () => {})();
  const pending = new Map<number, (ok: boolean, json: string) => void>();
  const slots = new Map<number, SlotView>();
  let runtime: Runtime | undefined;
  let lastId = 0;
  let scheduled = false;
  let draining = false;
  let dead = '';
  let stopTimer = () => {};
  /**
   * Time for which the timer is set; 0 once it has fired. Most inputs keep it, because setting a timer costs as much as
   * an event.
   */
  let armedMs = 0;
  let changes: Change[] = [];
  /** Number of writes to the mirror that have not ended. */
  let writing = 0;

  let plugins: Plugins | undefined;
  const tell = onErrorOf(config);
  const log: Host['log'] = (level, message, code, cause) =>
    report(level, message, code, cause, (error) => {
      tell(error);
      plugins?.fire('onError', error);
    });
  logFaultsWith(log);

  const letGo = () => {
    locks.releaseAll();
    closeMirror();
  };

  // While a reply is awaited, the database stays open: the reply removes the delivered events from the mirror.
  const closeMirror = () => void (net.isBusy() || mirror.close());

  const end = (code: string, message: string) => {
    runtime = undefined;
    dead = toJson({ code, message });
    stopTimer();
    letGo();
    pending.forEach((settle) => settle(false, dead));
  };

  const die = (cause: unknown) => {
    if (dead) return;
    const [code, what] = ['core-stopped', textOf(cause)];
    const known = (cause as { code?: string } | undefined)?.code;
    log('error', `the core is not running (${what}); the page goes on without it`, known || code, cause);
    end(code, `the core is not running: ${what}`);
    slots.forEach((view) => guard(() => view.show(-1, 'error', '')));
  };

  // An effect may run the page's own code, as when a custom element is connected. An exception there must not stop the
  // effects that follow.
  const guard = (step: () => void) => {
    try {
      step();
    } catch (error) {
      log('error', `Code of the page failed inside Vitrine: ${textOf(error)}. Mend that code.`, 'page-failed', error);
    }
  };

  const enter = (name: keyof Runtime, args: Scalar[]): unknown => {
    if (!runtime) return;
    if (products.keeps(name, args)) return;
    try {
      record?.(name, args);
      const result = (runtime[name] as ((...args: Scalar[]) => unknown) | undefined)?.(...args);
      host.tap?.(name, args, result);
      return result;
    } catch (error) {
      die(error);
    }
  };

  const products = openProductsQueue(
    (name, args) => call(name, ...(args as never)),
    (name, id, error) => {
      const { type, message } = error;
      if (name === 'request') settle(id, false, toJson({ ...error, type, message }));
      else guard(() => slots.get(id)?.show(-1, 'error', ''));
    },
    (error) => log('error', error.message, error.code, error),
  );

  const settle = (callId: number, ok: boolean, json: string) => {
    const end = pending.get(callId);
    pending.delete(callId);
    end?.(ok, json);
  };

  const done: Done = (requestId, status, retryAfter, body) => {
    call('requestDone', requestId, status, retryAfter, body, now());
    if (host.away) closeMirror();
  };
  let isFetchTold = false;
  const onThrow = (error: unknown) => {
    if (!isFetchTold) log('warn', `The page's fetch has thrown: ${textOf(error)}. Events wait.`, 'fetch-failed', error);
    isFetchTold = true;
  };
  const net = openFormattedNet(format, done, onThrow, log);
  const scripts = openScripts(done);

  const journals = openJournals(store, mirror, (name, ...args) => call(name, ...(args as never), now()));

  const copy = () => {
    if (changes.length) {
      writing++;
      void mirror.write(changes).then(() => --writing || enter('copied', []));
    }
    changes = [];
  };

  // The parameters have the names of wasm/base/effects.inc.
  const perform: EffectHandlers = {
    save(key, value) {
      // The page that took the journal has read it, and will not see what is written now.
      const journal = key.startsWith(JOURNAL) ? key.slice(JOURNAL.length).split(':')[0]! : '';
      const isLost = !!journal && !locks.isOurs(journal);
      if (isLost || !store.set(key, value)) call('saveFailed', key, now());
      if (isLost) call('claimRefused', journal, now());
    },
    forget: (key) => (key === EARLY ? removeEarly(store, locks) : store.remove(key)),
    send(requestId, keepalive, timeoutMs, url, body, method, headersJson, mode, readsBody) {
      net.start(
        +requestId,
        +timeoutMs,
        url,
        {
          method,
          headers: headersJson ? JSON.parse(headersJson) : undefined,
          body: body || undefined,
          keepalive: keepalive === '1',
          mode: (mode as RequestMode) || undefined,
        },
        readsBody !== '1',
      );
      plugins?.fire('onSend', { url, method, body, isKeepalive: keepalive === '1' });
    },
    ask: (requestId, timeoutMs, method, url, headersJson, body) =>
      net.start(+requestId, +timeoutMs, url, {
        method,
        headers: JSON.parse(headersJson || '{}'),
        body: body || undefined,
      }),
    script: (requestId, timeoutMs, url) => scripts.start(+requestId, +timeoutMs, url),
    cancel: (requestId) => net.cancel(+requestId) || scripts.cancel(+requestId),
    claim(journalId, isOwn) {
      const answer: Answer = (ours, isCurrent) => {
        if (!ours) call('claimRefused', journalId, now());
        else if (isOwn === '1') call('claimed', journalId, '{}', now());
        else void journals.adopt(journalId, isCurrent);
      };
      // A dead core must not take a lock: no other tab could adopt the journal.
      if (!dead) locks.claim(journalId, answer, isOwn === '1');
    },
    release(journalId) {
      copy(); // the next owner of the lock reads the mirror
      locks.release(journalId);
    },
    scan: () => void journals.scan(),
    mirror: (key, value) => changes.push([key, value]),
    unmirror: (key) => changes.push([key]),
    notify: (_topic) => notify?.(),
    reportViews: (isNewPage) => host.look(isNewPage === '1'),
    settle: (callId, ok, json) => settle(+callId, ok === '1', json),
    show: (slotId, serve, state, html) => slots.get(+slotId)?.show(+serve, state, html),
    patch: (slotId, serve, ...steps) => slots.get(+slotId)?.patch(+serve, steps),
    log: (level, code, message, error) =>
      log(level as 'warn', message, code, errorFrom(error || toJson({ code, message }))),
  };

  const drain = () => {
    scheduled = false;
    draining = true;
    for (const [verb, ...fields] of parseEffects((enter('drainEffects', []) as string) || ''))
      guard(() => (perform[verb] as ((...fields: string[]) => unknown) | undefined)?.(...fields));
    draining = false;
    copy();
    plugins?.noteConsent();
    const wakeMs = enter('nextWakeMs', []) as number;
    if (wakeMs === armedMs) return;
    armedMs = wakeMs;
    stopTimer();
    const waitMs = wakeMs - wallNow();
    if (waitMs < Infinity) {
      stopTimer = later(
        () => {
          armedMs = 0;
          call('wake', now());
        },
        Math.min(Math.max(waitMs, 0), LONGEST_MS),
        waitMs <= HOLD_MS,
      );
    }
  };

  const schedule = () => {
    if (!runtime) return;
    plugins?.track();
    if (host.hidden && !draining) drain();
    else if (!scheduled) {
      scheduled = true;
      void soon.then(drain);
    }
  };

  const call = ((name: keyof Runtime, ...args: Scalar[]) => {
    for (let i = 0; i < args.length; i++) if (typeof args[i] === 'string') args[i] = wellFormed(args[i] as string);
    const result = enter(name, args);
    schedule();
    return result;
  }) as Host['call'];

  const host: Host = {
    hidden: false,
    away: false,
    asksDoofinder: false,
    noteNavigation() {},
    look() {},
    turn() {},
    call,
    report: (name, ...args) => {
      const isNews = enter(name, args) === 1;
      if (isNews) schedule();
      return isNews;
    },
    use(added, vitrine) {
      usePlugins(added, vitrine);
      schedule();
    },
    letGo,
    openSpare,
    ask: ((name: keyof Runtime, ...args: Scalar[]) => {
      const result = (call as (name: keyof Runtime, ...args: Scalar[]) => unknown)(name, ...args);
      if (result === -1) throw errorFrom(call('takeError') as string);
      return result;
    }) as Host['ask'],
    promise: <T>(start: (callId: number) => void, signal?: AbortSignal) =>
      new Promise<T>((resolve, reject) => {
        if (dead) return reject(errorFrom(dead));
        if (signal?.aborted) return reject(errorFrom(toJson(ABORTED)));
        const callId = ++lastId;
        const onAbort = () => {
          if (products.withdraw(callId)) settle(callId, false, toJson(ABORTED));
          else call('abort', callId, now());
        };
        signal?.addEventListener('abort', onAbort);
        pending.set(callId, (ok, json) => {
          signal?.removeEventListener('abort', onAbort);
          if (ok) resolve(json ? JSON.parse(json) : undefined);
          else reject(errorFrom(json));
        });
        start(callId);
      }),
    openSlot(requestJson, view, slotId = 0) {
      slotId ||= ++lastId;
      slots.set(slotId, view);
      if (dead) view.show(-1, 'error', '');
      else call('openSlot', slotId, requestJson, now());
      return slotId;
    },
    closeSlot(slotId) {
      products.withdraw(slotId);
      if (slots.delete(slotId)) call('closeSlot', slotId, now());
    },
    close() {
      host.hidden = true; // drains now, so that events are stored before the core is freed
      call('suspend', now());
      runtime?.close();
      if (!dead) end('closed', 'this Vitrine was closed');
    },
    log,
    lacks: (name) => !!runtime && !runtime[name],
    isDead: () => !!dead,
  };

  const usePlugins = pluginsOfHost(config, enter, log, (opened) => {
    plugins = opened;
    schedule();
  });
  try {
    runtime = open();
    schedule();
  } catch (error) {
    die(error);
  }
  return host;
};
