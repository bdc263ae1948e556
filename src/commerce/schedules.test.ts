import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { insertAnswer } from '#platform/answers'
import { inTransaction } from '#platform/database'
import { claimHit } from '#platform/limits'
import { openTestShop, type TestShop } from '../../test/shop.ts'
import { schedules } from './schedules.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

async function countRows(table: 'answers' | 'limits'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(`platform.${table}`)}`.execute(shop.db)
  return rows[0]!.count
}

const runAll = async () => {
  for (const { work } of schedules(shop)) await work()
}

test('each schedule has a name of its own and runs on a shop where there is nothing to do', async () => {
  const names = schedules(shop).map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  await runAll()
})

test('answers are kept for a day, windows of limits until nothing counts in them', async () => {
  const answer = { scope: 'ada', key: '1', fingerprint: '', status: 200, body: '' }
  await inTransaction(shop.db, (tx) => insertAnswer(tx, answer, shop.now()))
  await claimHit(shop.db, 'ada', { hits: 1, windowMs: 60_000 }, shop.now())
  await runAll()
  assert.deepEqual([await countRows('answers'), await countRows('limits')], [1, 1])
  shop.pass(23 * 3_600_000)
  await runAll()
  assert.deepEqual([await countRows('answers'), await countRows('limits')], [1, 0])
  shop.pass(2 * 3_600_000)
  await runAll()
  assert.deepEqual([await countRows('answers'), await countRows('limits')], [0, 0])
})

test('V1-171 AUTO_CLEANUP_SESSIONS=false leaves the sessions alone', () => {
  const named = (app: TestShop) => schedules(app).some(({ name }) => name === 'clean-up-sessions')
  assert.equal(named(shop), true)
  assert.equal(named({ ...shop, config: { ...shop.config, AUTO_CLEANUP_SESSIONS: false } }), false)
})
