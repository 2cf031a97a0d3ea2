import { newTracker, setUserId, trackSelfDescribingEvent } from '@snowplow/browser-tracker';
import { click } from './click.js';

const schema = 'iglu:com.shop/product_click/jsonschema/1-0-0';
window.TRACKER = {
  start: (url) =>
    void newTracker('sp', url, {
      appId: 'shop',
      stateStorageStrategy: 'localStorage',
      eventMethod: 'post',
      bufferSize: 10,
    }),
  identify: (id) => setUserId(id),
  track: (marker, i) => trackSelfDescribingEvent({ event: { schema, data: click(marker, i) } }),
};
