// The script for the debug overlay: dist/vitrine-debug.js. vitrine.js and vitrine-tracking.js run it. It borrows
// nothing of theirs, so that they do not grow; it has a copy of the few modules that it needs.

import { give } from 'vitrine:shared';
import { openOverlay } from '../debug/overlay.js';

give(openOverlay);
