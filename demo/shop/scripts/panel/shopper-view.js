/** The shopper's ids, their consent, and the service in use. */
import { h } from '../dom.js';

const levels = ['granted', 'anonymous', 'unknown', 'denied'];
const services = { refine: 'Refine', depict: 'Depict', richrelevance: 'RichRelevance', doofinder: 'Doofinder' };

/** Reloads the page with another service, because a page cannot change its service. */
function changeService(name) {
  const address = new URL(location.href);
  address.searchParams.set('service', name);
  location.assign(address);
}

export function shopperView(vitrine) {
  const cell = () => h('code', {});
  const [visitor, session, user] = [cell(), cell(), cell()];
  const consent = h(
    'select',
    { 'aria-label': 'Consent', onchange: () => vitrine.setConsent(consent.value) },
    levels.map((level) => h('option', { value: level }, level)),
  );
  const inUse = window.osierServices.chosen().name;
  const service = h(
    'select',
    { id: 'service', 'aria-label': 'Recommendation service', onchange: () => changeService(service.value) },
    Object.entries(services).map(([name, title]) => h('option', { value: name, selected: name === inUse }, title)),
  );
  const row = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
  const element = h(
    'section',
    {},
    h(
      'dl',
      { class: 'panel-who' },
      row('Visitor', visitor),
      row('Session', session),
      row('User', user),
      row('Consent', consent),
      row('Service', service),
    ),
  );

  function show() {
    visitor.textContent = vitrine.getVisitorId() || '–';
    session.textContent = vitrine.getSessionId() || '–';
    user.textContent = vitrine.getUserId() || 'not logged in';
    if (document.activeElement !== consent) consent.value = vitrine.getConsent();
  }
  return { element, show };
}
