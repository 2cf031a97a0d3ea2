// What a shop pastes into its pages, in a file of its own because the content security policy allows no inline script.
// Calls queue here until /dist/vitrine.js has loaded, each with the time at which it was made.
window.vitrine =
  window.vitrine ||
  function () {
    (window.vitrine.q = window.vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
  };

window.vitrine('init', {
  // A shop writes its own account here. This one has four, and a switch.
  provider: window.osierServices.chosen(),
  // What the service has no place for (views, with some) goes to a collector of the shop's own.
  events: { url: location.origin + '/refine/events' },
  // The shop's own lists say in their markup what they are (data-vitrine-*).
  autoTrack: true,
  // ?record keeps the whole session for `vitrine.debug.trace()`, which the native core can replay.
  debug: { record: location.search.indexOf('record') >= 0 },
});
