// What a carrier is told a parcel is worth: the parcels of an order are worth what it costs, however it is packed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { priceOrder } from '#commerce/orders'
import { goodsOf } from './goods-of.ts'

type Order = Parameters<typeof goodsOf>[0]
type Parcel = Parameters<typeof goodsOf>[1][number]

/** Numbers that come again with the same seed. */
function dice(seed: number) {
  let state = seed
  return (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * (limit + 1))
  }
}

function orderOf(roll: (limit: number) => number): Order {
  const lines = Array.from({ length: 1 + roll(4) }, (_, at) => {
    const [quantity, unitPriceMinor] = [1 + roll(6), roll(9999)]
    const discountMinor = roll(quantity * unitPriceMinor)
    const snapshot = { weightGrams: roll(1) === 0 ? null : 100 }
    return { id: at + 1, name: `Line ${at}`, sku: `S-${at}`, quantity, unitPriceMinor, discountMinor, snapshot }
  })
  const terms = { shippingMinor: roll(2000), taxPercent: 18, taxIncluded: roll(1) === 0 }
  const priced = priceOrder(lines, terms)
  const shippingAddress = { full_name: '', phone: null, address_line1: '', address_line2: '', city: '' }
  return {
    ...priced,
    lines: priced.lines.map((line) => ({ ...line, lineTotalMinor: line.quantity * line.unitPriceMinor })),
    shippingAddress: { ...shippingAddress, state: '', postal_code: '', country: 'IN' },
    paymentMethod: 'cod',
    paymentStatus: 'pending',
    number: 'ORD-ABCDEFGH',
    currency: 'INR',
  } as unknown as Order
}

/** Unit by unit into one of three parcels. */
function packed(order: Order, roll: (limit: number) => number): Parcel[] {
  const parcels = [1, 2, 3].map((id) => ({ id, lines: [] as { lineId: number; quantity: number }[] }))
  for (const { id: lineId, quantity } of order.lines) {
    for (let unit = 0; unit < quantity; unit += 1) {
      const { lines } = parcels[roll(2)]!
      const known = lines.find((line) => line.lineId === lineId)
      if (known) known.quantity += 1
      else lines.push({ lineId, quantity: 1 })
    }
  }
  return parcels as Parcel[]
}

test('V1-288 what is collected at the doors is what the order costs, to the minor unit', () => {
  for (let seed = 1; seed <= 1000; seed += 1) {
    const roll = dice(seed)
    const order = orderOf(roll)
    const parcels = packed(order, roll)
    const told = parcels.map((parcel) => goodsOf(order, parcels, parcel))
    const collected = told.reduce((sum, { collectMinor }) => sum + collectMinor, 0)
    assert.equal(collected, order.totalMinor, `seed ${seed}`)
    assert.ok(
      told.every(({ collectMinor }) => collectMinor >= 0),
      `seed ${seed}`,
    )
  }
})

test('V1-288 who has paid is asked for nothing', () => {
  const order = { ...orderOf(dice(3)), paymentStatus: 'paid' as const }
  const parcels = packed(order, dice(4))
  assert.ok(parcels.every((parcel) => goodsOf(order, parcels, parcel).collectMinor === 0))
})
