// The loader of the script tags: finds the script's own address, starts the core from the same folder, runs the calls
// that the page's stub has queued, and replaces the stub. docs/loading.md describes it for shops.

import build from 'vitrine:build';
import parts from 'vitrine:parts';
import lentToAutoTrack from 'vitrine:shared/autotrack';
import lentToDebug from 'vitrine:shared/debug';
import lentToFormats from 'vitrine:shared/formats';
import lentToPlugins from 'vitrine:shared/plugins';
import { coreKind, fetchCore, fetchPlain, useCore, type Part } from '../core/core.js';
import { debugPart } from '../core/debug_part.js';
import { bringFormatsBy } from '../core/formatted_net.js';
import { argumentOf, consentOf, openKeptCalls, type Call } from './queued_calls.js';
import { at, later, wallNow } from '../ports/clock.js';
import { listen, member } from '../ports/dom.js';
import { findScript } from '../ports/find_script.js';
import { isNew } from '../ports/guard.js';
import { useIntegrity } from '../ports/integrity.js';
import { memberOf, membersOf } from '../ports/json.js';
import { locksFor } from '../ports/locks.js';
import { openStore } from '../ports/storage.js';
import { report, textOf } from '../ports/report.js';
import { runPart } from '../ports/run_script.js';
import { errorFrom, ValidationError, VitrineError } from '../types/errors.js';
import type { VitrineConfig } from '../types/types.js';
import { Vitrine, whenVitrine } from '../api/vitrine.js';
import { autoTrackPart } from '../page/autotrack_part.js';
import { withPart } from '../core/part.js';
import { pluginsPart } from '../core/plugins_part.js';
import { copyOf, hasHooks, listOf, toJson } from '../core/text.js';

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
  /** Set by the page: the address of the folder of the files, or of a file in it. */
  base?: string;
}

type Page = typeof globalThis & { vitrine?: Live; Vitrine?: typeof Vitrine };

const page = globalThis as Page;
const store = openStore(true);
const keptCalls = openKeptCalls(store, locksFor(store));
let instance: Vitrine | undefined;

/** Reports a fault, also to the configuration's `onError` once there is one. */
const log: typeof report = (...fault) => (instance?.['_host'].log || report)(...fault);

/** Reports the failure of a call whose caller no longer waits. */
const reportError = (call: unknown, error: unknown) => {
  const typed = error instanceof VitrineError ? error : undefined;
  const message = `${textOf(call)}: ${typed ? typed.message : textOf(error)}`;
  // onError gets the name of the call too.
  const cause = typed ? errorFrom(toJson({ ...typed, type: typed.type, message })) : error;
  log('error', message, typed?.code || 'call-failed', cause);
};

/** True once it is known that no core runs in this page. */
let isOver = false;
/** All calls so far, while it is possible that they must be kept for another page; undefined once a core has them. */
let calls: Call[] | undefined = [];
/** The `init` that counts. */
let started: Call | undefined;

// Longer than a lease takes to settle. The calls of a page wait this long only if another page has left some.
const WAIT_MS = 1200;
const AGAIN_MS = 60_000;

const isInit = (call: Call) => argumentOf(call, '0') === 'init';
const givenConfig = () => argumentOf(started || calls?.find(isInit), '1');
const plainConfig = () => copyOf(givenConfig()) as VitrineConfig;
const isUse = (call: Call) => argumentOf(call, '0') === 'use';
const wantsPlugins = () => hasHooks(givenConfig()) || calls!.some(isUse);

/** Stores the calls for another page, if the configuration allows it. */
const keep = () => calls && keptCalls.keep(plainConfig(), calls, isOver);

/** Returns the configuration of `init`, with further plugins. */
const withQueued = (plugins: unknown[]) => {
  const config = givenConfig() as VitrineConfig;
  if (!plugins.length) return config;
  return {
    ...membersOf(config),
    plugins: [...(listOf(memberOf(config, 'plugins')) || []), ...plugins],
  } as VitrineConfig;
};

/**
 * Runs the calls whose locks this page has, at the times at which they were made, and then its own calls that wait.
 * Constructs the Vitrine before, if there is none.
 */
const runWaiting = () => {
  let list = keptCalls.collect(calls || []);
  if (!instance) {
    // The constructor records the first page view, which no plugin may miss.
    const plugins = list.filter(isUse).map((call) => argumentOf(call, '1'));
    // The core's time starts at the oldest call.
    instance = at(Math.min(...list.map((call) => call?.[0])), () => new Vitrine(withQueued(plugins)));
    list = list.filter((call) => !isUse(call));
  }
  if (!list.length) return;
  calls = list;
  list.forEach((call) => call !== started && run(call));
  // By then the core has been drained once. If it died before that, nothing of the calls is stored.
  void (async () => {})().then(() => {
    isOver = instance!['_host'].isDead();
    if (isOver) keep();
    else calls = undefined;
  });
};

