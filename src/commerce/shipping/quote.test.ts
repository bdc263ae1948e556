import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quotesFor, type ShippingMethod } from '#commerce/shipping'

const method = (changes: Partial<ShippingMethod>): ShippingMethod => ({
  id: 1,
  code: 'standard',
  name: 'Standard delivery',
  carrier: 'Souk Post',
  rateMinor: 500,
  currency: 'USD',
  freeAboveMinor: 10_000,
  daysMin: 3,
  daysMax: 5,
  zoneRates: [],
  ...changes,
})
const ratesOf = (methods: ShippingMethod[], subtotalMinor: number, currency = 'USD') =>
  quotesFor(methods, { subtotalMinor, currency, country: 'US' }).map(({ code, rateMinor }) => [code, rateMinor])

test('V1-286 shipping is free from the threshold of the method on', () => {
  const methods = [method({}), method({ code: 'express', rateMinor: 1500, freeAboveMinor: null })]
  for (const [subtotalMinor, standard] of [
    [0, 500],
    [9_999, 500],
    [10_000, 0],
    [1_000_000, 0],
  ] as const) {
    const rates = ratesOf(methods, subtotalMinor)
    assert.deepEqual(rates, [
      ['standard', standard],
      ['express', 1500],
    ])
  }
  assert.deepEqual(ratesOf([method({ freeAboveMinor: 0 })], 0), [['standard', 0]])
})

test('V1-286 methods of another currency are not offered', () => {
  assert.deepEqual(ratesOf([method({}), method({ code: 'desi', currency: 'INR' })], 100, 'INR'), [['desi', 500]])
})
