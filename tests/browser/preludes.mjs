// Changes that shop pages make to the built-ins before Vitrine's script runs: libraries from before 2015, themes,
// polyfills, security shims. Each is a script that runs first in a test page.

/** Old forms of built-ins, as Prototype.js, MooTools, datejs and themes bring them. */
const replaced = {
  'Array.from of one argument': 'Array.from = function (x) { return [].slice.call(x); };',
  'Array.prototype.toJSON': `
      Array.prototype.toJSON = function () { return '[' + [].map.call(this, function (x) { return JSON.stringify(x);
      }).join(', ') + ']'; };`,
  'String.prototype.toJSON': "String.prototype.toJSON = function () { return '\"' + this + '\"'; };",
  'Number.prototype.toJSON': 'Number.prototype.toJSON = function () { return String(this); };',
  'Array.prototype.map passes one argument': `
      Array.prototype.map = function (f) { var r = []; for (var i = 0; i < this.length; i++)
      r.push(f(this[i])); return r; };`,
  'Array.prototype.filter passes one argument': `
      Array.prototype.filter = function (f) { var r = []; for (var i = 0; i < this.length; i++) if
      (f(this[i])) r.push(this[i]); return r; };`,
  'Array.prototype.find returns null for nothing': `
      Array.prototype.find = function (f) { for (var i = 0; i < this.length; i++) if (f(this[i]))
      return this[i]; return null; };`,
  'Array.prototype.flat does nothing': 'Array.prototype.flat = function () { return this; };',
  'Array.prototype.includes is missing': 'delete Array.prototype.includes;',
  'Array.prototype[Symbol.iterator] reads a copy': `
      var iterate = Array.prototype[Symbol.iterator]; Array.prototype[Symbol.iterator] = function ()
      { return iterate.call(this.slice()); };`,
  'String.prototype.startsWith of old Prototype':
    'String.prototype.startsWith = function (x) { return this.lastIndexOf(x, 0) === 0; };',
  'String.prototype.replace takes texts only': `
      var replace = String.prototype.replace; String.prototype.replace = function (a, b) { return replace.call(this,
      a, b); };`,
  'Function.prototype.bind of old Prototype': `
      Function.prototype.bind = function (c) { var f = this, a = [].slice.call(arguments, 1); return function
      () { return f.apply(c, a.concat([].slice.call(arguments))); }; };`,
  'Object.keys lists inherited members':
    'Object.keys = function (o) { var r = []; for (var k in o) r.push(k); return r; };',
  'Object.entries is missing': 'delete Object.entries;',
  'Object.assign of a polyfill': `
      Object.assign = function (t) { for (var i = 1; i < arguments.length; i++) for (var k in
      arguments[i]) t[k] = arguments[i][k]; return t; };`,
  'Element.prototype.remove asks first': 'Element.prototype.remove = function () {};',
  'document.getElementsByClassName of old Prototype': 'document.getElementsByClassName = function () { return []; };',
  'JSON.stringify of json2':
    'var s = JSON.stringify; JSON.stringify = function (v, r, i) { return s(v, r || null, i || 0); };',
  'JSON.parse revives nothing': 'var p = JSON.parse; JSON.parse = function (t) { return p(t); };',
};

/** Members that for…in finds everywhere. */
const inherited = {
  'Object.prototype.isEmpty': 'Object.prototype.isEmpty = function () { return false; };',
  'Object.prototype.each': 'Object.prototype.each = function () {};',
  'Array.prototype.last': 'Array.prototype.last = function () { return this[this.length - 1]; };',
  'Object.prototype.method': "Object.prototype.method = 'POST';",
  'Object.prototype.get': 'Object.prototype.get = function () {};',
  'Object.prototype.type': "Object.prototype.type = 'text';",
};

const frozen = {
  'Object.freeze(Error.prototype)': 'Object.freeze(Error.prototype);',
  'Object.freeze(Object.prototype)': 'Object.freeze(Object.prototype);',
  'Object.freeze(Array.prototype)': 'Object.freeze(Array.prototype);',
  'Object.freeze(Function.prototype)': 'Object.freeze(Function.prototype);',
  'Object.freeze(Promise.prototype)': 'Object.freeze(Promise.prototype);',
  'all of them frozen': `[Object, Function, Array, Error, Promise, String, Number, Map, Set].forEach(function (x) {
      Object.freeze(x); Object.freeze(x.prototype); });`,
};

