/**
 * The shop's own account at a service: the fields that a user types for a live endpoint. They stay in this page:
 * neither the address nor the browser's storage has them.
 */

/** Fields by service: name, label, whether it is required, and what stands in the code while it is empty. */
const fields = {
  refine: [
    ['apiKey', 'API key', 'YOUR_API_KEY'],
    ['organizationId', 'Organization', 'YOUR_ORGANIZATION'],
    ['catalogId', 'Catalogue', 'YOUR_CATALOG'],
    ['apiUrl', 'Address of the API', ''],
  ],
  depict: [
    ['tenant', 'Tenant', 'YOUR_TENANT'],
    ['market', 'Market', 'YOUR_MARKET'],
    ['locale', 'Locale', ''],
    ['apiKey', 'API key', ''],
    ['config', 'Type of this request', ''],
    ['apiUrl', 'Address of the API', ''],
  ],
  richrelevance: [
    ['apiKey', 'API key', 'YOUR_API_KEY'],
    ['apiClientKey', 'Client key', 'YOUR_CLIENT_KEY'],
    ['config', 'Placement of this request', ''],
    ['apiUrl', 'Address of the API', ''],
  ],
  doofinder: [
    ['config', 'Id of this widget', 'YOUR_WIDGET_ID'],
    ['hashid', 'Search engine (hashid)', ''],
    ['zone', 'Zone (eu1, us1, ap1)', ''],
    ['productUrl', 'Product page, with {id}', ''],
    ['apiUrl', 'Address of the API', ''],
  ],
};

/** Returns the fields of a service, as {name, label, isRequired}. */
export const accountFields = (service) =>
  (fields[service] ?? []).map(([name, label, placeholder]) => ({ name, label, isRequired: placeholder !== '' }));

/** Returns `provider` with the fields that are not empty. `placeholders`: stand for empty ones that are required. */
export function fieldsOf({ service, kind }, keys, { placeholders = false } = {}) {
  const provider = { name: service };
  for (const [name, , placeholder] of fields[service] ?? []) {
    const value = keys[name]?.trim() || (placeholders ? placeholder : '');
    if (!value) continue;
    if (name === 'config') provider.configs = { [kind]: value };
    else provider[name] = name === 'apiUrl' ? value.replace(/\/+$/, '') : value;
  }
  return provider;
}

const typed = {};

/** Returns what the user has typed for a service, by field. */
export const keysOf = (service) => ({ ...typed[service] });

export function setKey(service, name, value) {
  typed[service] = { ...typed[service], [name]: value };
}

/** Returns the labels of required fields that are still empty. */
export const missingKeys = (service) =>
  accountFields(service)
    .filter(({ name, isRequired }) => isRequired && !typed[service]?.[name]?.trim())
    .map(({ label }) => label);
