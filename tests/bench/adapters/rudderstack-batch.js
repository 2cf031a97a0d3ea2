// RudderStack with the option `batch`, which keeps more events than the default queue of 100.
import { makeTracker } from './rudderstack_queue.js';

window.TRACKER = makeTracker({ queueOptions: { batch: { enabled: true, maxItems: 10, flushInterval: 5000 } } });
