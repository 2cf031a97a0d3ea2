// All options as they come. Vitrine's click carries the item and its place; what was shown, and by which serve, it knows itself.
import { Vitrine } from 'vitrine';

let vitrine;
let shown;
window.TRACKER = {
  start(url) {
    const provider = {
      name: 'refine',
      apiKey: 'pk_bench',
      organizationId: 'org',
      catalogId: 'cat',
      apiUrl: url,
      eventsUrl: `${url}/events`,
    };
    vitrine = new Vitrine({ provider });
    shown = vitrine.events.trackItemsServed({
      surface: 'home_page',
      source: 'home-reco',
      itemIds: ['SKU-1'],
      totalResults: 1,
    });
  },
  identify: (id) => vitrine.identify(id),
  track: (marker, i) => shown.trackClick(marker, (i % 24) + 1),
};
