// Steps of a shopper: acts in a page, and what becomes of the page. Each step resolves to a note for the log, or to why
// it was left out: {left: reason}.

import { until } from '../browser/until.mjs';

/** More events than this are not let wait: the queue holds 1,000, and what it drops is another test's subject. */
const kMostWaiting = 400;

const kSeenMs = 20_000;

/** Faults under which a page stores nothing, so that nobody sees when it counts a view. */
const isMemoryOnly = (fault) => ['full', 'unknown', 'anonymous', 'denied'].includes(fault);

/** Returns whether a segment of a journal has the view of a product. Runs in the page. */
const isViewOf = (token, segment) =>
  (segment ?? '').split('\n').some((line) => line.includes('"type":"view"') && line.includes(`"${token}"`));

/** The events of an act, as [type, token], in their order. */
const eventsOf = {
  click: (tokens) => [['itemsServed', tokens[0]], ...tokens.map((token) => ['click', token])],
  cart: ([token]) => [
    ['itemsServed', token],
    ['addToCart', token],
  ],
  remove: ([token]) => [['removeFromCart', token]],
  viewItem: ([token]) => [['viewItem', token]],
  search: ([token]) => [['search', token]],
  purchase: ([token]) => [['purchase', token]],
  again: () => [],
  own: ([token]) => [['custom', token]],
  identify: ([token]) => [['identify', token]],
  reset: () => [],
};
eventsOf.view = ([token]) => [['itemsServed', token]];
eventsOf.poison = eventsOf.click;

/** Does one act in a page and enters its events, with what the page says of them. */
const act = async (session, page, step, tokens) => {
  const { ledger } = session;
  const events = eventsOf[step.act](tokens);
  const entries = ledger.enter(events, page, step.n, session.faults);
  const reply = await page.tab.run((kind, names) => chaos.act(kind, names), step.act, tokens);
  const isGranted = reply.consent === 'granted';
  let due = 0;
  if (reply.consent === 'denied') due = step.act === 'again' ? 1 : events.length;
  else if (reply.consent === 'anonymous' && step.act === 'identify') due = 1;
  else if (step.act === 'again') due = 1;
  if (reply.droppedNow !== due)
    ledger.breach(
      `step ${step.n} (${step.act}, consent ${reply.consent}) drops ${due} events; counted: ${reply.droppedNow}`,
    );
  for (const entry of entries) {
    entry.state = due > 0 ? 'dropped' : 'promised';
    entry.consent = reply.consent;
    if (page.state === 'hidden') entry.faults.add('hidden');
    if (reply.consent === 'anonymous') entry.isAnonymous = true;
    if (!isGranted) entry.onlyInMemory = 'consent';
    else if (reply.storage === 'memory') entry.onlyInMemory = 'storage full';
  }
  if (isGranted && reply.storage === 'memory' && !page.sawFull && !session.lasting.isFull)
    ledger.breach(`step ${step.n}: page ${page.number} stores nothing, and nothing keeps it from storing`);
  if (session.lasting.isFull) page.sawFull = true;
  page.calls += events.length + (step.act === 'again' ? 1 : 0);
  session.heard(page, reply);
  return reply;
};

/** An act of the shopper in the page of the step's slot. */
const inPage = async (session, step) => {
  const { ledger } = session;
  if (ledger.waiting > kMostWaiting) {
    await ledger.refresh();
    if (ledger.waiting > kMostWaiting) return { left: 'many events wait' };
  }
  const page = await session.pageOf(step.slot);
  if (!page) return { left: 'offline' };
  if (page.isParked) return { left: page.state };
  if (step.act === 'again' && (!page.order || page.seen.consent !== 'granted')) return { left: 'no order to repeat' };
  if (step.act === 'view' && (page.state !== 'shown' || session.faults.some(isMemoryOnly))) return { left: 'not now' };
  const tokens =
    step.act === 'again'
      ? [page.order]
      : Array.from({ length: step.count ?? 1 }, () => ledger.newToken(step.act === 'poison'));
  if (step.act === 'poison') page.poison.add(tokens[0]);
  const { consent } = await act(session, page, step, tokens);
  if (step.act === 'purchase') page.order = consent === 'granted' ? tokens[0] : undefined;
  if (step.act === 'view' && consent === 'granted') await see(session, page, step, tokens[0]);
  return { page: page.number, tokens: `${tokens[0]}+${tokens.length}`, consent };
};

