// Access to the debug overlay in a page: its shadow root is closed, so a script that runs first keeps it.

import { until } from './until.mjs';

/** For `before` of openSite: `debugRoot()` in the page returns the overlay's shadow root; `debugMode` sets its mode. */
export const keepingRoot = `
  {
    const roots = [];
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (init) {
      const root = attachShadow.call(this, { ...init, mode: window.debugMode || init.mode });
      roots.push([root, init.mode]);
      return root;
    };
    window.debugRoots = roots;
    const isOurs = ([root]) => root.querySelector('.root') && root.host.isConnected;
    window.debugRoot = () => roots.find(isOurs)?.[0];
  }`;

/** The overlay of a tab. */
export const overlayOf = (tab) => {
  const texts = (selector) =>
    tab.run((css) => [...(debugRoot()?.querySelectorAll(css) ?? [])].map(({ textContent }) => textContent), selector);
  const press = (selector, text = '') =>
    until(
      () =>
        tab.run(
          (css, wanted) => {
            const found = [...(debugRoot()?.querySelectorAll(css) ?? [])].find((one) =>
              one.textContent.includes(wanted),
            );
            found?.click();
            return !!found;
          },
          selector,
          text,
        ),
      `${selector} "${text}" in the overlay`,
    );
  return {
    texts,
    press,
    exists: () => tab.run(() => !!debugRoot()),
    /** Opens the panel by its button. */
    async open() {
      await press('.pill');
      await until(() => tab.run(() => !!debugRoot().querySelector('.panel')), 'the panel');
    },
    show: (id) => press(`#tab-${id}`),
    /** Waits until a match of `selector` has this text, and resolves to the match's text. */
    async has(selector, text) {
      const [found] = await until(
        async () => {
          const all = (await texts(selector)).filter((one) => one.includes(text));
          return all.length > 0 && all;
        },
        `"${text}" in ${selector} of the overlay; it has ${JSON.stringify(await texts(selector)).slice(0, 400)}`,
      );
      return found;
    },
    /** Waits until no match of `selector` has this text. */
    lacks: (selector, text) =>
      until(async () => (await texts(selector)).every((one) => !one.includes(text)), `no "${text}" in ${selector}`),
    fault: () => texts('.fault'),
  };
};
