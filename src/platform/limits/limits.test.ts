import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { claimHit, findShutUntil, forgetHits, purgeLimits, releaseHits } from './index.ts'

const LIMIT = { hits: 3, windowMs: 60_000 }
const START = Date.UTC(2026, 10, 20, 12)
const at = (seconds: number) => new Date(START + seconds * 1000)
const refused = (retryAfterS: number, isShut = false) => ({ allowed: false, retryAfterS, isShut })

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
beforeEach(() => sql`truncate platform.limits`.execute(shop.db))
after(() => shop.close())

test('as many hits as the limit are allowed; the next one hears when to come again', async () => {
  for (const second of [0, 10, 20]) assert.equal((await claimHit(shop.db, 'ada', LIMIT, at(second))).allowed, true)
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(30)), refused(30))
  assert.deepEqual(await claimHit(shop.db, 'eve', LIMIT, at(30)), { allowed: true, counted: 1 })
})

test('the window slides: a hit is free again when the oldest one has left it, and a refused one does not count', async () => {
  for (const second of [0, 10, 20, 30, 40, 50]) await claimHit(shop.db, 'ada', LIMIT, at(second))
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(59.5)), refused(1))
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(60.5)), { allowed: true, counted: 3 })
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(61)), refused(9))
})

test('of many at once exactly as many as the limit are allowed', async () => {
  const claims = await Promise.all(Array.from({ length: 30 }, () => claimHit(shop.db, 'ada', LIMIT, at(0))))
  assert.equal(claims.filter(({ allowed }) => allowed).length, 3)
})

test('a hit counts though its transaction does not: it is refused inside one', async () => {
  const inside = inTransaction(shop.db, (tx) => claimHit(tx, 'ada', LIMIT, at(0)))
  await assert.rejects(inside, /not inside a transaction/)
})

test('forgotten hits count no more', async () => {
  for (const second of [0, 1, 2]) await claimHit(shop.db, 'ada', LIMIT, at(second))
  await inTransaction(shop.db, (tx) => forgetHits(tx, 'ada'))
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(3)), { allowed: true, counted: 1 })
})

test('only windows in which nothing counts are purged', async () => {
  await claimHit(shop.db, 'old', LIMIT, at(0))
  await claimHit(shop.db, 'new', LIMIT, at(50))
  await inTransaction(shop.db, (tx) => purgeLimits(tx, at(70)))
  const { rows } = await sql<{ key: string }>`select key from platform.limits`.execute(shop.db)
  assert.deepEqual(rows, [{ key: 'new' }])
})

const SHUTTING = { ...LIMIT, shuts: { hits: 3, forMs: 90_000 } }

test('the last allowed hit shuts the key for a time of its own; afterwards it is counted anew', async () => {
  for (const second of [0, 40, 50]) assert.equal((await claimHit(shop.db, 'ada', SHUTTING, at(second))).allowed, true)
  assert.deepEqual(
    await claimHit(shop.db, 'ada', SHUTTING, at(70)),
    refused(70, true),
    'the first hit has left the window',
  )
  assert.deepEqual(await findShutUntil(shop.db, 'ada', at(70)), at(140))
  assert.equal(await findShutUntil(shop.db, 'ada', at(140)), undefined)
  assert.deepEqual(await claimHit(shop.db, 'ada', SHUTTING, at(141)), { allowed: true, counted: 1 })
})

test('a shut key is shut for every limit, and open again when the hit that shut it is given back', async () => {
  const tighter = { hits: 2, windowMs: 60_000, shuts: SHUTTING.shuts }
  for (const second of [0, 1]) await claimHit(shop.db, 'ada', SHUTTING, at(second))
  assert.deepEqual(await claimHit(shop.db, 'ada', tighter, at(2)), refused(58))
  await claimHit(shop.db, 'ada', SHUTTING, at(3))
  assert.deepEqual(await claimHit(shop.db, 'ada', tighter, at(4)), refused(89, true))
  await releaseHits(shop.db, [{ key: 'ada', at: at(3) }])
  assert.deepEqual(await claimHit(shop.db, 'ada', SHUTTING, at(5)), { allowed: true, counted: 3 })
})
