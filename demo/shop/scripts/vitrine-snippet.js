// What a shop pastes into its pages, in a file of its own because the content security policy allows no inline script.
// Calls queue here until /dist/vitrine.js has loaded, each with the time at which it was made.
window.vitrine =
  window.vitrine ||
  function () {
    (window.vitrine.q = window.vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
  };

window.vitrine('init', {
  provider: {
    name: 'refine',
    apiKey: 'pk_demo',
    organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
    catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
    apiUrl: location.origin + '/refine',
  },
  // ?record keeps the whole session for `vitrine.debug.trace()`, which the native core can replay.
  debug: { record: location.search.indexOf('record') >= 0 },
});
