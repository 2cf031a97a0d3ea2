// Runs in each page of the payload tests, before anything else: notes whatever runs that a reply has brought.

window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => void ran.push(name);
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  // A picture of another site is one, and this page's policy is what keeps it out.
  if (violatedDirective !== 'img-src') ran.push(`policy: ${violatedDirective} ${blockedURI} ${sample}`);
});

/**
 * Shows a reply in the page's widget, or in a new one unless `refresh`. Resolves with its state, the names of elements
 * and attributes in it (`shapes`), addresses that are none of the web (`wrong`), and what has run so far.
 */
window.show = async ({ template, own, text, refresh }) => {
  let widget = document.querySelector('vitrine-widget');
  answers.next = [{ text }];
  if (!refresh || !widget) {
    widget?.remove();
    widget = answers.put({ template, 'top-k': 60, heading: refresh ? 'Heading' : null });
    if (own) widget.append(document.getElementById('own').cloneNode(true));
  }
  const state = await widget.refresh();
  const root = widget.shadowRoot || widget;
  // Attributes that widget/carousel.ts sets on the buttons.
  const ours = ['aria-disabled', 'hidden'];
  const shapes = new Set();
  for (const element of root.querySelectorAll('*'))
    shapes.add(
      `${element.localName} ${[...element.attributes]
        .map(({ name }) => name)
        .filter((name) => !ours.includes(name))
        .sort()}`,
    );
  const schemeOf = (address) => {
    try {
      return new URL(address, location.href).protocol;
    } catch {
      return 'http:'; // no address: nothing that a browser could go to
    }
  };
  const wrong = ['href', 'src']
    .flatMap((name) => [...root.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)))
    .filter((address) => !/^https?:$/.test(schemeOf(address)));
  return {
    state,
    shapes: [...shapes],
    wrong,
    ran: window.ran,
    here: location.pathname,
    count: root.querySelectorAll('[data-vitrine-item]').length,
  };
};

/** The same for many replies, one after the other; shapes and addresses of all of them. */
window.showEach = async (options, texts) => {
  const all = { shapes: new Set(), wrong: [] };
  for (const text of texts) {
    const seen = await show({ ...options, text, refresh: true });
    for (const shape of seen.shapes) all.shapes.add(shape);
    all.wrong.push(...seen.wrong);
    Object.assign(all, { state: seen.state, ran: seen.ran, here: seen.here });
  }
  return { ...all, shapes: [...all.shapes] };
};
