// Starts each engine. All come from Debian packages:
//   chromium  chromium chromium-driver
//   firefox   firefox-esr
//   webkit    webkit2gtk-driver xvfb       (WebKitGTK has no headless mode)

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../until.mjs';
import { freePort, start } from './processes.mjs';
import * as marionette from './marionette.mjs';
import * as webdriver from './webdriver.mjs';

const kSize = { width: 1000, height: 800 };

/** Returns the first of these commands that is on PATH. */
const onPath = (...commands) =>
  commands.find((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0);

const findChromium = () => onPath('chromium', 'chromium-browser', 'google-chrome');
const findFirefox = () => onPath('firefox-esr', 'firefox');

// Not on PATH: the small browser for the driver is installed beside the library.
const findMiniBrowser = () => {
  for (const folder of ['/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec']) {
    const versions = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('webkit2gtk-')) : [];
    const found = versions.map((name) => join(folder, name, 'MiniBrowser')).find((path) => existsSync(path));
    if (found) return found;
  }
  return undefined;
};

const startDriver = async (command, args, env, host) => {
  const port = await freePort();
  const program = start(command, [`--port=${port}`, ...args], env);
  host.programs.push(program);
  const base = `http://127.0.0.1:${port}`;
  await until(() => webdriver.isReady(base), `${command} (${program.log})`);
  return base;
};

// The browser is started here rather than by chromedriver, so that its process group can be killed, and without the
// switches of chromedriver, some of which turn off tested features.
const chromium = async (host, { args }) => {
  const profile = join(host.folder, 'profile');
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true }); // a killed browser leaves its own file
  const browser = start(findChromium(), [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--password-store=basic',
    '--use-mock-keychain',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    '--remote-debugging-port=0',
    `--window-size=${kSize.width},${kSize.height}`,
    `--user-data-dir=${profile}`,
    ...args,
    'about:blank',
  ]);
  host.programs.push(browser);
  host.browser = browser;
  const port = await until(() => readFileSync(portFile, 'utf8').split('\n', 1)[0], 'the port of Chromium');
  const base = await startDriver('chromedriver', ['--allowed-ips=127.0.0.1'], { HOME: host.folder }, host);
  return webdriver.openSession(base, {
    browserName: 'chrome',
    'goog:chromeOptions': { debuggerAddress: `127.0.0.1:${port}` },
    'goog:loggingPrefs': { browser: 'ALL' },
  });
};

// Tests must only reach this machine, and a new browser profile contacts its vendor.
const kQuietFirefox = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'media.gmp-manager.url': '',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.prefetch-next': false,
  'network.proxy.allow_bypass': false,
  'network.proxy.failover_direct': false,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.type': 1,
  'network.trr.mode': 5,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.server': '',
};

const firefox = async (host, { args, preferences }) => {
  const port = await freePort();
  const settings = { ...kQuietFirefox, 'marionette.port': port, ...preferences };
  const lines = Object.entries(settings).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(host.folder, 'user.js'), lines.join('\n'));
  const size = ['--width', String(kSize.width), '--height', String(kSize.height)];
  host.browser = start(
    findFirefox(),
    // The last switch lets a test take the browser offline.
    [
      '--headless',
      '--marionette',
      '--no-remote',
      '--profile',
      host.folder,
      ...size,
      '--remote-allow-system-access',
      ...args,
    ],
    { HOME: host.folder, MOZ_HEADLESS: '1', MOZ_CRASHREPORTER_DISABLE: '1', MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
  );
  host.programs.push(host.browser);
  return marionette.openSession(port);
};

const webkit = async (host, { args }) => {
  // Xvfb writes the number of its display to this pipe.
  const display = start(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp', '-noreset'],
    {},
    ['pipe'],
  );
  host.programs.push(display);
  let number = '';
  /** @type {import('node:stream').Readable} */ (display.stdio[3])
    .setEncoding('utf8')
    .on('data', (text) => (number += text));
  await until(() => number.includes('\n'), 'the display of Xvfb');
  const names = ['HOME', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME'];
  const folders = Object.fromEntries(names.map((name) => [name, host.folder]));
  const base = await startDriver(
    'WebKitWebDriver',
    ['--host=127.0.0.1'],
    {
      ...folders,
      DISPLAY: `:${number.trim()}`,
      WAYLAND_DISPLAY: '',
      GDK_BACKEND: 'x11',
      GSETTINGS_BACKEND: 'memory',
      GTK_A11Y: 'none',
      LIBGL_ALWAYS_SOFTWARE: '1',
      NO_AT_BRIDGE: '1',
    },
    host,
  );
  host.browser = host.programs.at(-1);
  return webdriver.openSession(base, {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation', ...args] },
  });
};

/** By engine: how to start it, whether that is possible, and its Debian packages. */
export const engines = {
  chromium: {
    open: chromium,
    isInstalled: () => !!(findChromium() && onPath('chromedriver')),
    packages: 'chromium chromium-driver',
  },
  firefox: { open: firefox, isInstalled: () => !!findFirefox(), packages: 'firefox-esr' },
  webkit: {
    open: webkit,
    isInstalled: () => !!(findMiniBrowser() && onPath('WebKitWebDriver') && onPath('Xvfb')),
    packages: 'webkit2gtk-driver xvfb',
  },
};
