// A judge who never objects proves nothing: each is shown an outcome that is sound, and then ones that are not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Race } from '../../benchmarks/prove/race.ts'
import { articleAddedWhilePaying } from '../../benchmarks/prove/races/article-added-while-paying.ts'
import { cancelAgainstPay } from '../../benchmarks/prove/races/cancel-against-pay.ts'
import { lastUnits } from '../../benchmarks/prove/races/last-units.ts'
import { repeatedKeys } from '../../benchmarks/prove/races/repeated-keys.ts'
import { singleUseCoupon } from '../../benchmarks/prove/races/single-use-coupon.ts'
import { twoRefunds } from '../../benchmarks/prove/races/two-refunds.ts'
import { twoTabs } from '../../benchmarks/prove/races/two-tabs.ts'
import { webhookAgainstAnswer } from '../../benchmarks/prove/races/webhook-against-answer.ts'
import { webhookStorm } from '../../benchmarks/prove/races/webhook-storm.ts'
import { openRandom } from '../../benchmarks/prove/random.ts'
import { writeReport } from '../../benchmarks/prove/report.ts'

/** Sound as it is; unsound with any one of the others in its place. */
function objects<Outcome extends object>(
  { judge }: Race<Outcome>,
  sound: NoInfer<Outcome>,
  unsound: Partial<NoInfer<Outcome>>[],
) {
  assert.deepEqual(judge(sound), [])
  for (const fault of unsound) assert.notDeepEqual(judge({ ...sound, ...fault }), [], JSON.stringify(fault))
}

const money = {
  ...{ status: 'processing', paymentStatus: 'paid', totalMinor: 1680, paidMinor: 1680, givenBackMinor: 0 },
  ...{ payments: 1, paidEvents: 1 },
}

test('the judges object to what is sold, used or ordered too often, or lost', () => {
  objects(lastUnits, { answers: { 201: 3, 400: 5 }, stock: 3, buyers: 8, sold: 3, left: 0, lost: [] }, [
    { sold: 4 },
    { left: -1 },
    { lost: ['ORD-1'] },
    { answers: { 201: 2, 400: 5, 500: 1 } },
    { answers: { 201: 3, 400: 4, 0: 1 } },
  ])
  objects(singleUseCoupon, { answers: { 201: 1, 400: 7 }, buyers: 8, orders: 1, uses: 1 }, [
    { orders: 2 },
    { uses: 2 },
    { answers: { 201: 2, 400: 6 } },
  ])
  objects(twoTabs, { answers: { 201: 1, 400: 3 }, tabs: 4, orders: 1, left: 48 }, [
    { orders: 2 },
    { left: 46 },
    { answers: { 201: 2, 400: 2 } },
  ])
  const added = { answers: { 201: 5 }, confirmed: 4, tried: 4, ordered: 1, inCart: 3, orders: 1 }
  objects(articleAddedWhilePaying, added, [{ inCart: 2 }, { orders: 0 }, { orders: 2 }, { inCart: 9 }])
})

test('the judges object to money that is taken twice, kept, or given back too often', () => {
  const storm = { ...money, paymentStatus: 'partially_refunded', givenBackMinor: 500 }
  objects(webhookStorm, { answers: { 200: 30 }, money: storm, toldBackMinor: 500 }, [
    { money: { ...storm, givenBackMinor: 1000 } },
    { money: { ...storm, paidEvents: 2 } },
    { money: { ...storm, paymentStatus: 'failed' } },
    { answers: { 200: 29, 500: 1 } },
  ])
  objects(webhookAgainstAnswer, { answers: { 200: 3, 201: 8 }, money }, [
    { money: { ...money, paymentStatus: 'pending' } },
    { money: { ...money, payments: 2 } },
    { money: { ...money, paidEvents: 0 } },
  ])
  const cancelled = { ...money, status: 'cancelled', givenBackMinor: 1680 }
  objects(cancelAgainstPay, { answers: { 200: 6 }, money: cancelled, left: 10 }, [
    { money: { ...cancelled, givenBackMinor: 0 } },
    { money: { ...cancelled, status: 'processing' } },
    { left: 9 },
  ])
  const back = { ...money, givenBackMinor: 1680 }
  objects(twoRefunds, { answers: { 201: 2, 400: 8 }, money: back, partMinor: 840 }, [
    { answers: { 201: 3, 400: 7 } },
    { money: { ...back, givenBackMinor: 2520 } },
  ])
  objects(repeatedKeys, { deed: 'x', answers: { 201: 100 }, bodies: 1, effects: 1 }, [
    { bodies: 2 },
    { effects: 2 },
    { effects: 0 },
    { answers: { 201: 1, 400: 99 } },
  ])
})

test('a seed gives the same chances again; the report says how to see a violation again', () => {
  const chances = (seed: number) => {
    const random = openRandom(seed)
    return [random.between(1, 1000), random.between(1, 1000), random.shuffled([1, 2, 3, 4, 5])]
  }
  assert.deepEqual(chances(7), chances(7))
  assert.notDeepEqual(chances(7), chances(8))
  const report = {
    ...{ name: 'two-tabs', proves: 'Once.', isKilled: true, seeds: 50, requests: 400, kills: 50, slowestMs: 1200 },
    tookMs: 1,
  }
  const sound = writeReport([{ ...report, violations: [] }], { connections: 64 })
  assert.match(sound, /Nothing was sold twice/)
  const text = writeReport([{ ...report, violations: [{ seed: 3, complaints: ['orders: 2 instead of 1'] }] }], {
    connections: 64,
  })
  assert.match(text, /1 rounds went wrong/)
  assert.match(text, /npm run prove -- --only two-tabs --seed 3 --with-kills/)
})
