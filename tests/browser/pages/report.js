// Runs before the hostile prelude. It writes what happens in the page into the title, which a driver reads without a
// script of its own.
(() => {
  window.shopper = {}; // for the snippet
  const problems = [];
  const steps = [];
  const show = () => {
    document.title = `${steps.join(',')} | ${problems.join(' / ')}`;
  };
  window.report = (step) => {
    steps[steps.length] = step;
    show();
  };
  const fail = (text) => {
    problems[problems.length] = text;
    show();
  };
  addEventListener('error', (event) => fail(`error: ${event.message}`));
  addEventListener('unhandledrejection', (event) => fail(`rejection: ${event.reason}`));
  const log = console.error;
  console.error = (text, ...more) => {
    fail(`console: ${text}`);
    log.call(console, text, ...more);
  };
})();
