import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { priceOrder, taxContained } from '#commerce/orders'
import { percentOf, shareOut } from '#platform/money.ts'

const line = (quantity: number, unitPriceMinor: number, discountMinor = 0) => ({
  quantity,
  unitPriceMinor,
  discountMinor,
})

test('V1-301 tax is added on what is paid for the goods, rounded half up to the cent', () => {
  const terms = { shippingMinor: 500, taxPercent: 18, taxIncluded: false }
  const { lines, ...figures } = priceOrder([line(2, 5000, 700), line(1, 25, 3)], terms)
  assert.deepEqual(figures, {
    subtotalMinor: 10025,
    discountMinor: 703,
    taxMinor: 1678,
    taxPercent: '18',
    taxIncluded: false,
    shippingMinor: 500,
    totalMinor: 11500,
  })
  assert.deepEqual(
    lines.map(({ taxMinor }) => taxMinor),
    [1674, 4],
  )
})

test('SF-294 a price that holds the tax: the subtotal is the price through 1.18 rounded half up, the tax is the rest', () => {
  const terms = { shippingMinor: 4900, taxPercent: 18, taxIncluded: true }
  const { subtotalMinor, taxMinor, totalMinor } = priceOrder([line(2, 59999), line(1, 250000)], terms)
  assert.deepEqual([subtotalMinor, taxMinor, totalMinor], [313558, 56440, 374898])
  assert.equal(totalMinor, 2 * 59999 + 250000 + 4900)
})

test('the figures of any order add up, and its lines make them', () => {
  for (let round = 0; round < 2000; round += 1) {
    const lines = Array.from({ length: randomInt(1, 30) }, () => {
      const [quantity, unitPriceMinor] = [randomInt(1, 50), randomInt(0, 100_000)]
      return line(quantity, unitPriceMinor, randomInt(0, quantity * unitPriceMinor + 1))
    })
    const terms = {
      shippingMinor: randomInt(0, 5000),
      taxPercent: randomInt(0, 3000) / 100,
      taxIncluded: round % 2 === 0,
    }
    const order = priceOrder(lines, terms)
    const goods = lines.reduce((sum, each) => sum + each.quantity * each.unitPriceMinor, 0)
    const sum = (of: (each: (typeof order.lines)[number]) => number) =>
      order.lines.reduce((all, each) => all + of(each), 0)
    assert.equal(order.totalMinor, order.subtotalMinor - order.discountMinor + order.taxMinor + order.shippingMinor)
    assert.equal(order.subtotalMinor + (terms.taxIncluded ? order.taxMinor : 0), goods)
    assert.equal(
      sum(({ taxMinor }) => taxMinor),
      order.taxMinor,
    )
    assert.equal(
      sum(({ discountMinor }) => discountMinor),
      order.discountMinor,
    )
    assert.ok(order.lines.every(({ taxMinor }) => taxMinor >= 0))
    if (terms.taxIncluded) {
      const net = goods - order.discountMinor - order.taxMinor
      assert.ok(
        Math.abs(percentOf(net, terms.taxPercent) - order.taxMinor) <= 1,
        'the tax is that of the net, but for a cent',
      )
    }
  }
})

test('an amount that is shared out is all there, and nobody is a cent off', () => {
  for (let round = 0; round < 2000; round += 1) {
    const weights = Array.from({ length: randomInt(1, 20) }, () => randomInt(0, 1_000_000))
    const whole = weights.reduce((sum, weight) => sum + weight, 0)
    const amount = whole === 0 ? 0 : randomInt(0, 1_000_000_000)
    const parts = shareOut(amount, weights)
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      amount,
    )
    for (const [at, weight] of weights.entries())
      if (whole > 0) assert.ok(Math.abs(parts[at]! - (amount * weight) / whole) <= 1)
  }
  assert.throws(() => shareOut(1, [0, 0]), /among nothing/)
})

test('SF-328 18 % contained in 1.18 is 0.18', () => {
  assert.equal(taxContained(118, 18), 18)
  assert.equal(taxContained(0, 18), 0)
  assert.equal(taxContained(999, 0), 0)
})
