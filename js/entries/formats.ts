// The script for events.format: dist/vitrine-formats.js. vitrine.js and vitrine-tracking.js run it and lend it their
// modules.

import { give } from 'vitrine:shared';
import { openFormat } from '../formats/formats.js';

give(openFormat);
