// Loads the prelude when Vitrine is up, then the shop's own code. A module, because `await` needs nothing that a
// prelude can replace.
await new Promise((resolve) => vitrine('ready', resolve));
for (const script of ['/prelude.js', '/later.js']) await import(script);

export {};
