// What a script tag does: fetches the core beside itself, runs what the page's stub has queued, and becomes what the stub stood for.

import { fetchCore, useCore } from '../core/core.js';
import { forgetOwn, keepCalls, mayKeep, takeCalls, type Call } from './queued_calls.js';
import { at } from '../ports/clock.js';
import { openStore } from '../ports/storage.js';
import type { VitrineConfig } from '../types/types.js';
import { Vitrine } from '../api/vitrine.js';

/** `vitrine('events.trackPurchase', {...})`: the name of a call and its arguments. The stub of the snippet has the same shape. */
interface Live {
  (...args: unknown[]): unknown;
  /** Queued calls; once the core is up, something that runs what is pushed. */
  q?: Call[] | { push(call: Call): void };
  /** Set by the first load, so that a second one, of this version or another, knows: a name that must not change. */
  loaded?: boolean;
}

type Page = typeof globalThis & { vitrine?: Live; Vitrine?: typeof Vitrine };

const page = globalThis as Page;
const store = openStore(true);
const tell = (call: unknown, error: unknown) =>
  console.error(
    `[vitrine] ${call}: ${error instanceof Error ? `${error.message} (${(error as { code?: string }).code || error.name})` : error}`,
  );

let instance: Vitrine | undefined;
/** The widgets' texts in the page's language, where that is one of ours. */
let texts: Record<string, string> | undefined;
let isUp = false;
/** Calls made before init. */
let held: Call[] = [];

const init = (timeMs: number, config: VitrineConfig) => {
  if (instance) return tell('init', 'called twice; the first one counts');
  // Older calls, of this page or kept by an earlier one, come first in time, so the core's time starts with them.
  const calls = isUp ? [...takeCalls(store), ...held] : held;
  held = [];
  instance = at(
    Math.min(timeMs, ...calls.map((call) => call[0])),
    () => new Vitrine(texts ? { ...config, strings: { ...texts, ...config.strings } } : config),
  );
  calls.forEach(run);
};

// Only public calls have a name: no way leads from here to constructors or prototypes.
const invoke = (vitrine: Vitrine, [name, ...args]: unknown[]) => {
  const [, group, method] = /^(?:(events|recs|search|debug)\.)?([a-z]\w*)$/i.exec(String(name)) || [];
  const target = (group ? vitrine[group as 'events'] : vitrine) as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  if (!method || method === 'constructor' || typeof target[method] !== 'function') throw Error('there is no such call');
  return target[method](...args);
};

/** Runs a call at its own time. Faults become one line in the console: whoever queued it is gone. */
const run = (call: Call): unknown => {
  const [timeMs, args] = call;
  try {
    if (args[0] === 'init') return init(timeMs, args[1] as VitrineConfig);
    if (!instance) return void held.push(call);
    const vitrine = instance;
    const result =
      args[0] === 'ready'
        ? // After the replay, so that what it does has the time at which it does it.
          Promise.resolve(vitrine).then(args[1] as (vitrine: Vitrine) => void)
        : at(Math.min(timeMs, Date.now()), () => invoke(vitrine, args));
    if (result instanceof Promise) result.catch((error) => tell(args[0], error));
    return result;
  } catch (error) {
    tell(args[0], error);
  }
};

const fetchTexts = async (base: string) => {
  const [language] = document.documentElement.lang.split('-');
  if (!/^(de|fr|es|sv)$/.test(language!)) return;
  // Without them the widgets speak English.
  const response = await fetch(new URL(`strings/${language}.json`, base).href).catch(() => undefined);
  if (response?.ok) texts = await response.json().catch(() => undefined);
};

/** What a script brings along besides tracking. */
export interface Extras {
  defineWidget(): void;
  /** Found on `window.Vitrine`. */
  statics: object;
}

/** Starts this page's script; `core` is the name of its core's files: `<core>.wasm`, `<core>-core.js`. */
export const load = async (core: string, extras?: Extras): Promise<void> => {
  const tag = document.currentScript as HTMLScriptElement | null;
  const stub: Live = (page.vitrine ||= (...args) => (stub.q as Call[]).push([Date.now(), args]));
  if (stub.loaded) return console.warn('[vitrine] loaded twice on this page; the first one counts');
  stub.loaded = true;
  const calls = (stub.q ||= []) as Call[];
  extras?.defineWidget();

  let kept: Call[] = [];
  const keep = () => {
    const config = calls.find((call) => call[1][0] === 'init')?.[1][1];
    if (mayKeep(config as VitrineConfig, store)) kept = keepCalls(calls, store) || kept;
  };
  const keepIfHidden = () => document.visibilityState === 'hidden' && keep();
  document.addEventListener('visibilitychange', keepIfHidden);
  addEventListener('pagehide', keep);
  const base = tag?.src || location.href;
  const spoken = extras && fetchTexts(base);
  await fetchCore(tag?.dataset.wasm || new URL(`${core}.wasm`, base).href, core).then(
    (fetched) => {
      useCore(() => fetched);
      isUp = true;
    },
    (error) => {
      useCore(() => {
        throw error;
      });
      // A core that cannot be had today may be had by the next page.
      keep();
    },
  );
  await spoken;
  document.removeEventListener('visibilitychange', keepIfHidden);
  removeEventListener('pagehide', keep);

  // What another page has taken meanwhile is run there.
  const isTaken = isUp && !forgetOwn(store);
  const live: Live = (...args) => run([Date.now(), args]);
  live.loaded = true;
  // Whoever still holds the stub reaches the core through it.
  stub.q = live.q = { push: run };
  page.vitrine = live;
  page.Vitrine = Object.assign(Vitrine, extras?.statics);
  calls.filter((call) => !isTaken || !kept.includes(call)).forEach(run);
};
