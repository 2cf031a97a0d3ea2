// The bridge from the page's consent banner to Vitrine's consent. docs/consent.md has the mapping.

import { later } from '../ports/clock.js';
import { isNew } from '../ports/guard.js';
import { report } from '../ports/report.js';
import type { Consent } from '../types/events.js';
import type { Plugin, VitrineInstance } from '../types/plugins.js';
import { cookiebot, google, onetrust, tcf, usercentrics, type Answer, type BannerOptions } from './banners.js';

/** Names of banners and signals. */
export type BannerName = 'tcf' | 'google' | 'onetrust' | 'cookiebot' | 'usercentrics';

/** Options of `consentPlugin`. */
export interface ConsentOptions extends BannerOptions {
  /**
   * The banner that counts. Default: all that the page has, and the stricter answer counts. While one of them waits for
   * the shopper, there is no answer; Google's default waits only if no other one has an answer.
   */
  from?: BannerName | readonly BannerName[];
  /** Level of a shopper who refuses: `denied` (default), or `anonymous`, where the law allows events without ids. */
  refused?: 'denied' | 'anonymous';
}

const BANNERS = { tcf, google, onetrust, cookiebot, usercentrics };
const ALL: readonly BannerName[] = ['tcf', 'google', 'onetrust', 'cookiebot', 'usercentrics'];
// Banners come from other servers, late.
const PATIENCE_MS = 10_000;
const STRICT: readonly Consent[] = ['denied', 'anonymous', 'granted'];

/**
 * Returns a plugin that sets the consent by what the page's banner says, at its start and after each change. Configure
 * Vitrine with `consent: 'unknown'`, so that nothing is sent or stored before the first answer. Does nothing without a
 * page.
 */
export const consentPlugin = (options: ConsentOptions = {}): Plugin => {
  const { from = ALL, refused = 'denied' } = options;
  const answers = new Map<BannerName, Answer>();
  let known: Consent | undefined;

  const setup = (vitrine: VitrineInstance) => {
    const levelOf = (answer: Answer): Consent =>
      answer === 'waiting' ? 'unknown' : answer === 'refused' ? refused : answer;
    const tell = (name: BannerName, answer: Answer) => {
      answers.set(name, answer);
      const isAnswered = [...answers.values()].some((one) => one !== 'waiting');
      const counting = [...answers].filter(([one, said]) => !(one === 'google' && said === 'waiting' && isAnswered));
      const levels = counting.map(([, said]) => levelOf(said));
      const level = levels.includes('unknown') ? 'unknown' : STRICT.find((one) => levels.includes(one))!;
      if (level === known) return;
      const isFirst = known === undefined;
      known = level;
      if (level === 'unknown' && vitrine.getConsent() === 'unknown') return;
      if (level === 'unknown' && isFirst && vitrine.getConsent() === 'granted') {
        const line = "Consent was granted before the banner had an answer. Pass consent: 'unknown' to Vitrine.";
        if (isNew(line)) report('warn', line, 'consent-too-early');
      }
      vitrine.setConsent(level);
    };
    for (const name of typeof from === 'string' ? [from] : from)
      if (ALL.indexOf(name) < 0)
        report('warn', `There is no consent banner "${name}". Use ${ALL.join(', ')}.`, 'bad-option');
      else BANNERS[name]((answer) => tell(name, answer), options);
    const warn = () => {
      if (known !== undefined || vitrine.getConsent() !== 'unknown') return;
      const line = `No consent banner has answered (${from}), so events wait in memory and end with the page. Load the`;
      report('warn', `${line} banner here, name it in the option from, or call setConsent().`, 'no-consent-banner');
    };
    later(warn, PATIENCE_MS, false);
  };

  return {
    name: 'consent',
    setup(vitrine) {
      if (typeof document === 'object') setup(vitrine);
    },
  };
};
