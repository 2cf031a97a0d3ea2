// Opens the studio for a test, and reads what it shows.

import { until } from '../until.mjs';

/** Opens the studio with these settings in a new window, which is closed after the test. Resolves to its tab. */
export const openStudio = async (t, browser, url, settings = {}, { isReady = true } = {}) => {
  const tab = await browser.open(undefined, 'window');
  t.after(() => browser.closeTabs());
  const hash = new URLSearchParams(settings).toString();
  await tab.goto(`${url}${hash && `#${hash}`}`);
  if (isReady) await statesAre(tab, /^ready$/);
  return tab;
};

/** Resolves when every frame's widget is in such a state. */
export const statesAre = (tab, pattern) =>
  until(
    async () => {
      const states = await tab.run(() => [...document.querySelectorAll('.status')].map(({ dataset }) => dataset.state));
      return states.length > 0 && states.every((state) => pattern.test(state ?? ''));
    },
    `widgets in the state ${pattern}`,
    60_000,
  );

/** Resolves to the settings in the address. */
export const settingsIn = async (tab) =>
  Object.fromEntries(new URLSearchParams(new URL(await tab.address()).hash.slice(1)));

/** Chooses by the text of a radio button in a group. */
export const choose = (tab, legend, text) =>
  tab.run(
    (name, option) => {
      const group = [...document.querySelectorAll('.choice')].find(
        (each) => each.querySelector('legend').textContent === name,
      );
      [...group.querySelectorAll('label')]
        .find((each) => each.textContent === option)
        .querySelector('input')
        .click();
    },
    legend,
    text,
  );

/** Chooses in a list, or writes into a field, by its label. */
export const give = (tab, label, value) =>
  tab.run(
    (name, text) => {
      const { htmlFor } = [...document.querySelectorAll('label')].find((each) => each.textContent === name);
      const control = document.getElementById(htmlFor);
      control.value = text;
      control.dispatchEvent(new Event(control.localName === 'select' ? 'change' : 'input', { bubbles: true }));
    },
    label,
    value,
  );

/** Resolves to the code that is shown, once it is there. */
export const codeIn = (tab) => until(() => tab.run(() => document.querySelector('.code').textContent), 'the code');
