// What runs inside the measured page. Each function is sent there as text, so nothing of this module exists around it.

/**
 * Before the tracker's script: counts writes to storage and requests in window.COUNTS, and notes when the last of them, or the last long
 * task, was. Sizes are UTF-16 units, of keys and values.
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
 * Tracks `n` events, one a task. Resolves with two lists of milliseconds: `call` is the call alone, `task` the call and the microtasks
 * that it leaves.
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

/** Resolves once nothing has been counted for `quietMs`, with true, or after `limitMs`, with false. */
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

/** Tracks the events from `first` to before `end`, 10 ms apart; with `away`, goes there in the task of the last one. */
export const trackSlowly = ([first, end, away]) =>
  new Promise((resolve) => {
    let i = first;
    const step = () => {
      TRACKER.track(`EVQ${String(i).padStart(5, '0')}Z`, i);
      if (++i < end) return setTimeout(step, 10);
      if (away) location.href = away;
      return resolve();
    };
    step();
  });