/** Claims the calls of pages that have ended, and runs them. */
const takeOver = () => {
  const consent = instance ? instance.getConsent() : consentOf(plainConfig(), calls!, store);
  // A dead core gives no consent either. Under denied the core drops what it gets.
  if (!isOver && consent !== 'unknown') keptCalls.claim(runWaiting);
  else if (!instance) runWaiting();
};

// The second look is soon, because a page that was left a moment ago may still hold its lock.
const takeOverAgain = () => {
  if (instance) takeOver();
  else runWaiting();
  later(takeOverAgain, AGAIN_MS);
};

/** Starts the Vitrine: once the plugins' code is there if it is needed, and at once if no other page has left calls. */
const init = (own: Call) => {
  if (started) throw new ValidationError('called twice; only the first call counts', { code: 'init-twice' });
  started = own;
  const begin = () => {
    takeOver();
    later(takeOverAgain, WAIT_MS);
  };
  if (wantsPlugins()) withPart(pluginsPart, begin);
  else begin();
};

/** Runs a call of the page. Where no core runs, another page gets it. */
const receive = (call: Call): unknown => {
  calls?.push(call);
  if (isOver) keep();
  return run(call);
};

/** Returns a sentence with the call that shares most pairs of letters with `wanted`; '' if none has two thirds. */
const suggest = (vitrine: Vitrine, wanted: string): string => {
  const names = Object.getOwnPropertyNames(Vitrine.prototype).slice(1); // without the constructor
  for (const group of ['events', 'recs', 'search'] as const)
    for (const name of Object.keys(vitrine[group])) names.push(`${group}.${name}`);
  let near = '';
  let most = (wanted.length - 1) * 0.65;
  for (const name of names) {
    let pairs = 0;
    for (let i = 1; i < wanted.length; i++)
      if (name.toLowerCase().includes(wanted.slice(i - 1, i + 1).toLowerCase())) pairs++;
    if (pairs > most) [near, most] = [`. Did you mean '${name}'?`, pairs];
  }
  return near;
};

// Allows the names of public methods only. Constructors and prototypes must stay out of reach.
const invoke = (vitrine: Vitrine, [name, ...args]: unknown[]) => {
  const [, group, method] = /^(?:(events|recs|search|debug)\.)?([a-z]\w*)$/i.exec(textOf(name)) || [];
  const target = (group ? vitrine[group as 'events'] : vitrine) as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  if (!method || method === 'constructor' || typeof target[method] !== 'function')
    throw new ValidationError('there is no such call' + suggest(vitrine, String(name)), { code: 'unknown-call' });
  return target[method](...args);
};

/** Runs a call at the time it was made. Reports an error in the console, because the caller no longer waits. */
const run = (call: Call): unknown => {
  const name = call?.[1]?.[0];
  try {
    const [timeMs, args] = call;
    if (name === 'init') return init(call);
    if (!instance) return; // init runs it
    const vitrine = instance;
    const result =
      name === 'ready'
        ? // After the replay, so that calls made in the callback get the current time.
          Promise.resolve(vitrine).then(args[1] as (vitrine: Vitrine) => void)
        : at(Math.min(timeMs, wallNow()), () => invoke(vitrine, args));
    (result as Promise<unknown> | undefined)?.catch?.((error) => reportError(name, error));
    // Consent, also denied, decides about what other pages have left.
    if (!calls && /^(setC|opt)/.test(name as string)) takeOver();
    return result;
  } catch (error) {
    reportError(name, error);
  }
};

/**
 * Returns a function that calls `use` with a part of the script: at once if it is there, else when it is.
 * @param name the part's name, such as autotrack
 * @param lent what the part borrows
 * @param code the code of the line that reports a failure
 * @param what what starts later if the file cannot be loaded
 * @param isWanted whether the file is fetched now; default: with the first use
 */
const partLoader = <T>(name: string, url: string, lent: unknown[], code: string, what: string, isWanted?: boolean) => {
  let part: T | undefined;
  let loading: Promise<T> | undefined;
  const fetchPart = () => (loading ||= runPart<T>(`vitrine-${name}`, url, lent).then((brought) => (part = brought)));
  const load = (use: (part: T) => void): void =>
    part
      ? use(part)
      : void fetchPart().then(use, (error) => {
          loading = undefined;
          const line = `${what} later, because its file cannot be loaded. ${error}`;
          if (isNew(line)) log('warn', line, code);
          later(() => load(use), AGAIN_MS);
        });
  if (isWanted) fetchPart().catch(() => {});
  return load;
};

/** The parts of a script besides tracking, which are loaded later. */
export interface Extras {
  /**
   * Called when the addresses of files are known, before the core is fetched.
   * @param file returns the address of a file; `given` is an address that the page names
   * @param hasDataCalls whether the page has queued a data call
   * @param url the address of the core's first file
   * @param given attributes `data-…` of the script's tag
   */
  prepare(
    file: (name: string, given?: string) => string,
    hasDataCalls: boolean,
    url: string,
    given: DOMStringMap,
  ): void;
  /** Returns the address of a further file of the core for that of its first. */
  partOf(url: string, part: Part): string;
  /** Called when the core is up and has run the queued calls. */
  ready(): void;
  /** Members to add to `window.Vitrine`. */
  statics: object;
}

