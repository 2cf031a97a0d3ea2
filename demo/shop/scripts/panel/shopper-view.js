/** Who the shopper is to Vitrine, and what they have allowed. */
import { h } from '../dom.js';

const levels = ['granted', 'anonymous', 'unknown', 'denied'];

export function shopperView(vitrine) {
  const cell = () => h('code', {});
  const [visitor, session, user] = [cell(), cell(), cell()];
  const consent = h(
    'select',
    { 'aria-label': 'Consent', onchange: () => vitrine.setConsent(consent.value) },
    levels.map((level) => h('option', { value: level }, level)),
  );
  const row = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
  const element = h(
    'section',
    {},
    h('dl', { class: 'panel-who' }, row('Visitor', visitor), row('Session', session), row('User', user), row('Consent', consent)),
  );

  function show() {
    visitor.textContent = vitrine.getVisitorId() || '–';
    session.textContent = vitrine.getSessionId() || '–';
    user.textContent = vitrine.getUserId() || 'not logged in';
    if (document.activeElement !== consent) consent.value = vitrine.getConsent();
  }
  return { element, show };
}
