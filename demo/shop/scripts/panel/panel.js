/**
 * The live panel shows Vitrine at work to developers. It loads after the page and polls only while it is open and
 * visible.
 */
import { find, h, icon } from '../dom.js';
import { read, write } from '../saved.js';
import { whenReady } from '../vitrine-link.js';
import { eventFeed } from './event-feed.js';
import { queueView } from './queue-view.js';
import { shopperView } from './shopper-view.js';

const queueMs = 1000;
const feedMs = 2000;

export function mountPanel() {
  document.head.append(h('link', { rel: 'stylesheet', href: '/styles/panel.css' }));
  const body = h(
    'div',
    { class: 'panel-body' },
    h('p', { class: 'panel-wait' }, 'Vitrine has not loaded (yet). The shop works without it.'),
  );
  const toggle = h(
    'button',
    {
      class: 'panel-toggle',
      type: 'button',
      'aria-expanded': 'false',
      'aria-controls': 'panel-sheet',
      onclick: () => open(panel.dataset.open === undefined),
    },
    icon('pulse'),
    h('span', {}, 'Vitrine'),
  );
  const panel = h(
    'aside',
    { class: 'panel', 'aria-label': 'Vitrine live panel', onkeydown: (event) => event.key === 'Escape' && open(false) },
    h(
      'div',
      { class: 'panel-sheet', id: 'panel-sheet' },
      h(
        'header',
        {},
        h('h2', {}, icon('pulse'), 'Vitrine, live'),
        h(
          'button',
          { class: 'panel-close', type: 'button', 'aria-label': 'Close the panel', onclick: () => open(false) },
          icon('close'),
        ),
      ),
      body,
    ),
    toggle,
  );
  document.body.append(panel);

  let vitrine;
  let views;
  /** @type {Record<'queue' | 'feed', ReturnType<typeof setInterval> | undefined>} */
  const refresh = { queue: undefined, feed: undefined };

  function open(isOpen) {
    const hadFocus = panel.contains(document.activeElement);
    panel.toggleAttribute('data-open', isOpen);
    toggle.setAttribute('aria-expanded', String(isOpen));
    write('panel', isOpen);
    if (hadFocus) (isOpen ? find('.panel-close', panel) : toggle).focus();
    run();
  }

  /** Starts or stops the two polls, depending on the state of panel and page. */
  function run() {
    for (const name of ['queue', 'feed']) clearInterval(refresh[name]);
    if (!vitrine || panel.dataset.open === undefined || document.visibilityState !== 'visible') return;
    views ??= build();
    showQueue();
    views.feed.refresh();
    refresh.queue = setInterval(showQueue, queueMs);
    refresh.feed = setInterval(() => views.feed.refresh(), feedMs);
  }

  function showQueue() {
    views.shopper.show();
    views.queue.show(vitrine.events.getMetrics());
  }

  function build() {
    const built = { shopper: shopperView(vitrine), queue: queueView(vitrine), feed: eventFeed(vitrine) };
    built.queue.element.addEventListener('acted', () => {
      showQueue();
      built.feed.refresh();
    });
    body.replaceChildren(built.shopper.element, built.queue.element, built.feed.element);
    return built;
  }

  document.addEventListener('visibilitychange', run);
  whenReady((ready) => {
    vitrine = ready;
    run();
  });
  open(read('panel', false));
}
