import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { claimHit, forgetHits, purgeLimits } from './index.ts'

const LIMIT = { hits: 3, windowMs: 60_000 }
const START = Date.UTC(2026, 10, 20, 12)
const at = (seconds: number) => new Date(START + seconds * 1000)

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
beforeEach(() => sql`truncate platform.limits`.execute(shop.db))
after(() => shop.close())

test('as many hits as the limit are allowed; the next one hears when to come again', async () => {
  for (const second of [0, 10, 20])
    assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(second)), { allowed: true })
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(30)), { allowed: false, retryAfterS: 30 })
  assert.deepEqual(await claimHit(shop.db, 'eve', LIMIT, at(30)), { allowed: true })
})

test('the window slides: a hit is free again when the oldest one has left it, and a refused one does not count', async () => {
  for (const second of [0, 10, 20, 30, 40, 50]) await claimHit(shop.db, 'ada', LIMIT, at(second))
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(59.5)), { allowed: false, retryAfterS: 1 })
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(60.5)), { allowed: true })
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(61)), { allowed: false, retryAfterS: 9 })
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
  assert.deepEqual(await claimHit(shop.db, 'ada', LIMIT, at(3)), { allowed: true })
})

test('only windows in which nothing counts are purged', async () => {
  await claimHit(shop.db, 'old', LIMIT, at(0))
  await claimHit(shop.db, 'new', LIMIT, at(50))
  await inTransaction(shop.db, (tx) => purgeLimits(tx, at(70)))
  const { rows } = await sql<{ key: string }>`select key from platform.limits`.execute(shop.db)
  assert.deepEqual(rows, [{ key: 'new' }])
})
