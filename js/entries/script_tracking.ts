// The script-tag entry of pages that only track: dist/vitrine-tracking.js.

import { load } from './load.js';

void load('vitrine-tracking');