/** A product has been scrolled into view: waits until its view is stored, in the page or by the collector. */
const see = async (session, page, step, token) => {
  const { ledger } = session;
  const [entry] = ledger.enter([['view', token]], page, step.n, session.faults);
  // Nobody can see when a page that stores nothing counts the view, so nothing is promised then.
  if (page.seen.storage !== 'localStorage') return;
  const isJournalled = (id) => shopper.keys().some((key) => isViewOf(id, localStorage.getItem(key)));
  const work = `(id) => { const isViewOf = ${isViewOf}; return (${isJournalled})(id); }`;
  const isSeen = async () => {
    if (await page.tab.run(work, token)) return true;
    await ledger.refresh();
    return ledger.has('view', token);
  };
  await until(isSeen, `the view of ${token}`, kSeenMs);
  Object.assign(entry, { state: 'promised', consent: 'granted' });
  page.calls++;
};

const acts = Object.keys(eventsOf);

/** A step that needs an open page which is neither frozen nor in the back/forward cache. */
const withPage = (work) => async (session, step) => {
  const page = session.slots[step.slot];
  if (!page) return { left: 'no tab' };
  if (page.isParked) return { left: page.state };
  return work(session, page, step);
};
/** The same, and the network must be there to load another page. */
const withNetwork = (work) =>
  withPage((session, page, step) => (session.lasting.isOffline ? { left: 'offline' } : work(session, page, step)));

const replace = (how, go) =>
  withNetwork(async (session, page, { n }) => {
    await session.leaving(page);
    const { tab, slot } = page;
    await go(session, tab, n);
    session.ended(page, how);
    const next = await session.begin(tab, slot);
    return { page: page.number, next: next.number };
  });

export const shopperSteps = {
  ...Object.fromEntries(acts.map((name) => [name, inPage])),

  async open(session, { slot }) {
    const wasThere = !!session.slots[slot];
    const page = await session.pageOf(slot);
    return page && !wasThere ? { page: page.number } : { left: wasThere ? 'a tab is there' : 'offline' };
  },
  reload: replace('reload', (_session, tab) => tab.reload()),
  navigate: replace('navigate', (session, tab, n) => tab.goto(`${session.address('script.html')}?${n}`)),
  close: withPage(async (session, page) => {
    await session.leaving(page);
    await page.tab.close();
    session.ended(page, 'close');
    return { page: page.number };
  }),

  hide: withPage(async (session, page) => {
    await session.leaving(page);
    await page.tab.minimize();
    page.state = 'hidden';
    return { page: page.number };
  }),
  async show(session, { slot }) {
    const page = session.slots[slot];
    if (page?.state !== 'hidden') return { left: 'not hidden' };
    await page.tab.resize(1000, 800);
    if (!page.wasFrozen)
      await until(() => page.tab.run(() => document.visibilityState === 'visible'), 'a visible page');
    page.state = page.wasFrozen ? 'hidden' : 'shown';
    return { page: page.number };
  },

  away: withNetwork(async (session, page) => {
    await session.leaving(page);
    await page.tab.run((address) => void (location.href = address), session.address('away.html'));
    await until(async () => (await page.tab.run(() => document.title)) === 'Away', 'the next page');
    Object.assign(page, { state: 'away', isParked: true, wasParked: true });
    for (const entry of session.ledger.open()) if (entry.page === page) entry.faults.add('away');
    return { page: page.number };
  }),
  async back(session, { slot }) {
    const page = session.slots[slot];
    if (page?.state !== 'away') return { left: 'not away' };
    if (session.lasting.isOffline) return { left: 'offline' };
    await session.ledger.refresh();
    await page.tab.run(() => void history.back());
    await until(() => page.tab.run(() => !!window.chaos && chaos.isUp()), 'the page before', 30_000);
    const life = await page.tab.run(() => chaos.life);
    if (life === page.number) {
      Object.assign(page, { state: 'shown', isParked: false });
      return { page: page.number, restored: true };
    }
    session.ended(page, 'away');
    const next = await session.begin(page.tab, slot);
    return { page: page.number, restored: false, next: next.number };
  },
};
