// A real browser for tests, which open, inspect, click, hide, close and kill its tabs.

import { engines } from './driver/launch.mjs';
import { kill, makeFolder, removeFolder } from './driver/processes.mjs';

const kElement = 'element-6066-11e4-a52e-4f735466cecf';
const kScriptMs = 30_000;
const kPageMs = 30_000;

// Returns errors as values, because each driver formats thrown errors differently. Runs in the page.
const scriptFor = (source) => `
  const done = arguments[arguments.length - 1];
  new Promise((resolve) => resolve((${source}).apply(null, [].slice.call(arguments, 0, -1))))
    .then((value) => done({ value: value === undefined ? null : value }))
    .catch((error) => done({ error: String((error && error.stack) || error) }));`;

/** One tab. WebDriver has one current window per session; a tab makes itself current before each command. */
class Tab {
  #browser;
  #handle;

  constructor(browser, handle) {
    this.#browser = browser;
    this.#handle = handle;
  }

  async send(name, parameters) {
    await this.#browser.switchTo(this.#handle);
    return this.#browser.session.send(name, parameters);
  }

  /** Resolves when the page has loaded. */
  goto(url) {
    return this.send('Navigate', { url });
  }
  reload() {
    return this.send('Refresh');
  }
  address() {
    return this.send('GetCurrentURL');
  }

  /**
   * Runs a function in the page, with JSON arguments, and resolves to its result. The test's own scope does not exist
   * there.
   */
  async run(work, ...args) {
    const { value, error } = await this.send('ExecuteAsyncScript', { script: scriptFor(String(work)), args });
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  }

