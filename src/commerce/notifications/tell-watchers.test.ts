// Many who wait, several workers, one that is killed: everybody is told, and nobody twice.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { receiveStock } from '#commerce/inventory'
import { startWatch } from '#commerce/watches'
import { inTransaction, openDatabase } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { eventually } from '../../../test/eventually.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { tellWatchers } from './index.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

async function waiting(count: number) {
  const product = await stockedProduct(server, { stock: 0 })
  const wanted = { handle: { id: product.id, slug: '' }, variantId: null, kind: 'back_in_stock' } as const
  const ids: number[] = []
  for (let made = 0; made < count; made += 1) {
    const { accountId } = await signedUp(server)
    ids.push((await startWatch(server.shop, accountId, wanted)).id)
  }
  return { product, ids }
}
const restock = ({ id, variantId, sku }: StockedProduct, quantity: number) =>
  inTransaction(server.shop.db, (tx) =>
    receiveStock(tx, [{ productId: id, variantId, sku, quantity }], {}, server.shop.now()),
  )

/** Letters and notices of a product: how many, and to how many. */
async function toldOf({ name, id }: StockedProduct) {
  const { rows } = await sql<{ letters: number; people: number; notices: number; readers: number }>`
    select count(*)::int as letters, count(distinct recipient)::int as people,
      (select count(*)::int from notifications.notices where (data ->> 'product_id')::bigint = ${id}) as notices,
      (select count(distinct account_id)::int from notifications.notices where (data ->> 'product_id')::bigint = ${id}) as readers
    from platform.letters where subject = ${`Back in stock: ${name}`}`.execute(server.shop.db)
  return Object.values(rows[0]!)
}

test('V1-373 of two restocks and four workers at once one letter comes', async () => {
  const { product } = await waiting(3)
  await Promise.all([restock(product, 1), restock(product, 2)])
  await Promise.all(Array.from({ length: 4 }, () => tellWatchers(server.shop)))
  assert.deepEqual(await toldOf(product), [3, 3, 3, 3])
})

test('V1-373 a worker that is killed in the middle leaves the rest to the next one, which tells nobody twice', async () => {
  const { shop } = server
  const { product, ids } = await waiting(230)
  await restock(product, 1)
  // Somebody writes the letter of one of the last: the worker waits for him.
  const other = openDatabase({ url: shop.databaseUrl, poolSize: 1 })
  let letGo: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const blocker = inTransaction(other, async (tx) => {
    await sql`insert into platform.letters (key, recipient, subject, status) values (${`back_in_stock-${ids.at(-10)}`}, '', '', 'sent')`.execute(
      tx,
    )
    await held
    throw new Error('never mind')
  })
  const killed = tellWatchers(shop)
  const pid = await eventually(async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(shop.db)
    return rows[0]?.pid
  })
  await sql`select pg_terminate_backend(${pid!}::int)`.execute(shop.db)
  await assert.rejects(killed)
  letGo()
  await assert.rejects(blocker, /never mind/)
  await other.destroy()
  assert.deepEqual(await toldOf(product), [200, 200, 200, 200])
  await tellWatchers(shop)
  assert.deepEqual(await toldOf(product), [230, 230, 230, 230])
})
