import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addReview, type ReviewStatus } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const review = (productId: number, accountId: number, rating: number, status: ReviewStatus = 'approved') =>
  inTransaction(shop.db, (tx) => addReview(tx, { productId, accountId, rating, status, createdAt: shop.now() }))

async function summaryOf(productId: number) {
  const { rows } = await sql`
    select rating_count, rating_sum, rating_average from reviews.summaries where product_id = ${productId}`.execute(
    shop.db,
  )
  return rows[0]
}

test('V1-238 only approved reviews count, also when many are added at the same moment', async () => {
  const product = await stockedProduct({ shop })
  const accounts = await Promise.all(Array.from({ length: 7 }, () => signedUp({ shop })))
  const ratings = [5, 4, 4, 3, 1]
  await Promise.all([
    ...ratings.map((rating, index) => review(product.id, accounts[index]!.accountId, rating)),
    review(product.id, accounts[5]!.accountId, 5, 'pending'),
    review(product.id, accounts[6]!.accountId, 1, 'rejected'),
  ])
  assert.deepEqual(await summaryOf(product.id), { ratingCount: 5, ratingSum: 17, ratingAverage: 3.4 })
})

test('V1-236 an account reviews a product once', async () => {
  const product = await stockedProduct({ shop })
  const { accountId } = await signedUp({ shop })
  const answers = await Promise.allSettled([1, 2, 3].map((rating) => review(product.id, accountId, rating)))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => reason.code),
    ['already_reviewed', 'already_reviewed'],
  )
  assert.equal(((await summaryOf(product.id)) as { ratingCount: number }).ratingCount, 1)
})
