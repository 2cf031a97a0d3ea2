// Steps at which something fails: the collector, the network, storage, the clock, pages and the browser; and the
// shopper's consent, which ends what waits. Steps are as in shopper_steps.mjs.

import { until } from '../browser/until.mjs';
import * as disk from './disk.mjs';
import { randomFrom } from './plan.mjs';
import { journalled } from './session.mjs';

/** Takes the browser offline or back. The collector cannot be reached then either. */
const setOffline = async (session, isOffline) => {
  const { browser, lasting } = session;
  if (session.engine === 'chromium') {
    const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    for (const { tab } of session.slots.filter(Boolean))
      await tab.cdp('Network.emulateNetworkConditions', { offline: isOffline, ...speed });
  } else await browser.setOnline(!isOffline);
  lasting.isOffline = isOffline;
};

/** Says `level` in the page, and waits until the other pages know where they are told. */
const say = async (session, page, level) => {
  await page.tab.run((wanted) => shopper.vitrine.setConsent(wanted), level);
  if (level === 'unknown') return;
  for (const other of session.living) {
    await until(
      () => other.tab.run((wanted) => shopper.vitrine.getConsent() === wanted, level),
      `consent ${level} in page ${other.number}`,
    );
  }
};

/** A part of storage is taken away: what was in it and is not in the mirror may be lost with its page. */
const spoil = async (session, fault, work, ...args) => {
  const { ledger } = session;
  await ledger.refresh();
  const mirrored = fault === 'wipe' ? new Set() : await session.mirrored();
  const held = journalled(await session.onDisk(disk.local));
  if (fault === 'wipe') for (const token of await session.mirrored()) held.add(token);
  const former = await session.onDisk(work, ...args);
  ledger.spoilt(fault, former ? journalled(former) : held, mirrored);
  if (fault !== 'corrupt') for (const page of session.slots.filter(Boolean)) page.order = undefined;
  return {};
};

