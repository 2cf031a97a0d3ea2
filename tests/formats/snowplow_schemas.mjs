// The rules of the schemas that Snowplow has published at iglucentral.com for what Vitrine sends, in short form. Names,
// types and limits are those of the version in each key. A schema that is not here is unknown to the tests, so an event
// with it fails, as it does in a pipeline.

import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { root } from '../../tools/steps.mjs';

const texts = (names) => Object.fromEntries(names.split(/\s+/).map((name) => [name, { type: 'string' }]));
const object = (properties, required) => ({ type: 'object', properties, required, additionalProperties: false });
const text = (maxLength, type = 'string') => ({ type, maxLength });
const orNull = (type) => [type, 'null'];
const amount = (type = 'number') => ({ type, minimum: 0, maximum: 9_999_999, isCents: true });
const count = (type) => ({ type, minimum: 0, maximum: 9_999_999 });
const currency = { type: 'string', minLength: 3, maxLength: 3 };
const described = {
  type: 'object',
  required: ['schema', 'data'],
  additionalProperties: false,
  properties: { schema: { type: 'string' }, data: {} },
};

const kOfSnowplow = 'iglu:com.snowplowanalytics.snowplow';

/** Fields of payload_data 1-0-4: all are texts. */
const kFields = `tna aid p dtm tz e tid eid tv duid nuid uid vid ip res url page refr fp ctype cookie lang f_pdf f_qt
  f_realp f_wma f_dir f_fla f_java f_gears f_ag cd ds cs vp mac pp_mix pp_max pp_miy pp_may ad_ba ad_ca ad_ad ad_uid
  tr_id tr_af tr_tt tr_tx tr_sh tr_ci tr_st tr_co tr_cu ti_id ti_sk ti_nm ti_na ti_ca ti_pr ti_qu ti_cu sa sn st sp
  se_ca se_ac se_la se_pr se_va ue_na ue_pr ue_px co cx ua tnuid stm sid ttm`;

const schemas = {
  [`${kOfSnowplow}/payload_data/jsonschema/1-0-4`]: {
    type: 'array',
    minItems: 1,
    items: object(texts(kFields), ['tv', 'p', 'e']),
  },
  [`${kOfSnowplow}/contexts/jsonschema/1-0-0`]: { type: 'array', minItems: 1, items: described },
  [`${kOfSnowplow}/unstruct_event/jsonschema/1-0-0`]: described,
  [`${kOfSnowplow}/web_page/jsonschema/1-0-0`]: object({ id: { type: 'string', isUuid: true } }, ['id']),
  [`${kOfSnowplow}/site_search/jsonschema/1-0-0`]: object(
    {
      terms: { type: 'array', minItems: 1, items: { type: 'string' } },
      filters: { type: 'object', additionalProperties: { type: ['string', 'boolean'] } },
      totalResults: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
      pageResults: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
    },
    ['terms'],
  ),
  [`${kOfSnowplow}.ecommerce/snowplow_ecommerce_action/jsonschema/1-0-2`]: object(
    {
      type: {
        enum: ['add_to_cart', 'remove_from_cart', 'product_view', 'list_click', 'list_view', 'transaction'].concat([
          'promo_click',
          'promo_view',
          'checkout_step',
          'refund',
          'trns_error',
        ]),
      },
      name: text(128, orNull('string')),
    },
    ['type'],
  ),
  [`${kOfSnowplow}.ecommerce/product/jsonschema/1-0-0`]: object(
    {
      id: text(4096),
      name: text(4096, orNull('string')),
      category: text(4096),
      price: amount(),
      list_price: amount(orNull('number')),
      quantity: count(orNull('integer')),
      size: text(256, orNull('string')),
      variant: text(256, orNull('string')),
      brand: text(256, orNull('string')),
      inventory_status: text(256, orNull('string')),
      position: count(orNull('integer')),
      currency,
      creative_id: text(256, orNull('string')),
    },
    ['id', 'category', 'price', 'currency'],
  ),
  [`${kOfSnowplow}.ecommerce/transaction/jsonschema/1-0-0`]: object(
    {
      transaction_id: text(4096),
      revenue: amount(),
      currency,
      payment_method: text(128),
      total_quantity: count('integer'),
      tax: amount(orNull('number')),
      shipping: amount(orNull('number')),
      discount_code: text(99, orNull('string')),
      discount_amount: amount(orNull('number')),
      credit_order: { type: orNull('boolean') },
    },
    ['transaction_id', 'revenue', 'payment_method', 'currency', 'total_quantity'],
  ),
};

const { self, $schema, ...own } = JSON.parse(readFileSync(`${root}docs/snowplow-event.schema.json`, 'utf8'));
/** The address of Vitrine's own schema. */
export const kOwnSchema = `iglu:${self.vendor}/${self.name}/${self.format}/${self.version}`;

const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addKeyword({
  keyword: 'isCents',
  // Written in decimals, as a JSON parser of a pipeline reads it.
  validate: (_, value) => typeof value !== 'number' || /^\d+(\.\d\d?)?$/.test(String(value)),
});
ajv.addKeyword({
  keyword: 'isUuid',
  validate: (_, value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value),
});
const validators = Object.fromEntries(
  Object.entries({ ...schemas, [kOwnSchema]: own }).map(([name, schema]) => [name, ajv.compile(schema)]),
);

/**
 * Returns what is wrong with a self-describing value, and with those in it; [] if nothing is.
 * @returns {string[]}
 */
export const complaintsAbout = ({ schema, data }) => {
  const validate = validators[schema];
  if (!validate) return [`unknown schema ${schema}`];
  const complaints = validate(data) ? [] : [`${schema}: ${ajv.errorsText(validate.errors)}`];
  const inside = schema.includes('/payload_data/')
    ? data.flatMap(({ ue_pr, co }) => [ue_pr, co].filter(Boolean).map((json) => JSON.parse(json)))
    : schema.includes('/contexts/')
      ? data
      : schema.includes('/unstruct_event/')
        ? [data]
        : [];
  return [...complaints, ...inside.flatMap(complaintsAbout)];
};
