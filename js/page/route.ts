// Detects the routes of a single-page application.

import { listen, navigationApi } from '../ports/dom.js';

/**
 * Calls `note` after each change of the address within the page until `signal` fires. Uses the Navigation API; browsers
 * without it get a patched History API, and `note` then receives whether the history's entry is another one.
 */
export const watchRoutes = (note: (isNewEntry?: boolean) => void, signal: AbortSignal): void => {
  const navigation = navigationApi();
  if (navigation) return listen(navigation, 'currententrychange', () => note(), { signal });
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    // A method, because it has a `this` and no prototype, as the browser's own function.
    const { patched } = {
      patched(this: History, ..._args: unknown[]) {
        // The arguments object passes on as many arguments as came.
        // biome-ignore lint/complexity/noArguments: see above
        const result: unknown = original.apply(this, arguments as never);
        if (!signal.aborted) note(name === 'pushState');
        return result;
      },
    };
    try {
      for (const key of ['name', 'length'] as const)
        Object.defineProperty(patched, key, { value: original[key], configurable: true });
      history[name] = patched as never;
    } catch {
      // The page has frozen its history. Inputs still report the address (see noteNavigation).
    }
  }
  listen(window, 'popstate', () => note(true), { signal });
  listen(window, 'hashchange', () => note(), { signal });
};
