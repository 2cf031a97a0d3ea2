import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTab } from './doubles/tab.mjs';

const { moneyFormat, numberFormat } = openTab().modules();

test('the signs around a price are those of the locale', () => {
  const latin = { numerals: '9876543210', grouping: 334 };
  assert.deepEqual(
    { ...moneyFormat('USD', 'en-US') },
    { currency: 'USD', prefix: '$', suffix: '', decimal: '.', group: ',', digits: 2, ...latin },
  );
  assert.deepEqual(
    { ...moneyFormat('EUR', 'de-DE') },
    { currency: 'EUR', prefix: '', suffix: '\u00a0€', decimal: ',', group: '.', digits: 2, ...latin },
  );
  const yen = moneyFormat('JPY', 'ja-JP');
  assert.deepEqual([yen.digits, yen.decimal], [0, undefined]);
  assert.equal(moneyFormat('KWD', 'en').digits, 3);
});

test('groups and digits are those of the locale', () => {
  assert.equal(moneyFormat('INR', 'en-IN').grouping, 324);
  assert.equal(moneyFormat('EUR', 'es').grouping, 335);
  assert.equal(moneyFormat('EGP', 'ar-EG').numerals, '٩٨٧٦٥٤٣٢١٠');
  assert.equal([...numberFormat('ff-Adlm').numerals].length, 10);
  assert.equal(numberFormat('de').decimal, ',');
  assert.equal(numberFormat('de').currency, undefined);
});

test('a currency is read in small letters, and a locale with underscores', () => {
  assert.deepEqual(moneyFormat(' eur ', 'de_DE'), moneyFormat('EUR', 'de-DE'));
});

test('a locale that Intl does not know leaves the currency', () => {
  assert.deepEqual({ ...moneyFormat('EUR', 'no such locale') }, { currency: 'EUR' });
  assert.equal(numberFormat('no such locale'), undefined);
  assert.ok(moneyFormat('EUR', ''));
});

test('without a currency, or with a text that is none, there is no format', () => {
  for (const none of [undefined, '', 'not a currency', '€', 'EURO'])
    assert.equal(moneyFormat(none, 'de'), undefined, none);
});