  async #element(selector) {
    return (await this.send('FindElement', { using: 'css selector', value: selector }))[kElement];
  }
  /** Makes a real click on the middle of the first match. Scrolls there if necessary. */
  async click(selector) {
    // Scrolls first, because the driver's own scrolling does not wait for a page that scrolls smoothly.
    await this.scrollTo(selector, 'nearest');
    await this.send('ElementClick', { id: await this.#element(selector) });
  }
  /**
   * Presses a mouse button (0 left, 1 middle, 2 right) on the middle of the first match, with a key (WebDriver code)
   * held.
   */
  async press(selector, { button = 0, key = '' } = {}) {
    await this.scrollTo(selector, 'nearest');
    const at = await this.run((css) => {
      const { left, top, width, height } = document.querySelector(css).getBoundingClientRect();
      return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
    }, selector);
    const idle = { type: 'pause', duration: 0 };
    const mouse = [
      { type: 'pointerMove', duration: 0, origin: 'viewport', ...at },
      { type: 'pointerDown', button },
      { type: 'pointerUp', button },
    ];
    const keys = [{ type: 'keyDown', value: key }, idle, idle, { type: 'keyUp', value: key }];
    /** @type {object[]} */
    const actions = [
      { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: key ? [idle, ...mouse] : mouse },
    ];
    if (key) actions.push({ type: 'key', id: 'keys', actions: [keys[0], idle, idle, idle, keys[3]] });
    await this.send('PerformActions', { actions });
  }

  /** Scrolls the match to the middle of the window (`block`: see scrollIntoView) at once, ignoring smooth scrolling. */
  scrollTo(selector, block = 'center') {
    return this.run(
      (css, where) => document.querySelector(css).scrollIntoView({ block: where, behavior: 'instant' }),
      selector,
      block,
    );
  }
  /** Presses a key (WebDriver code or character) on the focused element, with another key held. */
  async key(code, held = '') {
    const pressed = [
      { type: 'keyDown', value: code },
      { type: 'keyUp', value: code },
    ];
    const all = held ? [{ type: 'keyDown', value: held }, ...pressed, { type: 'keyUp', value: held }] : pressed;
    await this.send('PerformActions', { actions: [{ type: 'key', id: 'keys', actions: all }] });
  }
  async type(selector, text) {
    await this.send('ElementSendKeys', { id: await this.#element(selector), text });
  }

  /** Hides the whole window with all its tabs. */
  minimize() {
    return this.send('MinimizeWindow');
  }
  resize(width, height) {
    return this.send('SetWindowRect', { x: 0, y: 0, width, height });
  }
  /** Closes the tab; the object must not be used afterwards. */
  async close() {
    await this.send('CloseWindow');
    this.#browser.forget(this.#handle);
  }

  /** Chromium only: kills the process of the page. The object must not be used afterwards. */
  async crash() {
    await this.cdp('Page.crash').catch(() => {});
    this.#browser.forget(this.#handle);
  }

  /** Chromium only: a command of the DevTools protocol. */
  cdp(command, parameters = {}) {
    return this.send('Cdp', { cmd: command, params: parameters });
  }
  /**
   * Chromium only: console messages since the last call, as {level, message}, including failed loads and CSP reports.
   */
  consoleLines() {
    return this.send('Log', { type: 'browser' });
  }
}

export class Browser {
  #host;
  #current = '';
  #tabs = new Map();

  constructor(engine, host, session) {
    this.engine = engine;
    this.session = session;
    this.#host = host;
  }

  get version() {
    return `${this.session.capabilities.browserName} ${this.session.capabilities.browserVersion}`;
  }
  async switchTo(handle) {
    if (this.#current === handle) return;
    await this.session.send('SwitchToWindow', { handle });
    this.#current = handle;
  }
  forget(handle) {
    this.#tabs.delete(handle);
    this.#current = '';
  }

  /** The browser's first tab. It stays open, because closing the last tab ends the session. */
  async firstTab() {
    const [handle] = await this.session.send('GetWindowHandles');
    return new Tab(this, handle);
  }

  /**
   * Opens a tab and shows `url` in it.
   * @param {string} [url] default: the tab stays empty
   * @param {'tab' | 'window'} [type] tabs of one window hide each other, windows do not. WebKit opens tabs in the
   *   background, so it always opens a window
   */
  async open(url, type = 'tab') {
    if (this.engine === 'webkit') type = 'window';
    // Opened from the first tab, because a driver cannot open tabs from a closed window.
    if (!this.#current) await (await this.firstTab()).address();
    const { handle } = await this.session.send('NewWindow', { type });
    const tab = new Tab(this, handle);
    this.#tabs.set(handle, tab);
    if (url) await tab.goto(url);
    return tab;
  }
  /** Closes every tab that open() made. */
  async closeTabs() {
    for (const tab of [...this.#tabs.values()]) await tab.close();
  }

  /** Takes the browser offline, or back online. Resolves to false if the engine cannot. */
  async setOnline(isOnline) {
    if (this.engine === 'chromium') {
      const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
      for (const tab of this.#tabs.values())
        await tab.cdp('Network.emulateNetworkConditions', { offline: !isOnline, ...speed });
      return true;
    }
    if (this.engine !== 'firefox') return false;
    await this.session.send('Marionette:SetContext', { value: 'chrome' });
    await this.session.send('ExecuteScript', { script: `Services.io.offline = ${!isOnline}`, args: [] });
    await this.session.send('Marionette:SetContext', { value: 'content' });
    return true;
  }

  /** Kills the browser and all its processes, like a phone that runs out of memory. The profile stays. */
  async kill() {
    await kill(this.#host.browser);
    await this.#endPrograms();
  }

  /** Ends the browser. Removes a profile that it created; a given profile stays. */
  async quit() {
    await this.session.end().catch(() => {});
    await this.#endPrograms();
    if (this.#host.isOwnFolder) await removeFolder(this.#host.folder);
  }

  async #endPrograms() {
    for (const program of this.#host.programs.splice(0).reverse()) await kill(program);
  }
}

/**
 * Starts a browser.
 * @param {'chromium' | 'firefox' | 'webkit'} engine
 * @param {object} [options]
 * @param {string} [options.folder] the folder of its profile; default a new one
 * @param {string[]} [options.args] more switches
 * @param {object} [options.preferences] Firefox preferences
 * @returns {Promise<Browser>}
 */
export const launch = async (engine, { folder, args = [], preferences = {} } = {}) => {
  const host = { folder: folder ?? (await makeFolder()), isOwnFolder: !folder, programs: [], browser: undefined };
  try {
    const session = await engines[engine].open(host, { args, preferences });
    await session.send('SetTimeouts', { script: kScriptMs, pageLoad: kPageMs, implicit: 0 });
    return new Browser(engine, host, session);
  } catch (error) {
    for (const program of host.programs) await kill(program);
    throw new Error(`${engine} did not start: ${error.message}\n${host.programs.map(({ log }) => log).join('\n')}`);
  }
};

/** Returns why this engine cannot be tested here; undefined if it can. */
export const missing = (engine) =>
  engines[engine].isInstalled()
    ? undefined
    : `${engine} is not installed (Debian: apt-get install ${engines[engine].packages})`;
