// The snippet of a shop, in its own file because the content security policy allows no inline script.
// Calls are queued with their times until /dist/vitrine.js has loaded.
window.vitrine =
  typeof window.vitrine === 'function'
    ? window.vitrine
    : function () {
        (window.vitrine.q = window.vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
      };

window.vitrine('init', {
  // A real shop writes its own account here. The demo has four and a switch.
  provider: window.osierServices.chosen(),
  // Events that the service does not accept (views, for some) go to the shop's own collector, which acknowledges them.
  events: { url: location.origin + '/refine/events', acknowledge: true },
  // Tracks the shop's own lists by their data-vitrine-* attributes.
  autoTrack: true,
  // ?record records the whole session for `vitrine.debug.trace()`, which the native core can replay.
  // ?vitrine_debug=1 shows the debug overlay.
  debug: { record: location.search.indexOf('record') >= 0, allowQuery: true },
});
