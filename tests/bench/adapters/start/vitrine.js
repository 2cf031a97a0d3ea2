import * as vitrine from 'vitrine';

// Builds with the core inside the module may lack loadVitrine.
const start = async () => vitrine.loadVitrine?.(CONFIG) ?? new vitrine.Vitrine(CONFIG);
start().then(READY, ({ message }) => Object.assign(window, { FAILED: message }));
