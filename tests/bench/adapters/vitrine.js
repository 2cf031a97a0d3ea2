// Vitrine with its default options. A click states the item and its position; the serve holds the data that the peers'
// events repeat.
import { Vitrine } from 'vitrine';

let vitrine;
let shown;
window.TRACKER = {
  start(url) {
    /** @type {import('../../../js/entries/index.js').Provider} */
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
