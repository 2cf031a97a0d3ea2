// Gives the requests to the shop's own collector the form of another pipeline (`events.format`, docs/formats.md). The
// code of the forms is a file of its own, for shops with such a collector only: dist/vitrine-formats.js for the script
// tags, dist/formats.js for the npm modules.

import { later } from '../ports/clock.js';
import { openNet, type Done, type Net } from '../ports/net.js';
import type { report } from '../ports/report.js';
import type { FormatConfig } from '../types/formats.js';

/**
 * Returns a Net whose requests have the form that the configuration names. Logs a wrong option and returns undefined,
 * so that events wait.
 */
export type OpenFormat = (
  config: FormatConfig | undefined,
  done: Done,
  onThrow: (error: unknown) => void,
  log: typeof report,
) => Net | undefined;

/** Defined in the script builds alone. */
declare const VITRINE_SCRIPT: true | undefined;

let from: (() => Promise<OpenFormat>) | undefined;

/** Sets where a script gets the code of the forms from. */
export const bringFormatsBy = (bring: () => Promise<OpenFormat>): void => {
  from = bring;
};

const bring = (): Promise<OpenFormat> =>
  typeof VITRINE_SCRIPT === 'undefined' ? import('vitrine:formats').then((part) => part.openFormat) : from!();

/**
 * As `openNet`. If the configuration names a form, requests to `events.url` have it. Until the code of the forms is
 * there, these requests wait. Then they report that they were not sent, so the core sends their events again by its own
 * rules: consent may have changed meanwhile. Where the code cannot be loaded, they report a network error.
 */
export const openFormattedNet = (...[config, done, onThrow, log]: Parameters<OpenFormat>): Net => {
  const net = openNet(done, onThrow);
  const events = config?.events;
  if ((events?.format ?? 'vitrine') === 'vitrine') return net;
  let formatted: Net | undefined;
  let opening: Promise<unknown> | undefined;
  let isTold = false;
  const open = () =>
    (opening ||= bring().then(
      (openFormat) => (formatted = openFormat(config, done, onThrow, log)),
      (error) => {
        opening = undefined;
        if (!isTold) log('warn', `Events wait for the file of events.format. ${error}`, 'formats-not-loaded');
        isTold = true;
      },
    ));
  void open();
  return {
    ...net,
    start(...args) {
      if (args[2] !== events!.url) net.start(...args);
      else if (formatted) formatted.start(...args);
      else
        void Promise.race([open(), new Promise<void>((resolve) => later(resolve, args[1], false))]).then(() =>
          done(args[0], formatted ? -2 : 0, '', ''),
        );
    },
    isBusy: () => net.isBusy() || !!formatted?.isBusy(),
  };
};
