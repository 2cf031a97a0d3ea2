// The script for autoTrack: dist/vitrine-autotrack.js. vitrine.js and vitrine-tracking.js run it and lend it their
// modules.

import { give } from 'vitrine:shared';
import { startAutoTrack } from '../page/autotrack.js';

give(startAutoTrack);
