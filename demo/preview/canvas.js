/** The page in a frame: one widget with the settings that the studio has put on the frame. */
import { audit, measure } from './canvas-measure.js';
import { attributesOf, configOf, lookOf } from './request.js';
import { tokensOf } from './settings.js';
import { tokens } from './vocabulary.js';

const send = (message) => parent.postMessage({ from: 'canvas', ...message }, location.origin);

function applyTheme(settings) {
  const root = document.documentElement;
  root.lang = settings.lang;
  root.dir = settings.dir;
  root.classList.toggle('light', settings.scheme === 'light');
  root.classList.toggle('dark', settings.scheme === 'dark');
  for (const name of [...root.style].filter((each) => each.startsWith('--vitrine-'))) root.style.removeProperty(name);
  for (const [name, value] of tokensOf(settings)) root.style.setProperty(name, value);
}

/** Gives the widget the attributes of colours and direction, which change without a new request. */
function applyLook(widget, settings) {
  const look = lookOf(settings);
  for (const name of ['theme', 'dir']) {
    if (look[name]) widget.setAttribute(name, look[name]);
    else widget.removeAttribute(name);
  }
}

const hex = (rgb) =>
  '#' +
  (rgb.match(/[\d.]+/g) ?? [])
    .slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, '0'))
    .join('');

/** Returns the current values of the theme's properties on the widget. */
function themeOf(widget) {
  const probe = document.createElement('i');
  (widget.querySelector('[data-vitrine-view]') ?? widget).append(probe);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const values = {};
  for (const [property, , kind] of tokens) {
    const own = `var(${property.replace('--vitrine-', '--_')})`;
    probe.style.cssText = 'transition: none';
    probe.style.setProperty(kind === 'color' ? 'color' : 'padding-left', own);
    const { color, paddingLeft } = getComputedStyle(probe);
    const plain = getComputedStyle(probe).getPropertyValue(property.replace('--vitrine-', '--_')).trim();
    values[property] = { color: hex(color), length: `${parseFloat(paddingLeft) / rem}rem`, number: plain }[kind];
  }
  probe.remove();
  return values;
}

// Trusted Types check the text of every script element, also of a template that no browser runs.
const policy = window.trustedTypes?.createPolicy('preview', { createScript: (text) => text });
const inert = (text) => (policy ? policy.createScript(text) : text);

function widgetOf(settings) {
  const widget = document.createElement('vitrine-widget');
  for (const [name, value] of Object.entries(attributesOf(settings))) widget.setAttribute(name, value);
  if (settings.own) {
    const template = document.createElement('script');
    template.type = 'text/x-mustache';
    template.setAttribute('name', settings.part);
    template.text = inert(settings.own);
    widget.append(template);
  }
  // In the other states a fallback would cover the skeleton.
  if (['empty', 'error'].includes(settings.state) || ['status', 'timeout', 'offline'].includes(settings.fault)) {
    const standIn = document.createElement('p');
    standIn.className = 'stand-in';
    standIn.textContent = 'The shop’s own fallback.';
    widget.append(standIn);
  }
  return widget;
}

const { settings, keys } = /** @type {any} */ (window.frameElement).studio;
applyTheme(settings);

window.vitrine ||= (...call) => (window.vitrine.q ||= []).push([Date.now(), call]);
window.vitrine('init', configOf(settings, keys));
if (settings.kind === 'forUser' && settings.user) window.vitrine('identify', settings.user);

const widget = widgetOf(settings);
const following = document.createElement('div');
following.className = 'following';
document.body.append(widget, following);
const measures = measure(following, (values) => send({ what: 'measures', values }));

function report() {
  const state = widget.getAttribute('state') ?? '';
  // A widget becomes stale when it refreshes and the request fails.
  if (settings.state === 'stale' && state === 'ready') widget.refresh?.();
  measures.reached(state);
  send({ what: 'state', state, items: widget.querySelectorAll('[data-vitrine-item]').length });
  send({ what: 'theme', values: themeOf(widget) });
}
new MutationObserver(report).observe(widget, { attributes: true, attributeFilter: ['state'] });
report();

new ResizeObserver(() =>
  send({ what: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) }),
).observe(document.body);

document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
  send({ what: 'cart', itemId: detail.itemId, quantity: detail.quantity, title: detail.title }),
);
// Links do nothing here, because the studio must stay open.
document.addEventListener('click', (event) => {
  if (event.composedPath().some((node) => node instanceof Element && node.localName === 'a')) event.preventDefault();
});

addEventListener('message', async ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent) return;
  // A change of looks needs no new page.
  if (data.settings) {
    measures.end();
    applyTheme(data.settings);
    applyLook(widget, data.settings);
    report();
  }
  if (data.refresh) {
    await widget.refresh?.();
    report();
  }
  if (data.audit) {
    const findings = await audit(widget).catch((error) => [
      { rule: 'not checked', help: String(error?.message ?? error), impact: '', places: [] },
    ]);
    send({ what: 'findings', findings });
  }
});
