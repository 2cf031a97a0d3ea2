// Detects the routes of a single-page application.

interface Navigation extends EventTarget {
  currentEntry: unknown;
}

/**
 * Calls `note` after each change of the address within the page (push, replace, back, forward, fragment) until `signal`
 * fires. Uses the Navigation API; browsers without it get a patched History API.
 */
export const watchRoutes = (note: () => void, signal: AbortSignal): void => {
  const { navigation } = window as { navigation?: Navigation };
  if (navigation) return navigation.addEventListener('currententrychange', note, { signal });
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      if (!signal.aborted) note();
    };
  }
  for (const type of ['popstate', 'hashchange']) addEventListener(type, note, { signal });
};
