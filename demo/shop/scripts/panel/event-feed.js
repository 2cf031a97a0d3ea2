/** The events that the server has stored, newest first. */
import { productsById } from '../catalog.js';
import { h } from '../dom.js';

const most = 60;
const lookBackMs = 60 * 60 * 1000;
const clock = new Intl.DateTimeFormat('en-IE', { timeStyle: 'medium' });

/** Returns the subject of the event in a few words. */
function gist(event, products) {
  const name = (id) => products.get(id)?.name ?? id;
  if (event.itemId) return `${name(event.itemId)}${event.position >= 0 ? ` · place ${event.position + 1}` : ''}`;
  if (event.itemIds) {
    const query = event.query ? ` · “${event.query}”` : '';
    return `${event.itemIds.length} items · ${event.source ?? event.surface}${query}`;
  }
  if (event.type === 'purchase') return `${event.orderId} · ${event.value} ${event.currency}`;
  if (event.type === 'pageView') return event.url ? new URL(event.url, location.href).pathname : name(event.anchorId);
  return event.userId ?? '';
}

export function eventFeed(vitrine) {
  const known = new Map();
  const list = h('ol', { class: 'panel-events' });
  const title = h('h3', {}, 'Events at the service');
  const none = h('p', { class: 'panel-wait' }, 'None yet. Look around: what you see for a second is a view.');
  const element = h('section', {}, title, none, list);
  let visitor = '';
  let since = 0;
  let isAsking = false;

  async function eventsOf(shopper) {
    const reply = await fetch(`/_events?${new URLSearchParams({ ...shopper, since, limit: 1000 })}`);
    return reply.ok ? (await reply.json()).events : [];
  }

  async function refresh() {
    const asked = vitrine.getVisitorId();
    if (isAsking || !asked) return;
    if (asked !== visitor) {
      [visitor, since] = [asked, Date.now() - lookBackMs];
      known.clear();
      list.replaceChildren();
    }
    isAsking = true;
    try {
      // Some services identify a shopper by the visitor, others only by the session.
      const who = [{ visitorId: visitor }, { sessionId: vitrine.getSessionId() ?? visitor }];
      const pages = await Promise.all(who.map(eventsOf));
      if (visitor === asked) add(pages.flat(), await productsById());
    } catch {
      // The next poll may reach the server again.
    } finally {
      isAsking = false;
    }
  }

  function add(events, products) {
    const fresh = [...new Map(events.map((event) => [event.eventId, event])).values()].filter(
      (event) => !known.has(event.eventId),
    );
    for (const event of fresh) {
      known.set(event.eventId, event);
      since = Math.max(since, event.receivedAt);
    }
    fresh.sort((a, b) => a.at - b.at || (a.seq ?? 0) - (b.seq ?? 0));
    for (const event of fresh) list.prepend(entry(event, products));
    while (list.children.length > most) list.lastElementChild.remove();
    none.hidden = known.size > 0;
    title.textContent = known.size ? `Events at the service · ${known.size}` : 'Events at the service';
  }

  function entry(event, products) {
    const details = h(
      'details',
      {
        ontoggle: () => {
          // The payload is formatted only when it is opened.
          if (details.open && !details.querySelector('pre'))
            details.append(h('pre', { tabindex: 0 }, JSON.stringify(event, null, 2)));
        },
      },
      h(
        'summary',
        {},
        h('span', { class: 'panel-type', 'data-type': event.type }, event.type),
        h('span', { class: 'panel-gist' }, gist(event, products)),
        h('time', { datetime: new Date(event.at).toISOString() }, clock.format(event.at)),
      ),
    );
    return h('li', {}, details);
  }

  return { element, refresh };
}
