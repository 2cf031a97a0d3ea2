// The script for plugins: dist/vitrine-plugins.js. vitrine.js and vitrine-tracking.js run it and lend it their modules.

import { give } from 'vitrine:shared';
import { openPlugins } from '../core/plugins.js';

give(openPlugins);
