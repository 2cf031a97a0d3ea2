// Chromium by its DevTools protocol alone. Playwright watches every request, and the browser then notes stack traces
// in the measured page, which a start would pay for.

import { kill, makeFolder, removeFolder, start } from '../../browser/driver/processes.mjs';
import { chromiumArguments, command } from './chromium.mjs';

/** A connection to one target of the browser. `on` takes one listener of an event. */
class Session {
  /** @param {string} [sessionId] */
  constructor(devTools, sessionId) {
    this.send = (method, params = {}) => devTools.send(method, params, sessionId);
    this.on = (event, listener) => devTools.listeners.set(event, listener);
  }

  /** Resolves with the value of an expression in the page, awaited. Rejects if it throws. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}

export class DevTools {
  listeners = new Map();
  /** The connection to the browser itself. */
  session = new Session(this);
  #waiting = new Map();
  #lastId = 0;
  #program;
  #profile;

  /** Starts a browser with a new profile. */
  static async open() {
    const devTools = new DevTools();
    devTools.#profile = await makeFolder();
    const args = [
      ...chromiumArguments,
      '--remote-debugging-pipe',
      `--user-data-dir=${devTools.#profile}`,
      'about:blank',
    ];
    const program = start(command, args, {}, ['pipe', 'pipe']);
    devTools.#program = program;
    let text = '';
    program.stdio[4].setEncoding('utf8').on('data', (part) => {
      const messages = (text + part).split('\0');
      text = messages.pop();
      for (const message of messages) devTools.#receive(JSON.parse(message));
    });
    return devTools;
  }

  #receive({ id, method, params, result, error }) {
    if (!id) return this.listeners.get(method)?.(params);
    const { resolve, reject, name } = this.#waiting.get(id);
    this.#waiting.delete(id);
    return error ? reject(Error(`${name}: ${error.message}`)) : resolve(result);
  }

  send(method, params, sessionId) {
    const id = ++this.#lastId;
    this.#program.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject, name: method }));
  }

  /** Opens a page; `isFresh`: without any caches and in a process of its own. `close` closes it. */
  async newPage(isFresh) {
    const context = isFresh ? await this.send('Target.createBrowserContext', { disposeOnDetach: false }) : {};
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', ...context });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return Object.assign(new Session(this, sessionId), {
      close: () =>
        isFresh ? this.send('Target.disposeBrowserContext', context) : this.send('Target.closeTarget', { targetId }),
    });
  }

  async close() {
    await kill(this.#program);
    await removeFolder(this.#profile);
  }
}
