import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, inTransaction, openDatabase } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { type ChangeFeed, EVERYTHING, type Heard, listenToChanges, noteChange, openChangeFeed } from './index.ts'

let shop: TestShop
const feeds: ChangeFeed[] = []
const said: string[] = []
before(async () => {
  shop = await openTestShop()
})
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.close()
})
after(() => shop.close())

async function feedOf(hears: boolean, db: Db = shop.db): Promise<{ feed: ChangeFeed; heard: Heard[] }> {
  const keep = (_fields: object, message = '') => void said.push(message)
  const log = { ...shop.log, warn: keep, info: keep }
  const feed = await openChangeFeed({ db, url: shop.databaseUrl, redisUrl: undefined, hears, log })
  const heard: Heard[] = []
  feed.hear((each) => void heard.push(each))
  feeds.push(feed)
  return { feed, heard }
}
const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await sleep(25)
  assert.ok(isSo())
}

test('what a transaction changes is told once, after the commit and before it returns; of a rollback nothing', async (t) => {
  const db = openDatabase({ url: shop.databaseUrl, poolSize: 2 })
  t.after(() => db.destroy())
  const { feed, heard } = await feedOf(true)
  listenToChanges(db, feed.tell)
  await inTransaction(db, async (tx) => {
    noteChange(tx, 'products', 'product:1')
    noteChange(tx, 'product:2', 'products')
    assert.deepEqual(heard, [])
  })
  assert.deepEqual(heard, [new Set(['products', 'product:1', 'product:2'])])
  const failing = inTransaction(db, async (tx) => {
    noteChange(tx, 'brands')
    throw new Error('no')
  })
  await assert.rejects(failing)
  await inTransaction(db, async () => {})
  assert.equal(heard.length, 1)
})

test('who listens can be heard to the end at once; who only writes keeps no copies', async () => {
  const [server, worker] = [await feedOf(true), await feedOf(false)]
  assert.deepEqual([server.feed.hasHeardAll(), worker.feed.hasHeardAll()], [true, false])
})

test('NX-142 what another process changes is heard, however much it is', async () => {
  const [server, worker] = [await feedOf(true), await feedOf(false)]
  await worker.feed.tell(new Set(['categories']))
  await until(() => server.heard.length === 1)
  assert.deepEqual(server.heard, [new Set(['categories'])])
  const many = Array.from({ length: 900 }, (_, n) => `product:${10_000_000_000 + n}`)
  await worker.feed.tell(new Set(many))
  await until(() => server.heard.length === 10)
  assert.deepEqual(
    server.heard.slice(1).flatMap((each) => [...each]),
    many,
  )
  await worker.feed.tell(new Set(Array.from({ length: 1001 }, (_, n) => `product:${n}`)))
  await until(() => server.heard.length === 11)
  assert.equal(server.heard[10], EVERYTHING)
})

test('a connection that breaks is noticed, made anew, and then everything may have changed', async () => {
  const { feed, heard } = await feedOf(true)
  said.length = 0
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'select pg_notify(%' and pid <> pg_backend_pid()`.execute(shop.db)
  // It may be back before anybody has looked: what was said of it tells that it was gone.
  await until(() => said.includes('changes of other processes are heard again') && feed.hasHeardAll() === true)
  assert.ok(said.some((message) => message.startsWith('changes of other processes are not heard')))
  assert.deepEqual(heard, [EVERYTHING])
})

test('where the database cannot be told, the deed is done all the same', async () => {
  const db = openDatabase({ url: shop.databaseUrl.replace(/\/[^/]*$/, '/souk_test_none'), poolSize: 1 })
  const { feed } = await feedOf(false, db)
  said.length = 0
  await feed.tell(new Set(['products']))
  assert.deepEqual(said, ['a change could not be told to other processes'])
  await db.destroy()
})
