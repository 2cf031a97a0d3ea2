// With its batching option, which keeps more than the default queue of 100 events.
import { makeTracker } from './rudderstack_queue.js';

window.TRACKER = makeTracker({ queueOptions: { batch: { enabled: true, maxItems: 10, flushInterval: 5000 } } });