const wrapped = {
  'Date.now returns a Date': 'var now = Date.now; Date.now = function () { return new Date(now()); };',
  'Date.now returns a text': 'var now = Date.now; Date.now = function () { return String(now()); };',
  'Date.now returns NaN': 'Date.now = function () { return NaN; };',
  'performance.now is missing': 'performance.now = undefined;',
  'setTimeout returns nothing and passes on':
    'var t = window.setTimeout; window.setTimeout = function (f, ms) { t(f, ms); };',
  'setTimeout takes functions of itself': `
      var t = window.setTimeout; window.setTimeout = function (f, ms) { return t(function () { try {
      f(); } catch (e) {} }, ms); };`,
  'Promise wrapped': 'var P = Promise; window.Promise = class extends P {};',
  'fetch wrapped': 'var f = fetch; window.fetch = function () { return f.apply(this, arguments); };',
  'addEventListener wrapped': `
      var a = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener =
      function (t, f, o) { return a.call(this, t, function (e) { return f.handleEvent ?
      f.handleEvent(e) : f.call(this, e); }, o); };`,
  'history wrapped':
    'var h = history.pushState; history.pushState = function () { return h.apply(history, arguments); };',
  'IntersectionObserver is missing': 'delete window.IntersectionObserver;',
  'Object.defineProperty wrapped':
    'var d = Object.defineProperty; Object.defineProperty = function (o, k, v) { return d(o, k, v); };',
};

/** Clocks that give no number, and timers that are not those of the browser. */
const clocks = {
  'Date.now returns an object': 'Date.now = function () { return {}; };',
  // The snippet calls it too, in the shop's own code.
  'Date.now throws': `
      var now = Date.now; Date.now = function () { if (/snippet/.test(Error().stack)) return now(); throw
      Error('no time'); };`,
  'performance.now returns a text': "performance.now = function () { return 'soon'; };",
  'performance.now returns NaN': 'performance.now = function () { return NaN; };',
  'performance.now returns an object': 'performance.now = function () { return {}; };',
  'performance.now throws': "performance.now = function () { throw Error('no time'); };",
  'setTimeout returns an object': `
      var t = setTimeout, c = clearTimeout; window.setTimeout = function (f, ms) { return { id: t(f, ms) }; };
      window.clearTimeout = function (timer) { c(timer && timer.id); };`,
  'setTimeout returns null': 'var t = setTimeout; window.setTimeout = function (f, ms) { t(f, ms); return null; };',
  'setTimeout passes arguments': `
      var t = setTimeout; window.setTimeout = function (f, ms) { return t(function () { f(7, { late: true }); }, ms);
      };`,
  'setTimeout calls back at once': 'window.setTimeout = function (f) { f(); return 1; };',
  'setTimeout throws': "window.setTimeout = function () { throw Error('no timers'); };",
};

/** A Promise from before 2015: no finally, no allSettled, reactions of a settled promise run inside `then`. */
const oldPromise = `
    window.Promise = function Old(work) {
      var self = this, waiting = [], state = 0, value;
      function settle(to, what) {
        if (state) return;
        if (to === 1 && what && typeof what.then === 'function') {
          state = 3;
          what.then(function (v) { state = 0; settle(1, v); }, function (e) { state = 0; settle(2, e); });
          return;
        }
        state = to; value = what;
        waiting.splice(0).forEach(function (run) { run(); });
      }
      self.then = function (good, bad) {
        return new Old(function (resolve, reject) {
          function run() {
            var reaction = state === 1 ? good : bad;
            if (typeof reaction !== 'function') return state === 1 ? resolve(value) : reject(value);
            try { resolve(reaction(value)); } catch (e) { reject(e); }
          }
          if (state === 1 || state === 2) run(); else waiting.push(run);
        });
      };
      self['catch'] = function (bad) { return self.then(null, bad); };
      try { work(function (v) { settle(1, v); }, function (e) { settle(2, e); }); } catch (e) { settle(2, e); }
    };
    Promise.resolve = function (v) { return new Promise(function (resolve) { resolve(v); }); };
    Promise.reject = function (e) { return new Promise(function (_, reject) { reject(e); }); };
    Promise.race = function (all) { return new Promise(function (resolve, reject) {
      all.forEach(function (one) { Promise.resolve(one).then(resolve, reject); }); }); };
    Promise.all = function (all) { return new Promise(function (resolve, reject) {
      var left = all.length, values = [];
      if (!left) resolve(values);
      all.forEach(function (one, i) { Promise.resolve(one).then(function (v) {
        values[i] = v; if (!--left) resolve(values); }, reject); }); }); };`;

/** Network functions of the page's own. */
const network = {
  'Promise of an old polyfill': oldPromise,
  'Promise without finally and allSettled': 'delete Promise.prototype.finally; delete Promise.allSettled;',
  'fetch returns nothing': 'var f = fetch; window.fetch = function (url, init) { f(url, init); };',
  'fetch returns a thenable without catch': `
      var f = fetch; window.fetch = function (url, init) { var p = f(url, init); return { then: function (a, b) {
      p.then(a, b); } }; };`,
  'fetch resolves with a bare object': `
      var f = fetch; window.fetch = function (url, init) { return f(url, init).then(function (r) { return r.text().then(
      function (text) { return { ok: r.ok, status: r.status, text: function () { return text; } }; }); }); };`,
  'fetch throws': "window.fetch = function () { throw Error('no network'); };",
  'JSON.stringify prints prettily': 'var s = JSON.stringify; JSON.stringify = function (v, r) { return s(v, r, 2); };',
  'JSON.parse revives dates': `
      var p = JSON.parse; JSON.parse = function (t) { return p(t, function (k, v) { return /^\\d+-/.test(v) ?
      new Date(v) : v; }); };`,
  'JSON.parse and JSON.stringify need their object': `
      var own = { parse: JSON.parse, stringify: JSON.stringify }; window.JSON = { parse: function (t, r) { return
      this === JSON && own.parse(t, r); }, stringify: function (v, r, i) { return this === JSON && own.stringify(v, r,
      i); } };`,
};

