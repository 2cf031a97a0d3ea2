// Runs before the hostile prelude. It writes what happens in the page into the title, and sends it to the page
// around it (frames.js), where a driver can read it without meeting the prelude.
(() => {
  window.shopper = {}; // for the snippet
  const problems = [];
  const steps = [];
  const send = parent.postMessage.bind(parent);
  const show = () => {
    let [done, failed] = ['', ''];
    for (let i = 0; i < steps.length; i++) done += (i ? ',' : '') + steps[i];
    for (let i = 0; i < problems.length; i++) failed += (i ? ' / ' : '') + problems[i];
    document.title = `${done} | ${failed}`;
    send({ steps: done, problems: failed }, '*');
  };
  window.report = (step) => {
    steps[steps.length] = step;
    show();
  };
  const fail = (text) => {
    problems[problems.length] = text;
    show();
  };
  addEventListener('vitrine:state', (event) => {
    const { detail } = /** @type {CustomEvent<{state: string}>} */ (event);
    if (detail.state === 'ready') report('shown');
  });
  addEventListener('error', (event) => fail(`error: ${event.message}`));
  addEventListener('unhandledrejection', (event) => fail(`rejection: ${event.reason}`));
  const watch = (level) => {
    const log = console[level];
    console[level] = (text, ...more) => {
      fail(`${level}: ${text}`);
      log.call(console, text, ...more);
    };
  };
  watch('error');
  watch('warn');
})();
