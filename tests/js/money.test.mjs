import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTab } from './doubles/tab.mjs';

const { moneyFormat } = openTab().modules();

test('the signs around a price are those of the locale', () => {
  assert.deepEqual(
    { ...moneyFormat('USD', 'en-US') },
    { currency: 'USD', prefix: '$', suffix: '', decimal: '.', group: ',', digits: 2 },
  );
  assert.deepEqual(
    { ...moneyFormat('EUR', 'de-DE') },
    { currency: 'EUR', prefix: '', suffix: '\u00a0€', decimal: ',', group: '.', digits: 2 },
  );
  const yen = moneyFormat('JPY', 'ja-JP');
  assert.deepEqual([yen.digits, yen.decimal], [0, undefined]);
  assert.equal(moneyFormat('KWD', 'en').digits, 3);
});

test('Arabic and Persian prices are written in Latin digits, as the core writes them', () => {
  assert.doesNotMatch(JSON.stringify(moneyFormat('EGP', 'ar-EG')), /[٠-٩]/);
});

test('without a currency, or with one that Intl does not know, there is no format', () => {
  assert.equal(moneyFormat(undefined, 'de'), undefined);
  assert.equal(moneyFormat('', 'de'), undefined);
  assert.equal(moneyFormat('not a currency', 'de'), undefined);
  assert.equal(moneyFormat('EUR', 'no_such locale'), undefined);
  assert.ok(moneyFormat('EUR', ''));
});
