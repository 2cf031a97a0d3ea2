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

/** Every prelude by its name. */
export const preludes = { ...replaced, ...inherited, ...frozen, ...wrapped, ...shadowed };
