/** Reviews on the shared path, in the envelope of the marketplace. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { approveReview } from '#commerce/reviews'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { reviewed } from '../../../test/reviews.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const of = ({ id }: { id: number | string }, rest = '') => `/api/products/${id}/reviews/${rest}`
const GOOD = { rating: 5, title: 'Best', comment: 'Rings <i>true</i>. ' }
const submit = (product: { id: number | string }, body: unknown, token: string) =>
  server.call('POST', of(product), { token, body })

test('MP-072 NX-006 approved reviews are public, the newest first, and name nobody', async () => {
  const product = await stockedProduct(server)
  const names = { firstName: 'Grace', lastName: 'Hopper', email: 'grace.hopper@example.com' }
  const first = await reviewed(server, product, names)
  const second = await reviewed(server, product, { rating: 1 })
  await reviewed(server, product, { isApproved: false })
  const { status, body } = await server.call('GET', of(product))
  const { results, ...page } = body
  assert.deepEqual(
    [status, page],
    [200, { count: 2, next: null, previous: null, page_size: 20, current_page: 1, total_pages: 1 }],
  )
  assert.deepEqual(
    results.map(({ id }: { id: number }) => id),
    [second.id, first.id],
  )
  const { created_at, ...told } = results[1]
  assert.deepEqual(told, {
    id: first.id,
    product: product.id,
    user: { display_name: 'Grace H.' },
    rating: 4,
    title: 'Fine',
    comment: 'Rings true.',
    is_approved: true,
    is_verified_purchase: false,
    helpful_count: 0,
  })
  assert.ok(Date.parse(created_at) > 0)
  assert.equal((await server.call('GET', of({ id: product.slug }, '?page=2&page_size=1'))).body.results[0].id, first.id)
  assertFault(await server.call('GET', of(product, '?page=9')), 404, 'Invalid page.')
})

test('MP-072 MP-051 a review waits for approval; only then it is shown, and counts', async () => {
  const product = await stockedProduct(server)
  const author = await signedUp(server)
  const { status, body } = await submit(product, GOOD, author.access)
  assert.deepEqual([status, body.status, body.message], [201, 201, 'Review submitted for approval.'])
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
  const { id, rating, title, comment, is_approved, user } = body.data
  assert.deepEqual([rating, title, comment, is_approved], [5, 'Best', 'Rings <i>true</i>. ', false])
  assert.deepEqual(user, { display_name: 'Sam S.' })
  const figures = async () => {
    const shown = (await server.call('GET', `/api/products/${product.id}/`)).body
    return [shown.average_rating, shown.review_count, (await server.call('GET', of(product))).body.count]
  }
  assert.deepEqual(await figures(), [0, 0, 0])
  await approveReview(server.shop, { id })
  assert.deepEqual(await figures(), [5, 1, 1])
  const short = await submit(product, { rating: 2 }, (await signedUp(server)).access)
  assert.deepEqual([short.status, short.body.data.title, short.body.data.comment], [201, '', ''])
})

test('MP-072 MP-050 what is no review is 400 with the fields; of twenty at once one counts', async () => {
  const product = await stockedProduct(server)
  const { access } = await signedUp(server)
  for (const rating of [0, 6, 1.5, '5', null]) {
    const { status, body } = await submit(product, { rating }, access)
    assert.deepEqual([status, Object.keys(body.details)], [400, ['rating']], String(rating))
  }
  const wrong = await submit(product, { title: 'x'.repeat(201), comment: 7 }, access)
  assertFault(wrong, 400, 'Validation failed.', wrong.body.details)
  assert.deepEqual(Object.keys(wrong.body.details).sort(), ['comment', 'rating', 'title'])
  const all = await Promise.all(Array.from({ length: 20 }, () => submit(product, GOOD, access)))
  assert.deepEqual(all.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
  assertFault(await submit(product, GOOD, access), 400, 'You have already reviewed this product.')
})

test('MP-005 MP-053 MP-072 everybody reads, who is signed in writes; of a hidden product only who keeps it reads', async () => {
  const product = await stockedProduct(server)
  assertFault(
    await server.call('POST', of(product), { body: GOOD }),
    401,
    'Authentication credentials were not provided.',
  )
  assert.equal((await server.call('GET', of(product), { token: 'nonsense' })).status, 401)
  const { access } = await signedUp(server)
  const seller = await signedUp(server, { isSeller: true })
  const body = { title: 'Hidden cup', price: '3.00', is_active: false }
  const hidden = (await server.call('POST', '/api/products/', { token: seller.access, body })).body
  for (const unseen of [hidden, { id: 999_999 }, { id: 'nothing' }]) {
    assertFault(await server.call('GET', of(unseen)), 404, 'Product not found or inactive.')
    assertFault(await submit(unseen, GOOD, access), 404, 'Product not found or inactive.')
  }
  for (const token of [seller.access, (await staffMember(server)).access])
    assert.equal((await server.call('GET', of(hidden), { token })).status, 200)
})
