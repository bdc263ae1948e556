/** Somebody who has used the shop: for tests of what is kept of a person. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { addAddress } from '#commerce/customers'
import { addReview } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { type Overrides, type SignedUp, signedUp } from './accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from './goods.ts'
import type { TestServer } from './server.ts'

export const STREET = ADDRESS.address_line1
/** What is left of an address. */
export const NOBODY = {
  ...{ full_name: '', phone: null, address_line1: '', address_line2: '', city: '', state: '', postal_code: '' },
  country: ADDRESS.country,
}

/** Signed in, with an address, a review and a failed sign-in. */
export async function regular(server: TestServer, overrides: Overrides = {}): Promise<SignedUp> {
  const { shop } = server
  const user = await signedUp(server, { lastName: 'Lovelace', ...overrides })
  await addAddress(shop, user.accountId, {
    ...{ fullName: 'Ada Lovelace', addressLine1: STREET, city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
  })
  const { productId } = await stockedArticle(shop)
  await inTransaction(shop.db, (tx) =>
    addReview(tx, {
      ...{ productId, accountId: user.accountId, rating: 5, comment: 'It rings true.' },
      ...{ status: 'approved', createdAt: shop.now() },
    }),
  )
  await server.call('POST', '/api/v1/auth/login/', { body: { email: user.email, password: 'not the password' } })
  await shop.runJobs()
  return user
}

/** Orders something, to be paid on delivery. Returns the number of the order. */
export async function ordered(server: TestServer, { accountId, access: token }: SignedUp): Promise<string> {
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const body = { shipping_address: ADDRESS, payment_method: 'cod', notes: `For ${STREET}` }
  const { status, body: order } = await server.call('POST', '/api/v1/orders/', { token, body })
  assert.equal(status, 201)
  await server.shop.runJobs()
  return order.order_number
}

/** Sends an order of this number on its way, and to its end. */
export async function deliver(server: TestServer, staff: SignedUp, number: string): Promise<void> {
  for (const status of ['shipped', 'delivered']) {
    const call = { token: staff.access, body: { status } }
    assert.equal((await server.call('POST', `/api/v1/orders/${number}/status/`, call)).status, 200)
  }
  await server.shop.runJobs()
}

/**
 * Where in the whole database one of these words still stands. Counted tries are no trace: they go by themselves within
 * the hour, and not earlier, or who closes an account could begin anew.
 */
export async function findTraces({ shop }: TestServer, ...words: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_name <> 'limits' and table_schema = any(${[
      ...['identity', 'customers', 'cart', 'orders', 'payments', 'reviews', 'notifications', 'analytics', 'platform'],
    ]})`.execute(shop.db)
  const traces: string[] = []
  for (const { name } of rows) {
    const found = await sql<{ text: string }>`
      select row::text as text from ${sql.table(name)} row
      where lower(row::text) like any(${words.map((word) => `%${word.toLowerCase()}%`)})`.execute(shop.db)
    traces.push(...found.rows.map(({ text }) => `${name}: ${text}`))
  }
  return traces
}
