// The script-tag entry for pages that only track: dist/vitrine-tracking.js.

import { load } from './load.js';

void load('vitrine-tracking');
