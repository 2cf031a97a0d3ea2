// The loader without the session recorder.
import mixpanel from 'mixpanel-browser/src/loaders/loader-module-core.js';
import { click } from './click.js';

window.TRACKER = {
  start: (url) =>
    void mixpanel.init('TOKEN', {
      api_host: url,
      persistence: 'localStorage',
      batch_requests: true,
      track_pageview: false,
      autocapture: false,
      record_sessions_percent: 0,
    }),
  identify: (id) => mixpanel.identify(id),
  track: (marker, i) => mixpanel.track('product_click', click(marker, i)),
};
