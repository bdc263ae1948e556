/** Reviews on nexus through HTTP. */
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
  staff = await staffMember(server, { surface: 'nexus' })
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const of = ({ slug }: { slug: string }, rest = '') => `/api/catalog/products/${slug}/reviews/${rest}`
const GOOD = { rating: 5, title: 'Best', comment: 'Rings <i>true</i>. ' }
const submit = (product: StockedProduct, body: unknown, { access: token }: SignedUp) =>
  server.call('POST', of(product), { token, body })
const decide = (product: StockedProduct, id: number, verdict: string, body?: object) =>
  server.call('POST', of(product, `${id}/${verdict}/`), { token: staff.access, body })

test('NX-090 NX-006 approved reviews are public, the newest first, and name nobody', async () => {
  const product = await stockedProduct(server)
  const names = { firstName: 'Grace', lastName: 'Hopper', email: 'grace.hopper@example.com' }
  const first = await reviewed(server, product, names)
  const second = await reviewed(server, product, { rating: 1 })
  await reviewed(server, product, { isApproved: false })
  const { status, body } = await server.call('GET', of(product))
  assert.deepEqual([status, body.count, body.total_pages], [200, 2, 1])
  assert.deepEqual(
    body.results.map(({ id }: { id: number }) => id),
    [second.id, first.id],
  )
  const { created_at, ...told } = body.results[1]
  assert.deepEqual(told, {
    id: first.id,
    user: { display_name: 'Grace H.' },
    rating: 4,
    title: 'Fine',
    comment: 'Rings true.',
    is_verified_purchase: false,
    is_approved: true,
  })
  assert.ok(Date.parse(created_at) > 0)
  const page = await server.call('GET', of(product, '?page=2&page_size=1'))
  assert.deepEqual([page.body.results[0].id, page.body.previous.includes('page=1')], [first.id, true])
  assert.equal((await server.call('GET', of(product, '?page=9'))).status, 404)
})

test('NX-091 NX-092 a review is kept as it was sent, and is neither shown nor counted before it was approved', async () => {
  const product = await stockedProduct(server)
  const author = await signedUp(server, { surface: 'nexus' })
  const { status, body } = await submit(product, GOOD, author)
  assert.equal(status, 201)
  assert.deepEqual([body.rating, body.title, body.comment, body.is_approved], [5, 'Best', 'Rings <i>true</i>. ', false])
  assert.equal((await server.call('GET', of(product))).body.count, 0)
  const rating = async () => (await server.call('GET', `/api/v1/products/${product.id}/`)).body.rating_count
  assert.equal(await rating(), 0)
  assert.equal((await decide(product, body.id, 'approve')).status, 200)
  assert.equal((await server.call('GET', of(product))).body.count, 1)
  assert.equal(await rating(), 1)
})

test('NX-091 what is no review is told by field; who is not signed in writes none', async () => {
  const product = await stockedProduct(server)
  const author = await signedUp(server, { surface: 'nexus' })
  const empty = await submit(product, {}, author)
  const required = ['This field is required.']
  assert.deepEqual([empty.status, empty.body], [400, { rating: required, title: required, comment: required }])
  const bad = await submit(product, { rating: 3.5, title: ' ', comment: '' }, author)
  assert.deepEqual(bad.body, {
    rating: ['A valid integer is required.'],
    title: ['This field may not be blank.'],
    comment: ['This field may not be blank.'],
  })
  for (const rating of [0, 6, -1, '5', null]) {
    const { status, body } = await submit(product, { ...GOOD, rating }, author)
    assert.deepEqual([status, Object.keys(body)], [400, ['rating']])
  }
  const anonymous = await server.call('POST', of(product), { body: GOOD })
  assert.deepEqual(
    [anonymous.status, anonymous.body],
    [401, { detail: 'Authentication credentials were not provided.' }],
  )
})

