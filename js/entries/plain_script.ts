// The core as JavaScript, for script-tag pages. The script loads it where WebAssembly does not run, or the page loads
// it by a tag in front of the script. No module, because pages at file:// refuse modules.

import core from 'vitrine:plain';
import { bringCore } from '../ports/find_script.js';

bringCore(core);