const start = async (core: string, extras?: Extras): Promise<void> => {
  const guard = <T>(step: () => T): T | undefined => {
    try {
      return step();
    } catch (error) {
      reportError(core, error);
    }
  };
  const [tag, address] = guard(() => findScript(core)) || [];
  // A named element or a frame may stand in the place of the stub.
  const stub: Live =
    typeof page.vitrine === 'function' ? page.vitrine : (...args) => (stub.q as Call[]).push([wallNow(), args]);
  if (stub.loaded) return report('warn', 'loaded twice on this page; only the first script counts', 'loaded-twice');
  stub.loaded = true;
  if (Array.isArray(stub.q)) calls = stub.q;
  stub.q = calls as Call[];
  guard(() => (page.vitrine = stub));

  const keepIfHidden = () => member(document, 'visibilityState') === 'hidden' && keep();
  const leave = () => {
    keep();
    keptCalls.letGo();
  };
  const always = new AbortController();
  listen(document, 'visibilitychange', keepIfHidden, always);
  listen(window, 'pagehide', leave, always);
  const file = (name: string, given?: string) => {
    try {
      if (given) return new URL(given, member(document, 'baseURI')).href;
      const base = new URL(stub.base || address!, member(document, 'baseURI'));
      // With the build in its address, no file of another build comes from a cache.
      return new URL(`${name}${base.search || '?'}${base.search && '&'}b=${build}`, base).href;
    } catch {
      return given || name;
    }
  };
  const given = tag?.dataset || {};
  useIntegrity(given.integrity, tag?.nonce);
  const { wasm, core: plain } = given;
  const files = [file(`${core}.wasm`, wasm)];
  // A file with only the service of init is smaller. A page without init may name any service later.
  const service = memberOf(memberOf(plainConfig(), 'provider'), 'name') || 'none';
  const part = !wasm && calls!.some(isInit) && parts.split('|').find((name) => name === service);
  if (part) files.unshift(file(`${core}-${part}.wasm`));
  const fetching = fetchCore(files, extras?.partOf || (() => ''), file(`${core}-core.js`, plain), fetchPlain);
  const isDataCall = (call: Call) => /^(recs|search)\./.test(textOf(argumentOf(call, '0')));
  guard(() => {
    const part = <T>(code: string, lent: unknown[], what: string, isWanted?: boolean) => {
      const name = code.split('-')[0]!;
      return partLoader<T>(name, file(`vitrine-${name}.js`, given[name]), lent, code, what, isWanted);
    };
    const isTracked = memberOf(plainConfig(), 'autoTrack') === true;
    autoTrackPart.load = part('autotrack-not-loaded', lentToAutoTrack, 'autoTrack starts', isTracked);
    pluginsPart.load = part('plugins-not-loaded', lentToPlugins, 'Tracking with plugins starts', wantsPlugins());
    debugPart.load = part('debug-not-loaded', lentToDebug, 'Debugging starts');
    const formats = file('vitrine-formats.js', given.formats);
    bringFormatsBy(() => runPart('vitrine-formats', formats, lentToFormats));
    extras?.prepare(file, calls!.some(isDataCall), files[0]!, given);
  });
  const problems = await fetching.catch((error) => {
    useCore(() => {
      throw error;
    });
    // Another page may be able to load the core.
    isOver = true;
    keep();
  });

  const live: Live = (...args) => receive([wallNow(), args]);
  live.loaded = true;
  // Code that still holds the stub reaches the core through the new queue.
  stub.q = live.q = { push: receive };
  guard(() => {
    page.vitrine = live;
    page.Vitrine = Object.assign(Vitrine, extras?.statics);
  });
  const first = calls!.find(isInit);
  if (first) run(first);
  if (!isOver) guard(() => extras?.ready());
  if (problems) {
    const cost = coreKind() === 'wasm' ? 'loads a larger file' : 'runs as slower JavaScript';
    log('warn', `${problems} Until then Vitrine ${cost}.`, 'core-not-loaded');
  }
  let isUsed = false;
  whenVitrine(() => (isUsed = true));
  later(() => {
    if (!isUsed && !started)
      report('warn', "Nothing is recorded. Call vitrine('init', {...}) by the snippet of Vitrine.", 'no-init');
  }, 5000);
};

/**
 * Starts the script of this page. Never rejects.
 * @param core name of the core's files: `<core>.wasm`, `<core>-<service>.wasm` and `<core>-core.js`
 * @param extras widgets and static members; none in the tracking-only script
 */
export const load = (core: string, extras?: Extras): Promise<void> =>
  start(core, extras).catch((error) => reportError(core, error));
