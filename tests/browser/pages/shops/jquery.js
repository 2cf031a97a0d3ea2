// The part of jQuery that the shops' scripts use: events with arguments, which are no events of the browser.
/** @type {any} */ (window).jQuery = (given) => {
  if (typeof given === 'function') {
    document.addEventListener('DOMContentLoaded', () => given(/** @type {any} */ (window).jQuery));
    return;
  }
  const handlers = (given.jqueryHandlers ||= []);
  const wrapped = {
    0: given,
    length: given ? 1 : 0,
    on(type, handler) {
      handlers.push([type, handler]);
      given.addEventListener(type, (event) => handler(event));
      return wrapped;
    },
    trigger(type, args) {
      const list = Array.isArray(args) ? args : [args];
      for (const [name, handler] of handlers) if (name === type) handler({ type }, ...list);
      return wrapped;
    },
    attr: (name) => given.getAttribute(name) ?? undefined,
    closest: (selector) => ({ length: given.closest(selector) ? 1 : 0 }),
  };
  return wrapped;
};
