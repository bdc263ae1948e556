/** Whatever happens to reviews at the same moment, the summaries and the votes stay exact. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import {
  addReview,
  approveReview,
  editReview,
  getReview,
  listProductReviews,
  rejectReview,
  removeReview,
  submitReview,
  voteHelpful,
} from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(async () => {
  const { broken } = await examine(shop.db)
  await shop.close()
  assert.deepEqual(broken, [])
})

const STAFF = { accountId: null }
const handleOf = ({ id, slug }: StockedProduct) => ({ id, slug })
const newAccount = async () => (await signedUp({ shop })).accountId
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => work(index)))
const codesOf = (done: PromiseSettledResult<unknown>[]) => [
  ...new Set(done.flatMap((each) => (each.status === 'rejected' ? [each.reason.code ?? String(each.reason)] : []))),
]
const succeeded = (done: PromiseSettledResult<unknown>[]) => done.filter(({ status }) => status === 'fulfilled').length

async function pending(product: StockedProduct, rating = 4): Promise<number> {
  const review = { productId: product.id, accountId: await newAccount(), rating, createdAt: shop.now() }
  return (await inTransaction(shop.db, (tx) => addReview(tx, { ...review, status: 'pending' }))).id
}

async function summaryOf({ id }: StockedProduct): Promise<[number, number]> {
  const { rows } = await sql<{ ratingCount: number; ratingSum: number }>`
    select rating_count, rating_sum from reviews.summaries where product_id = ${id}`.execute(shop.db)
  return [rows[0]!.ratingCount, rows[0]!.ratingSum]
}

test('V1-236 NX-093 of twenty reviews of one account at once exactly one is made', async () => {
  const product = await stockedProduct({ shop })
  const accountId = await newAccount()
  const done = await times(20, (index) => submitReview(shop, accountId, handleOf(product), { rating: 1 + (index % 5) }))
  assert.equal(succeeded(done), 1)
  assert.deepEqual(codesOf(done), ['already_reviewed'])
})

test('V1-238 twenty approvals of one review at once count once', async () => {
  const product = await stockedProduct({ shop })
  const id = await pending(product, 5)
  assert.equal(succeeded(await times(20, () => approveReview(shop, { id }))), 20)
  assert.deepEqual(await summaryOf(product), [1, 5])
})

test('V1-238 approvals of many reviews of one product at once all count, and deadlock nobody', async () => {
  const product = await stockedProduct({ shop })
  const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => pending(product, 1 + (index % 5))))
  const done = await times(24, (index) => approveReview(shop, { id: ids[index % 12]! }))
  assert.equal(succeeded(done), 24)
  assert.deepEqual(await summaryOf(product), [12, 33])
})

test('V1-237 V1-238 approved, rejected, edited and removed at once, a review counts as what it became', async () => {
  for (let round = 0; round < 15; round += 1) {
    const product = await stockedProduct({ shop })
    const id = await pending(product)
    const done = await times<unknown>(16, (index) => {
      if (index % 4 === 0) return approveReview(shop, { id })
      if (index % 4 === 1) return rejectReview(shop, { id }, undefined)
      if (index % 4 === 2) return editReview(shop, id, STAFF, { rating: 1 + (index % 5), comment: String(index) })
      return index === 15 && round % 2 === 0 ? removeReview(shop, id, STAFF) : approveReview(shop, { id })
    })
    assert.ok(
      codesOf(done).every((code) => code === 'review_not_found'),
      codesOf(done).join(),
    )
    const { rows } = await sql<{ rating: number; status: string }>`
      select rating, status from reviews.reviews where id = ${id}`.execute(shop.db)
    const expected = rows[0]?.status === 'approved' ? [1, rows[0].rating] : [0, 0]
    assert.deepEqual(await summaryOf(product), expected)
  }
})

test('V1-237 edits of different fields at once all stay, whatever is decided meanwhile', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await pending(await stockedProduct({ shop }))
    const edits = [{ rating: 1 }, { title: 'A title' }, { comment: 'A comment' }]
    const done = await times(6, (index) =>
      index % 2 === 0 ? editReview(shop, id, STAFF, edits[index / 2]!) : approveReview(shop, { id }),
    )
    assert.equal(succeeded(done), 6)
    const { rating, title, comment } = await getReview(shop.db, id, STAFF)
    assert.deepEqual({ rating, title, comment }, { rating: 1, title: 'A title', comment: 'A comment' })
  }
})

test('V1-239 votes at once count once for each account, and not at all for a review that is gone', async () => {
  const product = await stockedProduct({ shop })
  const id = await pending(product)
  await approveReview(shop, { id })
  const voters = await Promise.all(Array.from({ length: 5 }, newAccount))
  const done = await times(25, (index) => voteHelpful(shop, id, voters[index % 5]!))
  assert.equal(succeeded(done), 25)
  const { rows } = await listProductReviews(
    shop.db,
    { handle: handleOf(product), seesAll: false },
    {},
    { limit: 1, offset: 0 },
  )
  assert.equal(rows[0]!.helpfulCount, 5)
  const others = await Promise.all(Array.from({ length: 8 }, newAccount))
  const late = await Promise.allSettled([
    ...others.map((accountId) => voteHelpful(shop, id, accountId)),
    removeReview(shop, id, STAFF),
  ])
  assert.ok(
    codesOf(late).every((code) => code === 'review_not_found'),
    codesOf(late).join(),
  )
})

test('V1-236 a product that is deleted while it is reviewed and approved is not found', async () => {
  for (let round = 0; round < 8; round += 1) {
    const product = await stockedProduct({ shop })
    const ids = [await pending(product), await pending(product)]
    const accounts = await Promise.all(Array.from({ length: 6 }, newAccount))
    const done = await Promise.allSettled([
      ...accounts.map((accountId) => submitReview(shop, accountId, handleOf(product), { rating: 3 })),
      ...ids.map((id) => approveReview(shop, { id })),
      inTransaction(shop.db, (tx) => sql`delete from catalog.products where id = ${product.id}`.execute(tx)),
    ])
    const known = ['product_not_found', 'review_not_found']
    assert.ok(
      codesOf(done).every((code) => known.includes(code)),
      codesOf(done).join(),
    )
  }
})
