// Functions that run in the measured page. Each is sent there as text, so it cannot use anything else of this module.

/**
 * Runs before the tracker's script. Counts writes to storage, requests and long tasks in window.COUNTS, with the time
 * of the last of them. Sizes are UTF-16 units of keys and values.
 */
export const count = () => {
  const counts = (window.COUNTS = {
    localWrites: 0,
    localUnits: 0,
    idbWrites: 0,
    idbUnits: 0,
    requests: 0,
    longTasks: 0,
    longMs: 0,
    lastAt: 0,
  });
  const before = (owner, name, note) => {
    const original = owner[name];
    owner[name] = function (...args) {
      note(this, args);
      counts.lastAt = performance.now();
      return original.apply(this, args);
    };
  };
  const units = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).length;

  before(Storage.prototype, 'setItem', (area, [key, value]) => {
    if (area !== localStorage) return;
    counts.localWrites++;
    counts.localUnits += String(key).length + String(value).length;
  });
  for (const name of ['put', 'add']) {
    before(IDBObjectStore.prototype, name, (_store, [value]) => {
      counts.idbWrites++;
      counts.idbUnits += units(value);
    });
  }
  const noteRequest = () => counts.requests++;
  before(window, 'fetch', noteRequest);
  before(XMLHttpRequest.prototype, 'send', noteRequest);
  before(Navigator.prototype, 'sendBeacon', noteRequest);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      counts.longTasks++;
      counts.longMs += duration;
      counts.lastAt = Math.max(counts.lastAt, startTime + duration);
    }
  }).observe({ type: 'longtask', buffered: true });
};

/**
 * Tracks `n` events, one in each task. Resolves with two lists of milliseconds: `call` is the call alone, `task` the
 * call with the microtasks that it causes.
 */
export const trackEach = ([first, n]) =>
  new Promise((resolve) => {
    const call = [];
    const task = [];
    const channel = new MessageChannel();
    let started = 0;
    let i = first;
    const step = () => {
      const marker = `EVQ${String(i).padStart(5, '0')}Z`;
      channel.port2.postMessage(0);
      started = performance.now();
      TRACKER.track(marker, i);
      call.push(performance.now() - started);
      i++;
    };
    channel.port1.onmessage = () => {
      task.push(performance.now() - started);
      if (i < first + n) setTimeout(step, 0);
      else resolve({ call, task });
    };
    step();
  });

/** Resolves with true once nothing has been counted for `quietMs`, or with false after `limitMs`. */
export const settle = ([quietMs, limitMs]) =>
  new Promise((resolve) => {
    const started = performance.now();
    const look = () => {
      const now = performance.now();
      if (now - Math.max(COUNTS.lastAt, started) > quietMs) resolve(true);
      else if (now - started > limitMs) resolve(false);
      else setTimeout(look, 100);
    };
    look();
  });

/**
 * Tracks the events from `first` to before `end`, every 10 ms. Goes to the address `away`, if given, with the last
 * one.
 */
export const trackSlowly = ([first, end, away]) =>
  new Promise((resolve) => {
    let i = first;
    const step = () => {
      TRACKER.track(`EVQ${String(i).padStart(5, '0')}Z`, i);
      if (++i < end) return setTimeout(step, 10);
      if (away) location.href = away;
      return resolve(undefined);
    };
    step();
  });
