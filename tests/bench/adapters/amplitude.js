import * as amplitude from '@amplitude/analytics-browser';
import { click } from './click.js';

window.TRACKER = {
  start: (url) =>
    amplitude.init('APIKEY', undefined, {
      serverUrl: `${url}/2/httpapi`,
      autocapture: false,
      fetchRemoteConfig: false,
      remoteConfig: { fetchRemoteConfig: false },
      identityStorage: 'localStorage',
    }).promise,
  identify: (id) => amplitude.setUserId(id),
  track: (marker, i) => amplitude.track('product_click', click(marker, i)),
};
