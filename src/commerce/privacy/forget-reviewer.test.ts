/** What somebody thought and wished for, after the account was closed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addWish } from '#commerce/customers'
import { examine } from '#commerce/doctor'
import { removeReview, voteHelpful } from '#commerce/reviews'
import { listenToChanges } from '#platform/changes'
import { signedUp } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { reviewed } from '../../../test/reviews.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const close = ({ access, password }: { access: string; password: string }) =>
  server.call('DELETE', '/api/v1/users/me/', { token: access, body: { password } })
const reviewsOf = async ({ id }: StockedProduct) =>
  (await server.call('GET', `/api/v1/products/${id}/reviews/`)).body.results

test('V1-151 a review stays and is nobody’s; votes are taken back, wishes are gone, and who keeps copies is told', async () => {
  const { shop } = server
  const [product, liked] = [await stockedProduct(server), await stockedProduct(server)]
  const { author } = await reviewed(server, product, { rating: 5 })
  const others = await reviewed(server, liked)
  const reader = await signedUp(server)
  for (const { accountId } of [author, reader]) await voteHelpful(shop, others.id, accountId)
  await addWish(shop, author.accountId, liked.id)
  const told = new Set<string>()
  listenToChanges(shop.db, async (changes) => {
    for (const tag of changes) told.add(tag)
  })
  assert.equal((await close(author)).status, 204)
  const [review] = await reviewsOf(product)
  assert.deepEqual([review.user.display_name, review.rating, review.comment], ['Anonymous', 5, 'Rings true.'])
  assert.equal((await reviewsOf(liked))[0].helpful_count, 1)
  const { rows } = await sql`
    select from reviews.votes where account_id = ${author.accountId}
    union all select from customers.wishlist_items where account_id = ${author.accountId}`.execute(shop.db)
  assert.deepEqual(rows, [])
  const noted = [`account:${author.accountId}`, `reviews:${product.id}`, `reviews:${liked.id}`]
  assert.deepEqual([...told].sort(), noted.sort())
})

test('V1-151 an account is closed while its votes are given, and what it voted on is removed', async () => {
  const { shop } = server
  const staff = { accountId: null }
  for (let round = 0; round < 5; round += 1) {
    const product = await stockedProduct(server)
    const ids: number[] = []
    for (let count = 0; count < 4; count += 1) ids.push((await reviewed(server, product)).id)
    const voter = await signedUp(server)
    for (const id of ids.slice(0, 2)) await voteHelpful(shop, id, voter.accountId)
    const [closed, ...done] = await Promise.allSettled([
      close(voter),
      ...ids.map((id) => voteHelpful(shop, id, voter.accountId)),
      ...ids.slice(1, 3).map((id) => removeReview(shop, id, staff)),
    ])
    assert.equal(closed!.status === 'fulfilled' && closed.value.status, 204)
    for (const each of done) if (each.status === 'rejected') assert.equal(each.reason.code, 'review_not_found')
  }
})
