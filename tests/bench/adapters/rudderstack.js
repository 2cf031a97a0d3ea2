import { makeTracker } from './rudderstack_queue.js';

window.TRACKER = makeTracker({});
