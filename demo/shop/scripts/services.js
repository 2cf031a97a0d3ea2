// The demo's accounts at four recommendation services, all of them served by the demo server. A shop has one: it pastes one of these
// objects into its snippet, and nothing else on its pages knows which.
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
      apiUrl: origin + '/depict',
      // What the widgets ask for, and what this service calls it.
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
      // The service asks to keep its keys out of pages, and Vitrine warns of them; these open nothing but this demo.
      keysArePublic: true,
      apiUrl: origin + '/richrelevance',
      currency: 'EUR',
      configs: {
        similarItems: 'item_page.similar',
        forVisitor: 'home_page.picks',
        forUser: 'personal_page.picks',
        boughtTogether: 'cart_page.companions',
        trending: 'generic_page.trending',
        category: 'category_page.top',
        searchText: 'search_page.found',
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
      // Its widgets go by the page they are on; this is how it learns of another product.
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

  /** The account in use: as ?service= says, else as chosen before, else Refine. Remembered in this browser. */
  function chosen() {
    const asked = new URLSearchParams(location.search).get('service');
    try {
      if (accounts[asked]) localStorage.setItem('osier:service', JSON.stringify(asked));
      return accounts[JSON.parse(localStorage.getItem('osier:service'))] || accounts.refine;
    } catch {
      return accounts[asked] || accounts.refine;
    }
  }

  return { accounts, chosen };
})(location.origin);
