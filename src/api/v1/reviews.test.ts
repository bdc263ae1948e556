/** Reviews on v1 through HTTP: written, read, edited, removed. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { reviewed } from '../../../test/reviews.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const ofProduct = ({ id }: { id: number | string }) => `/api/v1/products/${id}/reviews/`
const one = (id: number, deed = '') => `/api/v1/reviews/${id}/${deed}`
const GOOD = { rating: 4, title: 'Fine', comment: 'Rings true.' }
const submit = ({ access }: SignedUp, product: StockedProduct, body: object = GOOD) =>
  server.call('POST', ofProduct(product), { token: access, body })
const approve = (id: number) => server.call('POST', one(id, 'approve/'), { token: staff.access })
const reject = (id: number, body: object = {}) => server.call('POST', one(id, 'reject/'), { token: staff.access, body })
const listed = async (product: StockedProduct, query = '') => {
  const { status, body } = await server.call('GET', `${ofProduct(product)}${query}`)
  assert.equal(status, 200)
  return body
}
const ratingOf = async ({ id }: StockedProduct) => {
  const { body } = await server.call('GET', `/api/v1/products/${id}/`)
  return [body.rating_count, body.rating_average]
}

test('V1-236 a review is kept as it was sent, waits for approval, and is neither shown nor counted until then', async () => {
  const product = await stockedProduct(server)
  const author = await signedUp(server, { firstName: 'Ada', lastName: 'Lovelace' })
  const said = { rating: 5, title: ' <b>Best</b> ', comment: 'Two\n lines & "quotes" ' }
  const { status, body } = await submit(author, product, said)
  assert.equal(status, 201)
  const { id, created_at, ...rest } = body
  assert.deepEqual(rest, {
    ...said,
    product: product.id,
    user: { id: author.accountId, display_name: 'Ada L.' },
    is_approved: false,
    is_verified_purchase: false,
    helpful_count: 0,
    status: 'pending',
    rejection_reason: '',
  })
  assert.ok(id > 0 && Date.parse(created_at) > 0)
  assert.equal((await listed(product)).count, 0)
  assert.deepEqual(await ratingOf(product), [0, 0])
})

test('V1-236 a second review is refused, whatever became of the first', async () => {
  const product = await stockedProduct(server)
  const { author, id } = await reviewed(server, product, { isApproved: false })
  const twice = { non_field_errors: ['You have already reviewed this product.'] }
  const again = async () => {
    const { status, body } = await submit(author, product)
    assert.deepEqual([status, body], [400, twice])
  }
  await again()
  await approve(id)
  await again()
  await reject(id)
  await again()
})

test('V1-236 V1-012 what is no review is told by field', async () => {
  const product = await stockedProduct(server)
  const { access: token } = await signedUp(server)
  const faults = async (body: unknown) => {
    const { status, body: told } = await server.call('POST', ofProduct(product), { token, body })
    assert.equal(status, 400)
    return told
  }
  assert.deepEqual(await faults({}), { rating: ['This field is required.'] })
  for (const rating of ['5', 4.5, true])
    assert.deepEqual(await faults({ rating }), { rating: ['A valid integer is required.'] })
  assert.deepEqual(await faults({ rating: 0 }), { rating: ['Ensure this value is greater than or equal to 1.'] })
  assert.deepEqual(await faults({ rating: 6, title: 'x'.repeat(201), comment: 'x'.repeat(5001) }), {
    rating: ['Ensure this value is less than or equal to 5.'],
    title: ['Ensure this field has no more than 200 characters.'],
    comment: ['Ensure this field has no more than 5000 characters.'],
  })
  assert.deepEqual(await faults({ rating: 5, comment: null }), { comment: ['This field may not be null.'] })
  assert.deepEqual(await faults({ rating: 5, comment: 'a\0b' }), { comment: ['Null characters are not allowed.'] })
  assert.equal((await server.call('POST', ofProduct(product), { body: GOOD })).status, 401)
})

test('V1-236 V1-235 a product that is hidden or unknown has no reviews, but for staff', async () => {
  const hidden = await stockedProduct(server, { isActive: false })
  const user = await signedUp(server)
  assert.equal((await submit(user, hidden)).status, 404)
  assert.equal((await server.call('GET', ofProduct(hidden))).status, 404)
  assert.equal((await server.call('GET', ofProduct(hidden), { token: user.access })).status, 404)
  assert.equal((await server.call('GET', ofProduct(hidden), { token: staff.access })).status, 200)
  for (const id of [999_999, 'no-such-slug', '9'.repeat(30)]) {
    assert.deepEqual((await server.call('GET', ofProduct({ id }))).body, { detail: 'Not found.' })
  }
})

test('V1-235 approved reviews are public: filters, orders, pages', async () => {
  const product = await stockedProduct(server)
  const first = await reviewed(server, product, { rating: 3 })
  const second = await reviewed(server, product, { rating: 5 })
  const third = await reviewed(server, product, { rating: 3 })
  await reviewed(server, product, { rating: 1, isApproved: false })
  await sql`update reviews.reviews set is_verified_purchase = true where id = ${third.id}`.execute(server.shop.db)
  for (const { author } of [second, third]) {
    assert.equal((await server.call('POST', one(first.id, 'helpful/'), { token: author.access })).status, 200)
  }
  await server.call('POST', one(second.id, 'helpful/'), { token: first.author.access })
  const ids = async (query: string) => {
    const { results, count } = await listed(product, query)
    return [count, ...results.map((review: { id: number }) => [first.id, second.id, third.id].indexOf(review.id) + 1)]
  }
  assert.deepEqual(await ids(''), [3, 3, 2, 1])
  assert.deepEqual(await ids('?ordering=created_at'), [3, 1, 2, 3])
  assert.deepEqual(await ids('?ordering=-rating'), [3, 2, 3, 1])
  assert.deepEqual(await ids('?ordering=rating'), [3, 1, 3, 2])
  assert.deepEqual(await ids('?ordering=-helpful'), [3, 1, 2, 3])
  assert.deepEqual(await ids('?ordering=helpful'), [3, 3, 2, 1])
  assert.deepEqual(await ids('?ordering=nonsense'), [3, 3, 2, 1])
  assert.deepEqual(await ids('?rating=3'), [2, 3, 1])
  assert.deepEqual(await ids('?rating=4'), [0])
  assert.deepEqual(await ids('?verified=true'), [1, 3])
  assert.deepEqual(await ids('?verified=0'), [2, 2, 1])
  assert.deepEqual(await ids('?verified=&status=pending'), [3, 3, 2, 1])
  assert.deepEqual(await ids('?verified=False&rating=3&ordering=-helpful'), [1, 1])
  const page = await listed(product, '?page=2&page_size=2&ordering=-rating')
  assert.deepEqual([page.count, page.total_pages, page.results[0].id, page.next], [3, 2, first.id, null])
  assert.match(page.previous, /ordering=-rating/)
  assert.equal((await server.call('GET', `${ofProduct(product)}?page=3&page_size=2`)).status, 404)
  const bad = await server.call('GET', `${ofProduct(product)}?rating=many&verified=perhaps`)
  assert.deepEqual([bad.status, Object.keys(bad.body)], [400, ['rating', 'verified']])
  for (const rating of ['0', '6', '99999', '9007199254740991']) {
    const { status, body } = await server.call('GET', `${ofProduct(product)}?rating=${rating}`)
    assert.deepEqual([status, Object.keys(body)], [400, ['rating']], rating)
  }
  const bySlug = await server.call('GET', ofProduct({ id: product.slug }))
  assert.equal(bySlug.body.count, 3)
})

test('V1-235 NX-006 a public review tells neither e-mail nor last name, nor what its author alone is told', async () => {
  const product = await stockedProduct(server)
  await reviewed(server, product, { firstName: 'Grace', lastName: 'hopper', email: 'grace.hopper@example.com' })
  const { results } = await listed(product)
  assert.equal(results[0].user.display_name, 'Grace H.')
  assert.doesNotMatch(JSON.stringify(results), /hopper/i)
  assert.deepEqual(Object.keys(results[0]).sort(), [
    ...['comment', 'created_at', 'helpful_count', 'id', 'is_approved', 'is_verified_purchase', 'product', 'rating'],
    ...['title', 'user'],
  ])
})

test('V1-237 an edit sends a review back to moderation, and out of the rating at once', async () => {
  const product = await stockedProduct(server)
  await reviewed(server, product, { rating: 2 })
  const { author, id } = await reviewed(server, product)
  assert.deepEqual(await ratingOf(product), [2, 3])
  const edit = (body: object, token = author.access) => server.call('PATCH', one(id), { token, body })
  const edited = await edit({ rating: 5, comment: 'Better than I thought.' })
  assert.deepEqual(
    [edited.status, edited.body.rating, edited.body.title, edited.body.comment, edited.body.is_approved],
    [200, 5, 'Fine', 'Better than I thought.', false],
  )
  assert.deepEqual(await ratingOf(product), [1, 2])
  assert.equal((await listed(product)).count, 1)
  await approve(id)
  assert.deepEqual(await ratingOf(product), [2, 3.5])
  assert.equal((await edit({})).body.is_approved, true, 'nothing is said anew')
  assert.equal((await edit({ rating: 5 })).body.is_approved, true)
  assert.deepEqual(await ratingOf(product), [2, 3.5])
  assert.deepEqual((await edit({ rating: 7, title: 5 })).body, {
    rating: ['Ensure this value is less than or equal to 5.'],
    title: ['Not a valid string.'],
  })
  const byStaff = await edit({ comment: 'Better.' }, staff.access)
  assert.deepEqual(
    [byStaff.body.comment, byStaff.body.status, byStaff.body.user.id],
    ['Better.', 'pending', author.accountId],
  )
})

test('V1-237 a review is removed by its author or by staff, with its votes; its author may write another', async () => {
  const product = await stockedProduct(server)
  const [mine, other] = [await reviewed(server, product), await reviewed(server, product, { rating: 1 })]
  await server.call('POST', one(mine.id, 'helpful/'), { token: other.author.access })
  assert.equal((await server.call('DELETE', one(mine.id), { token: mine.author.access })).status, 204)
  assert.deepEqual(await ratingOf(product), [1, 1])
  assert.equal((await server.call('DELETE', one(mine.id), { token: mine.author.access })).status, 404)
  assert.equal((await submit(mine.author, product)).status, 201)
  assert.equal((await server.call('DELETE', one(other.id), { token: staff.access })).status, 204)
  assert.deepEqual(await ratingOf(product), [0, 0])
})

test('V1-237 V1-010 the review of another user is not found', async () => {
  const { id } = await reviewed(server, await stockedProduct(server))
  const { access: token } = await signedUp(server)
  for (const [method, body] of [
    ['GET', undefined],
    ['PATCH', { rating: 1 }],
    ['DELETE', undefined],
  ] as const) {
    const { status, body: told } = await server.call(method, one(id), { token, body })
    assert.deepEqual([status, told], [404, { detail: 'Not found.' }])
    assert.equal((await server.call(method, one(id), { body })).status, 401)
  }
  assert.equal((await server.call('GET', one(10 ** 12), { token: staff.access })).status, 404)
})
