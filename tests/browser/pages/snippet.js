// As a shop pastes it.
window.vitrine =
  typeof vitrine === 'function'
    ? vitrine
    : function () {
        (vitrine.q = vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
      };
vitrine('init', settings);
vitrine('ready', (instance) => (shopper.vitrine = instance));
