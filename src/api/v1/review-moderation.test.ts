/** What staff and readers do to reviews on v1, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
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

test('V1-238 staff lists reviews by status, the newest first; others do not', async () => {
  const product = await stockedProduct(server)
  const [pending, approved, rejected] = [
    await reviewed(server, product, { isApproved: false }),
    await reviewed(server, product),
    await reviewed(server, product, { isApproved: false }),
  ]
  await reject(rejected.id)
  const list = async (query: string) =>
    (await server.call('GET', `/api/v1/reviews/${query}`, { token: staff.access })).body
  for (const [status, { id }] of Object.entries({ pending, approved, rejected })) {
    const { results, count } = await list(`?status=${status}&page_size=100`)
    assert.equal(results[0].id, id)
    assert.equal(count, results.length)
    assert.ok(results.every((review: { status: string }) => review.status === status))
  }
  const all = await list('?page_size=3')
  assert.deepEqual(
    all.results.map((review: { id: number }) => review.id),
    [rejected.id, approved.id, pending.id],
  )
  assert.deepEqual(await list('?status=lost'), { status: ['"lost" is not a valid choice.'] })
  const { access: token } = await signedUp(server)
  assert.equal((await server.call('GET', '/api/v1/reviews/', { token })).status, 403)
  assert.equal((await server.call('POST', one(pending.id, 'approve/'), { token })).status, 403)
  assert.equal((await server.call('POST', one(pending.id, 'reject/'), { token, body: {} })).status, 403)
  assert.equal((await server.call('GET', '/api/v1/reviews/')).status, 401)
})

test('V1-238 to approve and to reject is idempotent; the reason is told to staff and to its author', async () => {
  const product = await stockedProduct(server)
  const { author, id } = await reviewed(server, product)
  const again = await approve(id)
  assert.deepEqual([again.status, again.body.is_approved], [200, true])
  assert.deepEqual(await ratingOf(product), [1, 4])
  const rejected = await reject(id, { reason: 'Names a person.' })
  assert.deepEqual([rejected.body.status, rejected.body.rejection_reason], ['rejected', 'Names a person.'])
  assert.equal((await reject(id)).body.rejection_reason, 'Names a person.')
  assert.deepEqual(await ratingOf(product), [0, 0])
  const told = await server.call('GET', one(id), { token: author.access })
  assert.deepEqual([told.body.status, told.body.rejection_reason], ['rejected', 'Names a person.'])
  const edited = await server.call('PATCH', one(id), { token: author.access, body: { comment: 'Names nobody.' } })
  assert.deepEqual([edited.body.status, edited.body.rejection_reason], ['pending', ''])
  assert.deepEqual((await reject(id, { reason: 'x'.repeat(1001) })).body, {
    reason: ['Ensure this field has no more than 1000 characters.'],
  })
  assert.equal((await approve(10 ** 9)).status, 404)
  assert.equal((await reject(10 ** 9)).status, 404)
})

test('V1-239 a review is found helpful once by each, not by its author, and only while it is shown', async () => {
  const product = await stockedProduct(server)
  const { author, id } = await reviewed(server, product)
  const vote = (token: string, review = id) => server.call('POST', one(review, 'helpful/'), { token })
  const [reader, other] = [await signedUp(server), await signedUp(server)]
  const first = await vote(reader.access)
  assert.deepEqual([first.status, first.body], [200, { helpful_count: 1 }])
  assert.deepEqual((await vote(reader.access)).body, { helpful_count: 1 })
  assert.deepEqual((await vote(other.access)).body, { helpful_count: 2 })
  assert.equal((await listed(product)).results[0].helpful_count, 2)
  const own = await vote(author.access)
  assert.deepEqual([own.status, own.body], [400, { non_field_errors: ['You cannot vote on your own review.'] }])
  assert.equal((await server.call('POST', one(id, 'helpful/'))).status, 401)
  const pending = await reviewed(server, product, { isApproved: false })
  assert.equal((await vote(reader.access, pending.id)).status, 404)
  assert.equal((await vote(reader.access, 10 ** 9)).status, 404)
})
