import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import {
  forgetSearches,
  keepSearches,
  keepSearchInStep,
  listQueries,
  listSearchesOf,
  openSearchLog,
} from '#commerce/browse'
import { countingStatements, inTransaction } from '#platform/database'
import { signedUp } from '../../../../test/accounts.ts'
import { stockedProduct } from '../../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const searched = (query: string, accountId: number | null = null, results = 1) => ({
  query,
  accountId,
  sessionId: null,
  results,
  kind: 'product' as const,
  filters: {},
  searchedAt: shop.now(),
})
const all = { limit: 100, offset: 0 }
const queryOf = async (search: string) => (await listQueries(shop.db, { search }, all)).rows[0]

test('MP-087 searches are written together, by several nodes at once, and are nobody’s statements', async () => {
  const { accountId } = await signedUp({ shop })
  const logs = [openSearchLog(shop), openSearchLog(shop)]
  for (const log of logs)
    for (const query of ['Red lamp', 'red  LAMP', 'blue lamp', '%']) log.note(searched(query, accountId))
  const counter = { statements: 0 }
  await countingStatements(counter, () => Promise.all(logs.map((log) => log.close())))
  assert.equal(counter.statements, 0)
  const { lastAt: _, ...red } = (await queryOf('red'))!
  assert.deepEqual(
    { ...red, query: red.query.toLowerCase().replace('  ', ' ') },
    { query: 'red lamp', times: 4, users: 1, results: 1 },
  )
  assert.equal((await listSearchesOf(shop.db, accountId)).length, 8)
})

test('MP-087 what could not be written is kept for the next time', async () => {
  const log = openSearchLog({ db: shop.db, log: { ...shop.log, warn: () => {} } })
  log.note(searched('kept'))
  await sql`alter table browse.searches rename to away`.execute(shop.db)
  await log.flush()
  await sql`alter table browse.away rename to searches`.execute(shop.db)
  await log.close()
  assert.equal((await queryOf('kept'))?.times, 1)
})

test('V1-151 the searches of an account are forgotten with it, and what only it asked for', async () => {
  const [one, other] = [await signedUp({ shop }), await signedUp({ shop })]
  const log = openSearchLog(shop)
  log.note(searched('my own name', one.accountId))
  log.note(searched('shared thing', one.accountId))
  log.note(searched('shared thing', other.accountId))
  await log.close()
  await inTransaction(shop.db, (tx) => forgetSearches(tx, one.accountId))
  assert.deepEqual(await listSearchesOf(shop.db, one.accountId), [])
  assert.equal(await queryOf('own name'), undefined)
  assert.equal((await queryOf('shared'))?.users, 1)
  await sql`update identity.accounts set closed_at = now() where id = ${other.accountId}`.execute(shop.db)
  const late = openSearchLog(shop)
  late.note(searched('late one', other.accountId))
  await late.close()
  const { rows } = await sql`select account_id from browse.searches where query = 'late one'`.execute(shop.db)
  assert.deepEqual(rows, [{ accountId: null }])
})

test('MP-087 SF-520 searches lie by month, and are kept for a time', async () => {
  const log = openSearchLog(shop)
  log.note({ ...searched('ancient'), searchedAt: new Date(0) })
  await log.close()
  await keepSearches(shop)
  assert.equal(await queryOf('ancient'), undefined)
  assert.ok(await queryOf('kept'))
  const { rows: parts } = await sql<{ name: string }>`
    select relid::regclass::text as name from pg_partition_tree('browse.searches') where isleaf`.execute(shop.db)
  assert.equal(parts.filter(({ name }) => /_\d{4}_\d\d$/.test(name)).length, 3, 'this month and two to come')
  const { rows: left } = await sql<{ query: string }>`select query from browse.searches_other`.execute(shop.db)
  assert.deepEqual(left, [], 'what came before moved, or is gone')
})

test('V1-443 the sweep takes words that no product has any more, and brings those that are missing', async () => {
  const product = await stockedProduct({ shop }, { name: 'Xylophone marimba' })
  await sql`delete from browse.terms where term = 'marimba'`.execute(shop.db)
  await sql`insert into browse.terms values ('nowhere', 'nowher')`.execute(shop.db)
  await keepSearchInStep(shop)
  const terms = async () =>
    (
      await sql<{
        term: string
      }>`select term from browse.terms where term in ('marimba', 'nowhere', 'xylophone') order by 1`.execute(shop.db)
    ).rows.map(({ term }) => term)
  assert.deepEqual(await terms(), ['marimba', 'xylophone'])
  await sql`update catalog.products set name = 'Plain thing' where id = ${product.id}`.execute(shop.db)
  await keepSearchInStep(shop)
  assert.deepEqual(await terms(), [])
})
