// The build that contains the plugins; the plain build fetches them from a CDN.
import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';
import { click } from './click.js';

const writeKey = '2abcdefghijklmnopqrstuvwxyz';
const silent = { errors: { enabled: false }, metrics: { enabled: false } };
const config = { statsCollection: silent };
const source = {
  id: 's1',
  name: 'shop',
  writeKey,
  workspaceId: 'w1',
  enabled: true,
  updatedAt: '',
  config,
  connections: [],
  destinations: [],
  dataplanes: {},
};

export const makeTracker = (options) => {
  const analytics = new RudderAnalytics();
  return {
    start: (url) =>
      new Promise((resolve) =>
        analytics.load(writeKey, url, {
          ...options,
          configUrl: url,
          storage: { type: 'localStorage' },
          sendAdblockPage: false,
          getSourceConfig: () => ({ source }),
          onLoaded: resolve,
        }),
      ),
    identify: (id) => analytics.identify(id),
    track: (marker, i) => analytics.track('Product Clicked', click(marker, i)),
  };
};
