// Runs first in every test page: notes what goes wrong in it, and which listeners it gets.
window.seen = { faults: [], console: [], listeners: [] };

addEventListener('error', (event) => seen.faults.push(`error: ${event.message}`));
addEventListener('unhandledrejection', (event) => seen.faults.push(`unhandled rejection: ${event.reason}`));
addEventListener('securitypolicyviolation', (event) =>
  seen.faults.push(`policy: ${event.violatedDirective} ${event.sourceFile}`),
);

for (const level of ['warn', 'error']) {
  const original = console[level];
  console[level] = (...parts) => {
    seen.console.push(`${level}: ${parts.join(' ')}`);
    original.apply(console, parts);
  };
}

const { addEventListener: original } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  seen.listeners.push(type);
  return original.call(this, type, ...rest);
};
