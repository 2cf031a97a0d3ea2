// The demo's accounts at four recommendation services, which the demo server all provides. A real shop has one service:
// it puts one of these objects into its snippet, and no other script depends on the choice.
window.osierServices = ((origin) => {
  const accounts = {
    refine: {
      name: 'refine',
      apiKey: 'pk_demo',
      organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
      catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
      apiUrl: origin + '/refine',
    },
    depict: {
      name: 'depict',
      tenant: 'osier',
      market: 'eu',
      // Searches and listings need a locale.
      locale: 'en',
      apiUrl: origin + '/depict',
      // Maps the widgets' kinds of call to the service's own names.
      configs: {
        similarItems: 'similar',
        forVisitor: 'front_page',
        forUser: 'front_page',
        boughtTogether: 'cross_sell',
        trending: 'trending',
        category: 'popular',
      },
    },
    richrelevance: {
      name: 'richrelevance',
      apiKey: 'rr_demo_site',
      apiClientKey: 'rr_demo_client',
      // The service advises against keys in pages, and Vitrine warns about them; these keys only work with this demo.
      keysArePublic: true,
      apiUrl: origin + '/richrelevance',
      currency: 'EUR',
      params: { lang: 'en' },
      configs: {
        similarItems: 'item_page.similar',
        forVisitor: 'home_page.picks',
        forUser: 'personal_page.picks',
        boughtTogether: 'cart_page.companions',
        trending: 'generic_page.trending',
        category: 'category_page.top',
        searchText: 'search_page.find',
        searchCategory: 'category_page.listing',
        addToCart: 'add_to_cart_page.added',
        purchase: 'purchase_complete_page.thanks',
      },
    },
    doofinder: {
      name: 'doofinder',
      zone: 'eu1',
      hashid: 'de8f052ea612f95b6950d4013dd6ef38',
      apiUrl: origin + '/doofinder',
      searchUrl: origin + '/doofinder',
      // The service reads the product from the page's URL; this pattern gives the URL of another product.
      productUrl: origin + '/product/{id}',
      configs: {
        similarItems: '5f3e0000-0000-4000-8000-000000000001',
        forVisitor: '5f3e0000-0000-4000-8000-000000000002',
        boughtTogether: '5f3e0000-0000-4000-8000-000000000003',
        forUser: '5f3e0000-0000-4000-8000-000000000004',
        trending: '5f3e0000-0000-4000-8000-000000000005',
        category: '5f3e0000-0000-4000-8000-000000000005',
      },
    },
  };

  /** Returns the account in use: by ?service=, else the last choice in this browser, else Refine. Stores the choice. */
  function chosen() {
    const wanted = new URLSearchParams(location.search).get('service');
    try {
      if (accounts[wanted]) localStorage.setItem('osier:service', JSON.stringify(wanted));
      return accounts[JSON.parse(localStorage.getItem('osier:service'))] || accounts.refine;
    } catch {
      return accounts[wanted] || accounts.refine;
    }
  }

  return { accounts, chosen };
})(location.origin);
