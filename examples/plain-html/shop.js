// The snippet of the script tag, the shop's account, and its cart. Calls are queued until vitrine.js has loaded.

window.vitrine =
  typeof window.vitrine === 'function'
    ? window.vitrine
    : function () {
        (window.vitrine.q = window.vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
      };

window.vitrine('init', {
  provider: {
    name: 'refine',
    apiKey: 'pk_demo',
    organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
    catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
    apiUrl: `${window.demoUrl}/refine`,
  },
  events: { url: `${window.demoUrl}/refine/events`, acknowledge: true },
});

// The button shows what becomes of the promise.
document.addEventListener('vitrine:add-to-cart', ({ detail }) => {
  const count = document.getElementById('cart');
  const add = async () => {
    count.textContent = String(Number(count.textContent) + detail.quantity);
  };
  detail.waitUntil(add());
});

document.addEventListener('click', ({ target }) => {
  if (target.id === 'next') document.querySelector('vitrine-widget').setAttribute('anchor-id', 'SKU-0018');
});