export const failureSteps = {
  async mood(session, { mood }) {
    const { lasting, collector, ledger } = session;
    if (lasting.mood !== 'fine') return { left: 'it fails already' };
    lasting.mood = mood;
    await collector.setMood(mood);
    ledger.began(mood);
    return { mood };
  },
  async calm(session) {
    session.lasting.mood = 'fine';
    await session.collector.setMood('fine');
    return {};
  },

  async offline(session) {
    if (session.engine === 'webkit') return { left: 'WebKit cannot be taken offline' };
    await setOffline(session, true);
    session.ledger.began('offline');
    return {};
  },
  async online(session) {
    if (session.lasting.isOffline) await setOffline(session, false);
    return {};
  },

  async consent(session, { slot, level }) {
    const page = session.slots[slot];
    if (!page || page.isParked) return { left: 'no page' };
    if (session.lasting.isFull) return { left: 'storage is full, so other pages are not told' };
    await session.listen(page);
    await say(session, page, level);
    if (level === 'unknown') page.wasParked = true;
    // After the change, because a page may have delivered some meanwhile.
    await session.ledger.refresh();
    if (level !== 'unknown') session.ledger.consented(level);
    session.lasting.consent = level;
    return { page: page.number, level };
  },
  async agree(session) {
    if (session.lasting.consent === 'granted') return { left: 'consent is granted' };
    // The browser may have been killed meanwhile, and remembers.
    if (session.living.length === 0) {
      const free = session.slots.indexOf(undefined);
      if (free < 0 || !(await session.pageOf(free))) return { left: 'no page' };
    }
    for (const page of session.living) await say(session, page, 'granted');
    session.lasting.consent = 'granted';
    await session.ledger.refresh();
    session.ledger.consented('granted');
    return {};
  },

  async full(session) {
    if (session.lasting.consent !== 'granted') return { left: 'consent is not granted' };
    await session.onDisk(disk.fill);
    session.lasting.isFull = true;
    for (const page of session.slots.filter(Boolean)) page.sawFull = true;
    session.ledger.began('full');
    return {};
  },
  async room(session) {
    if (!session.lasting.isFull) return { left: 'storage is not full' };
    await session.onDisk(disk.makeRoom);
    for (const { tab, number } of session.living)
      await until(async () => !(await tab.run(disk.isFilled)), `room in page ${number}`);
    session.lasting.isFull = false;
    return {};
  },
  async clear(session) {
    if (session.faults.some((fault) => ['full', 'denied', 'anonymous', 'unknown'].includes(fault)))
      return { left: 'storage is full, or consent is not granted' };
    return spoil(session, 'clear', disk.clear);
  },
  async wipe(session) {
    if (session.faults.some((fault) => ['full', 'denied', 'anonymous', 'unknown'].includes(fault)))
      return { left: 'storage is full, or consent is not granted' };
    return spoil(session, 'wipe', disk.wipe);
  },
  async corrupt(session, { keys, salt }) {
    if (session.lasting.consent !== 'granted') return { left: 'consent is not granted' };
    const random = randomFrom(salt);
    const known = Object.keys(await session.onDisk(disk.local)).filter((key) => !/:(consent|optout)$/.test(key));
    const chosen = Array.from(
      { length: Math.min(keys, known.length) },
      () => known[Math.floor(random() * known.length)],
    );
    if (chosen.length === 0) return { left: 'nothing is stored' };
    await spoil(session, 'corrupt', disk.corrupt, [...new Set(chosen)], salt);
    return { chosen };
  },

  async clock(session, { slot, byMs }) {
    const page = session.slots[slot];
    if (!page || page.isParked) return { left: 'no page' };
    if (page.hasJumped) return { left: 'its clock was set before' };
    page.hasJumped = true;
    await page.tab.run((ms) => void (chaos.aheadMs = ms), byMs);
    for (const entry of session.ledger.open()) if (entry.page === page) entry.faults.add('clock');
    return { page: page.number };
  },

  async freeze(session, { slot }) {
    const page = session.slots[slot];
    if (!page || page.isParked) return { left: 'no page' };
    if (session.engine !== 'chromium') return { left: 'only Chromium can freeze a page' };
    await session.leaving(page);
    await page.tab.cdp('Page.setWebLifecycleState', { state: 'frozen' });
    Object.assign(page, { state: 'frozen', isParked: true, wasParked: true, wasFrozen: true });
    for (const entry of session.ledger.open()) if (entry.page === page) entry.faults.add('freeze');
    return { page: page.number };
  },
  async thaw(session, { slot }) {
    const page = session.slots[slot];
    if (page?.state !== 'frozen') return { left: 'not frozen' };
    await page.tab.cdp('Page.setWebLifecycleState', { state: 'active' });
    // Chromium leaves such a page hidden.
    Object.assign(page, { state: 'hidden', isParked: false });
    return { page: page.number };
  },

  async crash(session, { slot }) {
    const page = session.slots[slot];
    if (!page) return { left: 'no tab' };
    if (session.engine !== 'chromium') return { left: 'only DevTools can crash a page' };
    if (page.state === 'away') return { left: 'away' };
    await session.ledger.refresh();
    await page.tab.crash();
    session.ended(page, 'crash');
    await session.bury('crash');
    return { page: page.number };
  },

  async kill(session) {
    if (session.engine === 'webkit') return { left: 'WebKit keeps no profile under automation' };
    const { ledger } = session;
    const mirrored = await session.mirrored();
    await ledger.refresh();
    ledger.killed(mirrored);
    await session.browser.kill();
    for (const page of session.slots.filter(Boolean)) session.ended(page, 'kill');
    session.lasting.isOffline = false;
    await session.launch();
    // localStorage has fallen back to an older state, in which it may have been full.
    if (!session.lasting.isFull) await session.onDisk(disk.makeRoom);
    return { mirrored: mirrored.size };
  },
};
