import assert from 'node:assert/strict'
import { test } from 'node:test'
import { followPrice, nextPricing, type Pricing, shownPrice } from './prices.ts'

const variant = (priceMinor: number, more: object = {}) => ({
  priceMinor,
  compareAtMinor: null,
  isActive: true,
  isImplicit: false,
  ...more,
})
const pricing = (priceMinor: number, more: Partial<Pricing> = {}): Pricing => ({
  priceMinor,
  compareAtMinor: null,
  discountBasisPoints: null,
  ...more,
})
const refusing = (fields: object) => ({ code: 'invalid_fields', details: { fields } })

test('a product shows the cheapest active variant with its own former price', () => {
  const [dear, cheap] = [variant(900, { compareAtMinor: 1000 }), variant(700)]
  const hidden = variant(1, { isActive: false })
  assert.deepEqual(shownPrice([dear, cheap, hidden]), { priceMinor: 700, compareAtMinor: null })
  assert.deepEqual(shownPrice([dear]), { priceMinor: 900, compareAtMinor: 1000 })
  assert.deepEqual(shownPrice([hidden]), { priceMinor: 1, compareAtMinor: null })
})

test('MP-092 the price of the product itself stands, however cheap a variant is', () => {
  const implicit = variant(1000, { isImplicit: true, isActive: false })
  assert.equal(shownPrice([implicit, variant(700)]).priceMinor, 1000)
})

test('MP-067 a percentage is taken off the list price, and stays when the list price changes', () => {
  const reduced = nextPricing(pricing(9999), { discount: { basisPoints: 1500 } })
  assert.deepEqual(reduced, { priceMinor: 8499, compareAtMinor: 9999, discountBasisPoints: 1500 })
  assert.deepEqual(nextPricing(reduced, { listMinor: 20_000 }), {
    priceMinor: 17_000,
    compareAtMinor: 20_000,
    discountBasisPoints: 1500,
  })
  assert.deepEqual(nextPricing(reduced, { discount: null }), pricing(9999))
  assert.deepEqual(nextPricing(reduced, { discount: { basisPoints: 0 } }), pricing(9999))
})

test('NX-115 a reduced price is below the list price', () => {
  assert.deepEqual(
    nextPricing(pricing(1000), { discount: { priceMinor: 800 } }),
    pricing(800, { compareAtMinor: 1000 }),
  )
  for (const priceMinor of [1000, 1200])
    assert.throws(
      () => nextPricing(pricing(1000), { discount: { priceMinor } }),
      refusing({ discount_price: 'not_below_price' }),
    )
})

test('V1-201 a former price is above what is asked, whichever of the two changes', () => {
  const reduced = pricing(800, { compareAtMinor: 1000 })
  assert.deepEqual(nextPricing(reduced, { askedMinor: 700 }), pricing(700, { compareAtMinor: 1000 }))
  assert.deepEqual(nextPricing(reduced, { compareAtMinor: null }), pricing(800))
  for (const change of [{ askedMinor: 1000 }, { compareAtMinor: 800 }])
    assert.throws(() => nextPricing(reduced, change), refusing({ compare_at_price: 'not_above_price' }))
})

test('MP-090 a variant stays as far from the list price as it was, and is reduced like its product', () => {
  const [list, reduced] = [pricing(1000), pricing(900, { compareAtMinor: 1000, discountBasisPoints: 1000 })]
  assert.deepEqual(followPrice(pricing(1200), list, reduced), { priceMinor: 1080, compareAtMinor: 1200 })
  assert.deepEqual(followPrice({ priceMinor: 1080, compareAtMinor: 1200 }, reduced, list), {
    priceMinor: 1200,
    compareAtMinor: null,
  })
  assert.deepEqual(followPrice(pricing(800), list, pricing(1500)), { priceMinor: 1300, compareAtMinor: null })
  const ownReduction = { priceMinor: 1100, compareAtMinor: 1200 }
  assert.deepEqual(followPrice(ownReduction, list, pricing(1500)), { priceMinor: 1600, compareAtMinor: 1700 })
  assert.throws(() => followPrice(pricing(100), list, pricing(800)), refusing({ price: 'variant_below_zero' }))
})