test('NX-093 an account reviews a product once, on whatever surface, also while the first is pending', async () => {
  const product = await stockedProduct(server)
  const { author } = await reviewed(server, product, { isApproved: false })
  const again = await submit(product, GOOD, author)
  assert.deepEqual([again.status, again.body], [400, { non_field_errors: ['You have already reviewed this product.'] }])
  const elsewhere = { token: author.access, body: { rating: 1 } }
  assert.deepEqual((await server.call('POST', `/api/v1/products/${product.id}/reviews/`, elsewhere)).body, again.body)
})

test('NX-090 a product goes by its slug alone; a hidden or an unknown one is not found', async () => {
  const product = await stockedProduct(server)
  const hidden = await stockedProduct(server, { isActive: false })
  for (const slug of [String(product.id), hidden.slug, 'nothing', '%F0%9F%8D%B5']) {
    const { status, body } = await server.call('GET', of({ slug }))
    assert.deepEqual([status, body], [404, { detail: 'Not found.' }], slug)
  }
  assert.equal((await submit(hidden, GOOD, await signedUp(server))).status, 404)
  assert.equal((await server.call('GET', of(hidden), { token: staff.access })).status, 200)
})

test('NX-094 staff may set the mark of a purchase, and take it away', async () => {
  const product = await stockedProduct(server)
  const { id, author } = await reviewed(server, product)
  const mark = (is_verified_purchase: unknown, token = staff.access) =>
    server.call('PATCH', of(product, `${id}/`), { token, body: { is_verified_purchase } })
  assert.equal((await mark(true)).body.is_verified_purchase, true)
  assert.equal((await server.call('GET', of(product))).body.results[0].is_verified_purchase, true)
  const taken = await mark(false)
  assert.deepEqual([taken.body.is_verified_purchase, taken.body.is_approved], [false, true])
  assert.deepEqual((await mark('yes')).body, { is_verified_purchase: ['Must be a valid boolean.'] })
  assert.equal((await mark(true, author.access)).status, 403)
})

test('NX-095 staff sees what is pending, approves and rejects it; others do not', async () => {
  const product = await stockedProduct(server)
  const other = await stockedProduct(server)
  const { id, author } = await reviewed(server, product, { isApproved: false })
  const ids = async (query: string, token?: string) => {
    const { body } = await server.call('GET', of(product, query), token === undefined ? {} : { token })
    return body.results.map((review: { id: number }) => review.id)
  }
  assert.deepEqual(await ids('?status=pending', staff.access), [id])
  assert.deepEqual(await ids('?status=pending', author.access), [])
  assert.deepEqual(await ids('?status=pending'), [])
  assert.deepEqual(await ids('', staff.access), [])
  const approved = await decide(product, id, 'approve')
  assert.deepEqual([approved.status, approved.body.is_approved], [200, true])
  assert.equal((await decide(product, id, 'approve')).status, 200)
  assert.deepEqual(await ids(''), [id])
  const rejected = await decide(product, id, 'reject', { reason: 'Off the point.' })
  assert.deepEqual([rejected.status, rejected.body.is_approved], [200, false])
  assert.deepEqual(await ids('?status=rejected', staff.access), [id])
  const told = await server.call('GET', `/api/v1/reviews/${id}/`, { token: author.access })
  assert.equal(told.body.rejection_reason, 'Off the point.')
  assert.equal((await decide(other, id, 'approve')).status, 404, 'a review of another product')
  assert.equal((await decide(product, 10 ** 9, 'reject')).status, 404)
  for (const verdict of ['approve', 'reject']) {
    const url = of(product, `${id}/${verdict}/`)
    assert.equal((await server.call('POST', url, { token: author.access })).status, 403)
    assert.equal((await server.call('POST', url)).status, 401)
  }
})

test('NX-002 under /api/catalog nexus speaks as well', async () => {
  const nothing = await server.call('GET', '/api/catalog/nothing/')
  assert.deepEqual([nothing.status, nothing.body], [404, { detail: 'Not found.' }])
  const put = await server.call('PUT', of(await stockedProduct(server)))
  assert.deepEqual([put.status, put.headers.allow], [405, 'GET, HEAD, POST, OPTIONS'])
})
