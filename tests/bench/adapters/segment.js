// Segment's default delivery: one request for each event, and a buffer for retries that is stored on pagehide.
import { AnalyticsBrowser } from '@segment/analytics-next';
import { click } from './click.js';

let analytics;
window.TRACKER = {
  async start(url) {
    const sender = { apiKey: 'WRITEKEY', apiHost: `${url.replace('http://', '')}/v1`, protocol: 'http' };
    analytics = AnalyticsBrowser.load({
      writeKey: 'WRITEKEY',
      cdnSettings: { integrations: { 'Segment.io': sender } },
    });
    await analytics;
  },
  identify: (id) => analytics.identify(id),
  track: (marker, i) => analytics.track('Product Clicked', click(marker, i)),
};
