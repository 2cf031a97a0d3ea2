// The loader of the script tags: fetches the core from the script's folder, runs the calls that the page's stub has
// queued, and replaces the stub.

import { fetchCore, useCore } from '../core/core.js';
import { forgetOwn, keepCalls, mayKeep, takeCalls, type Call } from './queued_calls.js';
import { at } from '../ports/clock.js';
import { memberOf, membersOf } from '../ports/json.js';
import { openStore } from '../ports/storage.js';
import { report, textOf } from '../ports/report.js';
import { ValidationError, VitrineError } from '../types/errors.js';
import type { VitrineConfig } from '../types/types.js';
import { Vitrine } from '../api/vitrine.js';
import { copyOf } from '../core/text.js';

/**
 * The function `vitrine(name, ...arguments)`, as in `vitrine('events.trackPurchase', {...})`. The snippet's stub has
 * the same shape.
 */
interface Live {
  (...args: unknown[]): unknown;
  /** Queued calls; once the core is up, an object whose `push` runs the call. */
  q?: Call[] | { push(call: Call): void };
  /** Set by the first script, so that a second one, of any version, detects it. The name must never change. */
  loaded?: boolean;
}

type Page = typeof globalThis & { vitrine?: Live; Vitrine?: typeof Vitrine };

const page = globalThis as Page;
const store = openStore(true);

let instance: Vitrine | undefined;

/** Reports the failure of a call whose caller no longer waits. */
const reportError = (call: unknown, error: unknown) => {
  const isTyped = error instanceof VitrineError;
  const message = `${textOf(call)}: ${isTyped ? error.message : textOf(error)}`;
  (instance?.['_host'].log || report)('error', message, isTyped && error.code ? error.code : 'call-failed', error);
};

/** Texts of the widgets in the page's language, if Vitrine has that language. */
let texts: Record<string, string> | undefined;
let isUp = false;
/** Calls that arrived before `init`. */
let held: Call[] = [];

const init = (timeMs: number, config: VitrineConfig) => {
  if (instance) throw new ValidationError('called twice; only the first call counts', { code: 'init-twice' });
  // The core's time starts at the oldest call, which this page has queued or an earlier page has kept.
  const calls = isUp ? [...takeCalls(store), ...held] : held;
  held = [];
  instance = at(
    Math.min(timeMs, ...calls.map((call) => call[0])),
    () =>
      new Vitrine(
        texts
          ? ({
              ...membersOf(config),
              strings: { ...texts, ...membersOf(memberOf(config, 'strings')) },
            } as unknown as VitrineConfig)
          : config,
      ),
  );
  calls.forEach(run);
};

// Allows the names of public methods only. Constructors and prototypes must stay out of reach.
const invoke = (vitrine: Vitrine, [name, ...args]: unknown[]) => {
  const [, group, method] = /^(?:(events|recs|search|debug)\.)?([a-z]\w*)$/i.exec(textOf(name)) || [];
  const target = (group ? vitrine[group as 'events'] : vitrine) as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  if (!method || method === 'constructor' || typeof target[method] !== 'function')
    throw new ValidationError('there is no such call', { code: 'unknown-call' });
  return target[method](...args);
};

/** Runs a call at the time it was made. Reports an error in the console, because the caller no longer waits. */
const run = (call: Call): unknown => {
  const [timeMs, args] = call;
  try {
    if (args[0] === 'init') return init(timeMs, args[1] as VitrineConfig);
    if (!instance) return void held.push(call);
    const vitrine = instance;
    const result =
      args[0] === 'ready'
        ? // After the replay, so that calls made in the callback get the current time.
          Promise.resolve(vitrine).then(args[1] as (vitrine: Vitrine) => void)
        : at(Math.min(timeMs, Date.now()), () => invoke(vitrine, args));
    if (result instanceof Promise) result.catch((error) => reportError(args[0], error));
    return result;
  } catch (error) {
    reportError(args[0], error);
  }
};

const fetchTexts = async (base: string) => {
  const [language] = document.documentElement.lang.split('-');
  if (!/^(de|fr|es|sv)$/.test(language!)) return;
  // If the file is missing, the texts stay English.
  const response = await fetch(new URL(`strings/${language}.json`, base).href).catch(() => undefined);
  if (response?.ok) texts = await response.json().catch(() => undefined);
};

/** The parts of a script besides tracking. */
export interface Extras {
  defineWidget(): void;
  /** Members to add to `window.Vitrine`. */
  statics: object;
}

/**
 * Returns the element of the running script; undefined if the page has none with an address (type="module", inlined,
 * run by a loader).
 */
const ownScript = (core: string): HTMLScriptElement | undefined => {
  // Read by the prototype: an element with name="currentScript" hides the property of the document.
  const prototype = globalThis.Document?.prototype || document;
  const running =
    Object.getOwnPropertyDescriptor(prototype, 'currentScript')?.get?.call(document) ?? prototype.currentScript;
  if (running?.src) return running;
  let found: HTMLScriptElement | undefined;
  prototype.querySelectorAll?.call(document, 'script[src]').forEach((tag) => {
    if (new URL((tag as HTMLScriptElement).src).pathname.endsWith(`/${core}.js`)) found = tag as HTMLScriptElement;
  });
  return found;
};

/**
 * Starts the script of this page.
 * @param core name of the core's files: `<core>.wasm` and `<core>-core.js`
 * @param extras widgets and static members; none in the tracking-only script
 */
export const load = async (core: string, extras?: Extras): Promise<void> => {
  const tag = ownScript(core);
  const stub: Live = (page.vitrine ||= (...args) => (stub.q as Call[]).push([Date.now(), args]));
  if (stub.loaded) return report('warn', 'loaded twice on this page; only the first script counts', 'loaded-twice');
  stub.loaded = true;
  const calls = (stub.q ||= []) as Call[];
  extras?.defineWidget();

  let kept: Call[] = [];
  const keep = () => {
    const config = calls.find((call) => call[1][0] === 'init')?.[1][1];
    if (mayKeep(copyOf(config) as VitrineConfig, store)) kept = keepCalls(calls, store) || kept;
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
      // The next page may be able to load the core.
      keep();
    },
  );
  await spoken;
  document.removeEventListener('visibilitychange', keepIfHidden);
  removeEventListener('pagehide', keep);

  // Kept calls that another page has taken meanwhile run there.
  const isTaken = isUp && !forgetOwn(store);
  const live: Live = (...args) => run([Date.now(), args]);
  live.loaded = true;
  // Code that still holds the stub reaches the core through the new queue.
  stub.q = live.q = { push: run };
  page.vitrine = live;
  page.Vitrine = Object.assign(Vitrine, extras?.statics);
  calls.filter((call) => !isTaken || kept.indexOf(call) < 0).forEach(run);
};