/** Functions of the browser that are missing or throw. */
const broken = {
  'localStorage.setItem wrapped': `
      var set = Storage.prototype.setItem; Storage.prototype.setItem = function (k, v) { return set.call(this, k, v);
      };`,
  'localStorage.setItem writes JSON': `
      var set = Storage.prototype.setItem; Storage.prototype.setItem = function (k, v) { set.call(this, k,
      JSON.stringify(v)); };`,
  'localStorage.setItem and getItem throw': `
      Storage.prototype.setItem = Storage.prototype.getItem = function () { throw Error('no storage'); };`,
  'MutationObserver is missing': 'delete window.MutationObserver;',
  'MutationObserver throws': "window.MutationObserver = function () { throw Error('no observers'); };",
  'MutationObserver.observe throws':
    "MutationObserver.prototype.observe = function () { throw Error('no observers'); };",
  'IntersectionObserver throws': "window.IntersectionObserver = function () { throw Error('no observers'); };",
  'IntersectionObserver.observe throws':
    "IntersectionObserver.prototype.observe = function () { throw Error('no observers'); };",
  'addEventListener throws': `
      EventTarget.prototype.addEventListener = function () { throw Error('no listeners'); };`,
  'document.addEventListener throws': "document.addEventListener = function () { throw Error('no listeners'); };",
  'Document.prototype.addEventListener throws':
    "Document.prototype.addEventListener = function () { throw Error('no listeners'); };",
  'window.addEventListener throws': "window.addEventListener = function () { throw Error('no listeners'); };",
  'addEventListener knows load and click only': `
      var a = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (t, f, o) {
      if (/^(load|click)$/.test(t)) a.call(this, t, f, o); };`,
  'history is frozen, and there is no Navigation API':
    "Object.defineProperty(window, 'navigation', { value: undefined }); Object.freeze(history);",
  'history.pushState cannot be replaced': `
      Object.defineProperty(window, 'navigation', { value: undefined }); Object.defineProperty(history, 'pushState',
      { value: history.pushState }); Object.defineProperty(history, 'replaceState', { get: function () { throw
      Error('no history'); } });`,
  'navigator.locks throws':
    "Object.defineProperty(navigator, 'locks', { get: function () { throw Error('no locks'); } });",
  'navigator.locks.request throws': "LockManager.prototype.request = function () { throw Error('no locks'); };",
  'indexedDB throws':
    "Object.defineProperty(window, 'indexedDB', { get: function () { throw Error('no database'); } });",
  'indexedDB is missing': "Object.defineProperty(window, 'indexedDB', { value: undefined });",
  'crypto.getRandomValues throws': "Crypto.prototype.getRandomValues = function () { throw Error('no crypto'); };",
  'console is missing': 'window.console = undefined;',
  'console throws': `
      ['log', 'info', 'warn', 'error', 'debug'].forEach(function (n) { console[n] = function () { throw Error('no
      console'); }; });`,
  'Array.prototype has a member to list': 'Array.prototype.size = 3; Array.prototype.each = function () {};',
  'arrays iterate by a generator': `
      Array.prototype[Symbol.iterator] = function* () { for (var i = 0; i < this.length; i++) yield this[i]; };`,
};

const shadowed = {
  'elements named like globals': `['location', 'history', 'performance', 'navigator', 'localStorage', 'fetch',
      'Vitrine'].forEach(function (n) { var e = document.createElement('img'); e.id = n; e.name = n;
      document.head.appendChild(e); });`,
  'document.currentScript shadowed': `
      var e = document.createElement('img'); e.name = 'currentScript'; e.src = 'data:,';
      document.documentElement.appendChild(e);`,
  'document.visibilityState shadowed':
    "var e = document.createElement('img'); e.name = 'visibilityState'; document.documentElement.appendChild(e);",
  'a global named q': 'window.q = 7;',
  'a global named define': 'window.define = function () {}; window.define.amd = {};',
  'globals named module and exports': 'window.module = { exports: {} }; window.exports = window.module.exports;',
};

const all = { ...replaced, ...inherited, ...frozen, ...wrapped, ...clocks, ...network, ...broken, ...shadowed };

/** Every prelude by its name, each on one line, so that a statement may be broken anywhere. */
export const preludes = Object.fromEntries(
  Object.entries(all).map(([name, script]) => [name, script.replaceAll(/\s*\n\s*/g, ' ')]),
);
