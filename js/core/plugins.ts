// Calls the hooks of plugins. docs/plugins.md has the guarantees.
//
// The core holds events back while the page has plugins. After each call the host takes them, passes them through the
// hooks, and gives them back before anything is drained. No hook therefore runs inside the core.

import { now } from '../ports/clock.js';
import { isNew } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import { report, textOf } from '../ports/report.js';
import type { Plugin, VitrineInstance } from '../types/plugins.js';
import { splitRecords } from './fields.js';
import { toQueryJson } from './text.js';

type Enter = (name: 'hold' | 'amend' | 'takeError' | 'consent', args: (string | number)[]) => unknown;

type Log = (level: 'warn' | 'error', message: string, code: string, cause?: unknown) => void;

const HOOKS = ['beforeTrack', 'onSend', 'onConsent', 'onError'];
/** Members that look like a hook. */
const MISSPELT = /^(befor|onsend|onconsent|onerror)/i;

/** The plugins of one host. */
export interface Plugins {
  /** Adds plugins and sets them up. Events that the core has held until now pass their hooks next. */
  use(added: readonly unknown[], vitrine: VitrineInstance): void;
  /** Passes the held events through the hooks. Must be called after each call of the core that may record events. */
  track(): void;
  /** Calls `onConsent` if the consent has changed, or if there are new plugins. */
  noteConsent(): void;
  /** Calls one hook of all plugins. */
  fire(hook: keyof Plugin, argument: unknown): void;
}

/**
 * Opens the plugins of a host.
 * @param config the configuration, whose own hooks are those of the first plugin
 * @param enter calls the core, and does not drain
 */
export const openPlugins = (config: unknown, enter: Enter, log: Log): Plugins => {
  const plugins = [config];
  /** The plugins whose code runs now. */
  const running: unknown[] = [];
  let isUsed = false;
  let known: unknown;

  /** Calls a hook, if the plugin has it and runs no other one. Reports an exception of it or of `then` once. */
  const run = (plugin: unknown, name: keyof Plugin, argument: unknown, then?: (result: unknown) => void) => {
    const hook = memberOf(plugin, name);
    // The host calls the configuration's own onError, also without plugins.
    const isHosts = name === 'onError' && plugin === config;
    if (typeof hook !== 'function' || isHosts || running.indexOf(plugin) >= 0) return;
    running.push(plugin);
    let fault: [unknown] | undefined;
    try {
      const result = hook.call(plugin, argument);
      then?.(result);
    } catch (error) {
      fault = [error];
    }
    running.pop();
    if (!fault) return;
    const owner = textOf(memberOf(plugin, 'name') || 'the configuration');
    const line = `${name} of ${owner} has failed (${textOf(fault[0])}). Mend it.`;
    if (!isNew(line)) return;
    // A fault of onError does not go to onError, which might fail again.
    if (name === 'onError') report('error', line, 'onerror-failed', fault[0]);
    else log('error', line, 'plugin-failed', fault[0]);
  };

  const fire: Plugins['fire'] = (name, argument) => plugins.forEach((plugin) => run(plugin, name, argument));

  /** Gives an event back to the core, if there is one, and takes those that it holds. */
  const take = (text = '') => splitRecords((enter('hold', [text, now()]) as string) || '');

  /** Passes an event through the hooks, and gives it back to the core. */
  const pass = (text: string) => {
    for (const plugin of plugins) {
      if (text[0] !== '{') break;
      const event = JSON.parse(text);
      run(plugin, 'beforeTrack', event, (result) => {
        if (typeof memberOf(result, 'then') === 'function') throw 'a promise came back: return the event at once';
        const isDropped = result === false || result === null;
        const after = isDropped ? '' : toQueryJson(result === undefined ? event : result);
        const next = isDropped ? 'null' : (enter('amend', [text, after]) as string);
        if (!next) throw JSON.parse(enter('takeError', []) as string).message;
        text = next;
      });
    }
    take(text).forEach(pass);
  };

  return {
    use(added, vitrine) {
      const early = take();
      isUsed = true;
      known = '';
      plugins.push(...added);
      for (const plugin of added)
        if (plugin && typeof plugin === 'object') {
          for (const name of Object.keys(plugin))
            if (MISSPELT.test(name) && HOOKS.indexOf(name) < 0)
              log('warn', `${textOf(memberOf(plugin, 'name'))} has no hook "${name}". Use ${HOOKS}.`, 'bad-option');
          run(plugin, 'setup', vitrine);
        } else log('warn', 'A plugin is no object and is ignored. See docs/plugins.md.', 'bad-option');
      early.forEach(pass);
    },
    track() {
      if (isUsed) take().forEach(pass);
    },
    noteConsent() {
      if (!isUsed && !memberOf(config, 'onConsent')) return;
      const level = enter('consent', []);
      if (level !== known) fire('onConsent', (known = level));
    },
    fire,
  };
};
