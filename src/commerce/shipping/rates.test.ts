// What holds of every rate, tried with many that nobody chose; a failure names its seed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Parcel, quotesFor, type ShippingMethod, type ZoneRate } from '#commerce/shipping'

/** Numbers that come again with the same seed. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const upTo = (limit: number) => Math.floor(next() * (limit + 1))
  return { upTo, one: <Value>(values: Value[]): Value => values[upTo(values.length - 1)]! }
}
type Dice = ReturnType<typeof dice>

const zone = (roll: Dice): ZoneRate => ({
  countries: roll.one([[], ['IN'], ['GB', 'FR']]),
  postalPrefixes: roll.one([[], ['56'], ['SW', '1']]),
  baseMinor: roll.upTo(20_000),
  includedGrams: roll.one([0, 500, 1000, 2500]),
  perKgMinor: roll.upTo(5000),
  volumetricDivisor: roll.one([1, 4000, 5000, 6000]),
})
const method = (roll: Dice, more: Partial<ShippingMethod> = {}): ShippingMethod => ({
  id: 1,
  code: 'standard',
  name: 'Standard delivery',
  carrier: 'Souk Post',
  rateMinor: roll.upTo(20_000),
  currency: 'INR',
  freeAboveMinor: roll.one([null, null, 50_000]),
  daysMin: 1,
  daysMax: 2,
  zoneRates: Array.from({ length: roll.upTo(3) }, () => zone(roll)),
  ...more,
})
const parcel = (roll: Dice): Parcel => ({
  subtotalMinor: roll.upTo(100_000),
  currency: 'INR',
  country: roll.one(['IN', 'India', 'gb', 'Nowhere']),
  postalCode: roll.one(['560001', '560 001', 'sw1y 4jh', '']),
  grams: roll.upTo(30_000),
  volumeCm3: roll.upTo(100_000),
})
const rateOf = (each: ShippingMethod, wanted: Parcel) => quotesFor([each], wanted)[0]!.rateMinor

test('SF-343 V1-286 to one place a heavier or larger parcel never costs less, and every rate is a whole amount', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const roll = dice(seed)
    const [each, light] = [method(roll), parcel(roll)]
    const heavy = { ...light, grams: light.grams! + roll.upTo(5000), volumeCm3: light.volumeCm3! + roll.upTo(5000) }
    const [less, more] = [rateOf(each, light), rateOf(each, heavy)]
    assert.ok(Number.isSafeInteger(less) && less >= 0, `seed ${seed}`)
    assert.ok(more >= less, `seed ${seed}: ${less} for the lighter, ${more} for the heavier`)
  }
})

test('V1-286 the rate of the first zone that holds the place counts; without one the flat rate', () => {
  const roll = dice(1)
  const rate = { baseMinor: 4000, includedGrams: 500, perKgMinor: 1000, volumetricDivisor: 5000 }
  const zones = [
    { ...rate, countries: ['IN'], postalPrefixes: ['56', '57'] },
    { ...rate, countries: ['IN'], postalPrefixes: [], baseMinor: 6000 },
  ]
  const each = method(roll, { rateMinor: 9000, freeAboveMinor: null, zoneRates: zones })
  const to = (country: string, postalCode: string, grams: number, volumeCm3 = 0) =>
    rateOf(each, { subtotalMinor: 0, currency: 'INR', country, postalCode, grams, volumeCm3 })
  for (const [got, expected] of [
    [to('India', '560 001', 500), 4000],
    [to('IN', '560001', 501), 5000],
    [to('in', '570001', 1500), 5000],
    [to('IN', '570001', 1501), 6000],
    [to('India', '110001', 100), 6000],
    [to('Sri Lanka', '560001', 100), 9000],
    // Ten litres count as two kilograms.
    [to('IN', '560001', 100, 10_000), 6000],
  ])
    assert.equal(got, expected)
})

test('V1-286 free from the threshold on, whatever it weighs', () => {
  const roll = dice(7)
  const each = method(roll, { freeAboveMinor: 1000 })
  assert.equal(rateOf(each, { ...parcel(roll), subtotalMinor: 1000, grams: 50_000 }), 0)
})
