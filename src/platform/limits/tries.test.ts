import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction } from '#platform/database'
import { claimHit, claimTry, purgeLimits, releaseHits, settleHits } from '#platform/limits'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { claimHits } from './queries.ts'

const LIMIT = { hits: 3, windowMs: 60_000 }
/** Where fewer are let in than the limit says, they would wait for each other for ever. */
const MET_WITHIN_MS = 30_000

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const claim = async (key: string) => (await claimHit(shop.db, key, LIMIT, shop.now())).allowed

/**
 * Many tries at once, each of which turns out well or not; says how many were let through. None is decided before as many
 * as the limit are under way, however slow the database is.
 */
async function tryAtOnce(key: string, count: number, succeeds: boolean): Promise<{ allowed: number; atOnce: number }> {
  let [allowed, running, atOnce] = [0, 0, 0]
  const full = Promise.withResolvers<void>()
  const tryOnce = async () => {
    const tried = await claimTry(shop.db, [{ key, limit: LIMIT }], shop.now)
    if (!tried.allowed) return
    allowed += 1
    running += 1
    atOnce = Math.max(atOnce, running)
    if (running === LIMIT.hits) full.resolve()
    await full.promise
    // Time in which one too many would be seen.
    await sleep(5)
    running -= 1
    if (succeeds) await releaseHits(shop.db, tried.hits)
    tried.decided()
  }
  await Promise.all(Array.from({ length: count }, tryOnce))
  return { allowed, atOnce }
}

test('of many failing tries at once as many as the limit are let through, and the rest is refused', {
  timeout: MET_WITHIN_MS,
}, async () => {
  assert.deepEqual(await tryAtOnce('failing', 40, false), { allowed: 3, atOnce: 3 })
  const refused = await claimTry(shop.db, [{ key: 'failing', limit: LIMIT }], shop.now)
  assert.ok(!refused.allowed && refused.retryAfterS > 55 && refused.retryAfterS <= 60)
})

test('of many succeeding tries at once all are let through, never more at a time than the limit', {
  timeout: MET_WITHIN_MS,
}, async () => {
  assert.deepEqual(await tryAtOnce('succeeding', 40, true), { allowed: 40, atOnce: 3 })
  assert.deepEqual(
    [await claim('succeeding'), await claim('succeeding'), await claim('succeeding')],
    [true, true, true],
  )
  assert.equal(await claim('succeeding'), false)
})

test('a hit is given back once, and that of the same moment stays', async () => {
  const at = shop.now()
  for (let n = 0; n < 3; n += 1) await claimHit(shop.db, 'same', LIMIT, at)
  await releaseHits(shop.db, [{ key: 'same', at }])
  assert.deepEqual([await claim('same'), await claim('same')], [true, false])
  await releaseHits(shop.db, [{ key: 'same', at: new Date(0) }])
  assert.equal(await claim('same'), false, 'what was never counted is not given back')
})

test('a try that turned out well gives its hit back and clears the other key', async () => {
  for (let n = 0; n < 3; n += 1) await claim('account')
  const tried = await claimTry(shop.db, [{ key: 'address', limit: LIMIT }], shop.now)
  assert.ok(tried.allowed)
  await inTransaction(shop.db, (tx) => settleHits(tx, tried.hits, 'account'))
  tried.decided()
  assert.equal(await claim('account'), true)
  assert.deepEqual([await claim('address'), await claim('address'), await claim('address')], [true, true, true])
})

test('a try is refused by any of its keys, and then counts against none', async () => {
  const asks = [
    { key: 'tight', limit: { hits: 1, windowMs: 60_000 } },
    { key: 'wide', limit: LIMIT },
  ]
  const first = await claimTry(shop.db, asks, shop.now)
  assert.ok(first.allowed)
  first.decided()
  assert.equal((await claimTry(shop.db, asks, shop.now)).allowed, false)
  assert.deepEqual([await claim('wide'), await claim('wide'), await claim('wide')], [true, true, false])
})

test('V1-075 tries that are counted, settled and purged by many processes at once never wait for each other in a circle', {
  timeout: MET_WITHIN_MS,
}, async () => {
  const wide = { hits: 10_000, windowMs: 60_000 }
  const signInOnce = async (account: string, address: string) => {
    const at = shop.now()
    await claimHits(
      shop.db,
      [account, address].map((key) => ({ key, limit: wide })),
      at,
    )
    await inTransaction(shop.db, (tx) =>
      settleHits(
        tx,
        [account, address].map((key) => ({ key, at })),
        account,
      ),
    )
    await inTransaction(shop.db, (tx) => purgeLimits(tx, new Date(at.getTime() + 120_000)))
  }
  for (let round = 0; round < 60; round += 1)
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        n % 2 ? signInOnce('circle-a', 'circle-b') : signInOnce('circle-b', 'circle-a'),
      ),
    )
})
