// Chromium with its own profile. Playwright controls it, but it is started here, so that its whole process group can be
// killed.

import { spawnSync } from 'node:child_process';
import { onPath } from '../../../tools/steps.mjs';
import { kill, makeFolder, removeFolder, start } from '../../browser/driver/processes.mjs';
import { until } from '../../browser/until.mjs';
import { requirePeer } from './peers.mjs';

export const command = ['chromium', 'chromium-browser', 'google-chrome'].find(onPath);
if (!command) throw Error('Chromium is not on PATH (Debian: apt-get install chromium).');

/** Name and version, for example "Chromium 120.0.6099.224". */
export const version = spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout.match(/\S+ [\d.]+/)[0];

const kMajor = version.match(/\d+/)[0];
const kUserAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ' + `Chrome/${kMajor}.0.0.0 Safari/537.36`;

// The user agent is that of a visible browser, since some trackers record nothing if they detect automation or a
// headless browser. Background tabs run at full speed, since no tab of a script is in the foreground. Only 127.0.0.1
// is reachable.
export const chromiumArguments = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
  '--disable-breakpad',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-blink-features=AutomationControlled',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  `--user-agent=${kUserAgent}`,
  '--window-size=1280,800',
];

export class Chromium {
  #program;

  constructor(profile, program, context, connection) {
    this.profile = profile;
    this.#program = program;
    this.context = context;
    this.connection = connection;
  }

  /** Starts the browser with a profile folder, by default a new one. `remove` deletes the folder. */
  static async open(profile) {
    profile ??= await makeFolder();
    const { chromium } = requirePeer('playwright-core');
    const program = start(command, [
      ...chromiumArguments,
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ]);
    const address = await until(
      () => /DevTools listening on (ws:\S+)/.exec(program.log)?.[1],
      `Chromium (${program.log})`,
      30_000,
    );
    const connection = await chromium.connectOverCDP(address);
    return new Chromium(profile, program, connection.contexts()[0], connection);
  }

  /** Kills all processes at once, as the system does when memory is short. */
  async kill() {
    await kill(this.#program);
    await this.connection.close().catch(() => {});
  }

  /** Quits as a person does, so that the browser can write its data to disk. */
  async quit() {
    const session = await this.connection.newBrowserCDPSession().catch(() => undefined);
    await session?.send('Browser.close').catch(() => {});
    await Promise.race([this.#program.ended, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    await this.kill();
  }

  remove() {
    return removeFolder(this.profile);
  }
}
