import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { deliver } from '../../../test/regulars.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { stripe } from '../../../test/webhooks.ts'

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

const DAY_MS = 86_400_000

/** Three of one article at 10.00 and two of another at 2.50, delivered; with tax of 18 % and 5.00 for the transport. */
async function delivered(provider: 'stripe' | 'cod' = 'cod') {
  const buyer = await signedUp(server)
  const [tea, cup] = [await stockedArticle(server.shop), await stockedArticle(server.shop, { priceMinor: 250 })]
  await fillCart(server.shop, buyer.accountId, [tea, 3], [cup, 2])
  const body = { shipping_address: ADDRESS, payment_method: provider }
  const { body: order } = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })
  if (provider === 'stripe') {
    const wish = { order_number: order.order_number, provider }
    const paid = await server.call('POST', '/api/v1/payments/intents/', { token: buyer.access, body: wish })
    await stripe(server, 'payment_intent.succeeded', paid.body.provider_reference)
  }
  await deliver(server, staff, order.order_number)
  const [teaLine, cupLine] = order.items.map(({ id }: { id: number }) => id) as [number, number]
  const path = `/api/v1/orders/${order.order_number}/returns/`
  const send = (items: [number, number][], token = buyer.access, headers: Record<string, string> = {}) =>
    server.call('POST', path, {
      ...{ token, headers },
      body: { items: items.map(([order_item_id, quantity]) => ({ order_item_id, quantity })), reason: 'Too bitter' },
    })
  const list = async (query = '') => (await server.call('GET', path + query, { token: buyer.access })).body
  const orderNow = async () => (await server.call('GET', path.replace('returns/', ''), { token: buyer.access })).body
  return { buyer, order, number: order.order_number as string, tea, teaLine, cupLine, send, list, orderNow }
}
const decide = (id: number, deed: string, body: object = {}, headers: Record<string, string> = {}) =>
  server.call('POST', `/api/v1/returns/${id}/${deed}/`, { token: staff.access, body, headers })
const stockOf = async (productId: number) => (await server.call('GET', `/api/v1/products/${productId}/`)).body.stock

test('V1-309 what was delivered can be sent back: what was paid for it with its tax is what is refunded', async () => {
  const { send, list, teaLine, number } = await delivered()
  const { status, body } = await send([[teaLine, 2]])
  assert.equal(status, 201, JSON.stringify(body))
  const { id, created_at, updated_at, items, ...rest } = body
  assert.deepEqual(rest, {
    ...{ order_number: number, status: 'requested', reason: 'Too bitter', note: '' },
    ...{ refund_amount: '23.60', currency: 'USD' },
  })
  assert.deepEqual(
    items.map((item: Record<string, unknown>) => [item.order_item_id, item.quantity, item.refund_amount]),
    [[teaLine, 2, '23.60']],
  )
  assert.ok(created_at && updated_at)
  assert.deepEqual((await list()).results, [body])
})

test('V1-309 all units of a line together are worth what it cost, however they come back', async () => {
  const { send, cupLine, teaLine } = await delivered()
  const amounts = [await send([[cupLine, 1]]), await send([[cupLine, 1]]), await send([[teaLine, 1]])]
  assert.deepEqual(
    amounts.map(({ body }) => body.refund_amount),
    ['2.95', '2.95', '11.80'],
  )
})

test('V1-309 the returns of an order are a page, newest first, and of no other order', async () => {
  const { send, list, teaLine } = await delivered()
  const other = await delivered()
  await other.send([[other.teaLine, 1]])
  const asked = [await send([[teaLine, 1]]), await send([[teaLine, 1]])].map(({ body }) => body)
  const { results, next, ...page } = await list('?page_size=1')
  assert.deepEqual([results, typeof next], [[asked[1]], 'string'])
  assert.deepEqual(page, { count: 2, previous: null, page_size: 1, current_page: 1, total_pages: 2 })
  assert.deepEqual((await list('?page_size=1&page=2')).results, [asked[0]])
  assert.deepEqual(await list('?page=9'), { detail: 'Invalid page.' })
})

test('V1-309 more than was bought and not yet returned, other lines and nothing are refused', async () => {
  const { send, teaLine, cupLine, list } = await delivered()
  const refused = async (items: [number, number][]) => {
    const { status, body } = await send(items)
    assert.equal(status, 400)
    return body.items ?? body
  }
  assert.equal((await send([[teaLine, 2]])).status, 201)
  const [text] = await refused([[teaLine, 2]])
  assert.match(text, /^Only 1 of Article \d+ can still be returned\.$/)
  assert.match((await refused([[teaLine, 4]]))[0], /^Only 1 of/)
  // The same line twice is counted together.
  await refused([
    [cupLine, 1],
    [cupLine, 2],
  ])
  assert.deepEqual(await refused([[1, 1]]), ['There is no item 1 in this order.'])
  await refused([])
  await refused([[teaLine, 0]])
  assert.equal((await list()).count, 1)
})

test('V1-309 what was rejected can be asked for again', async () => {
  const { send, teaLine } = await delivered()
  const { body } = await send([[teaLine, 3]])
  assert.equal((await send([[teaLine, 1]])).status, 400)
  assert.equal((await decide(body.id, 'reject', { note: 'It was opened.' })).body.note, 'It was opened.')
  assert.equal((await send([[teaLine, 1]])).status, 201)
})

test('V1-309 ten at once for the last units: one gets them', async () => {
  const { send, teaLine } = await delivered()
  const answers = await Promise.all(Array.from({ length: 10 }, () => send([[teaLine, 2]])))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(9).fill(400)])
})

test('V1-309 only what has arrived, only its owner, only within 30 days', async () => {
  const { send, teaLine, number } = await delivered()
  const stranger = await signedUp(server)
  assert.equal((await send([[teaLine, 1]], stranger.access)).status, 404)
  assert.equal((await server.call('GET', `/api/v1/orders/${number}/returns/`, { token: stranger.access })).status, 404)
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  const { body: order } = await server.call('POST', '/api/v1/orders/', {
    token: buyer.access,
    body: { shipping_address: ADDRESS, payment_method: 'cod' },
  })
  const early = await server.call('POST', `/api/v1/orders/${order.order_number}/returns/`, {
    token: buyer.access,
    body: { items: [{ order_item_id: order.items[0].id, quantity: 1 }], reason: 'x' },
  })
  assert.deepEqual([early.status, early.body], [400, { detail: 'Only an order that was delivered can be returned.' }])
})

test('V1-309 after 30 days it is too late', async () => {
  const { buyer, teaLine, number } = await delivered()
  server.shop.pass(30 * DAY_MS + 1)
  staff = await staffMember(server)
  const { body: fresh } = await server.call('POST', '/api/v1/auth/login/', {
    body: { email: buyer.email, password: buyer.password },
  })
  const late = await server.call('POST', `/api/v1/orders/${number}/returns/`, {
    token: fresh.access,
    body: { items: [{ order_item_id: teaLine, quantity: 1 }], reason: 'x' },
  })
  assert.equal(late.status, 400)
  assert.match(late.body.detail, /within 30 days/)
})

test('V1-310 staff approves and receives: the goods are in stock again, the money goes back, once', async () => {
  const { send, teaLine, tea, orderNow, number, list, buyer } = await delivered('stripe')
  const { body: asked } = await send([[teaLine, 2]])
  assert.equal((await decide(asked.id, 'receive')).status, 400)
  assert.equal((await decide(asked.id, 'approve')).body.status, 'approved')
  assert.equal(await stockOf(tea.productId), 7)
  const answers = await Promise.all(Array.from({ length: 5 }, () => decide(asked.id, 'receive')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400])
  assert.equal(await stockOf(tea.productId), 9)
  assert.equal((await orderNow()).payment_status, 'partially_refunded')
  assert.deepEqual(
    (await list()).results.map(({ status }: { status: string }) => status),
    ['refunded'],
  )
  const ledger = await server.call('GET', `/api/v1/inventory/transactions/?product_id=${tea.productId}`, {
    token: staff.access,
  })
  assert.ok(JSON.stringify(ledger.body).includes('RETURN'), JSON.stringify(ledger.body))
  await server.shop.runJobs()
  const { body: papers } = await server.call('GET', `/api/v1/orders/${number}/documents/`, { token: buyer.access })
  assert.deepEqual(
    papers.map((paper: Record<string, unknown>) => [paper.kind, paper.amount]),
    [
      ['invoice', '46.30'],
      ['credit_note', '23.60'],
    ],
  )
  const letters = server.shop.letters.filter(({ subject }) => subject.includes(number)).map(({ subject }) => subject)
  assert.ok(
    letters.some((subject) => subject === `Your return for order ${number} was approved`),
    letters.join(),
  )
  assert.ok(
    letters.some((subject) => subject === `We have refunded $23.60 for your order ${number}`),
    letters.join(),
  )
})

test('V1-310 one key is one receipt, with identical answers', async () => {
  const { send, teaLine, tea } = await delivered('stripe')
  const { body: asked } = await send([[teaLine, 1]])
  await decide(asked.id, 'approve')
  const headers = { 'idempotency-key': `receive ${asked.id}` }
  const answers = await Promise.all(Array.from({ length: 8 }, () => decide(asked.id, 'receive', {}, headers)))
  assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size, 1)
  assert.equal(answers[0]!.status, 200)
  assert.equal(await stockOf(tea.productId), 8)
})

test('V1-310 what was paid on delivery is given back by hand; of what staff gave back before, only the rest', async () => {
  const { send, teaLine, buyer, orderNow, number } = await delivered('cod')
  const { body: payments } = await server.call('GET', '/api/v1/payments/', { token: buyer.access })
  const refund = { token: staff.access, body: { amount: '40.00' } }
  assert.equal((await server.call('POST', `/api/v1/payments/${payments.results[0].id}/refunds/`, refund)).status, 201)
  await server.shop.runJobs()
  const { body: asked } = await send([[teaLine, 3]])
  await decide(asked.id, 'approve')
  const { body: received } = await decide(asked.id, 'receive')
  assert.deepEqual([received.status, asked.refund_amount, received.refund_amount], ['refunded', '35.40', '6.30'])
  assert.equal((await orderNow()).payment_status, 'refunded')
  await server.shop.runJobs()
  const { body: papers } = await server.call('GET', `/api/v1/orders/${number}/documents/`, { token: buyer.access })
  assert.deepEqual(
    papers.map((paper: Record<string, unknown>) => [paper.kind, paper.amount]),
    [
      ['invoice', '46.30'],
      ['credit_note', '40.00'],
      ['credit_note', '6.30'],
    ],
  )
})

test('V1-309 goods whose money went back already can be sent back, and nothing is promised for them', async () => {
  const { send, teaLine, buyer, tea } = await delivered('cod')
  const { body: payments } = await server.call('GET', '/api/v1/payments/', { token: buyer.access })
  await server.call('POST', `/api/v1/payments/${payments.results[0].id}/refunds/`, { token: staff.access, body: {} })
  const { status, body: asked } = await send([[teaLine, 3]])
  assert.deepEqual([status, asked.refund_amount, asked.items[0].refund_amount], [201, '0.00', '0.00'])
  const before = await stockOf(tea.productId)
  await decide(asked.id, 'approve')
  const { body: received } = await decide(asked.id, 'receive')
  assert.deepEqual([received.status, received.refund_amount], ['received', '0.00'])
  assert.equal(await stockOf(tea.productId), before + 3)
})

test('V1-310 the list of staff, by status; nobody else sees or decides', async () => {
  const { send, teaLine, buyer } = await delivered()
  const { body: asked } = await send([[teaLine, 1]])
  const listed = await server.call('GET', '/api/v1/returns/?status=requested&page_size=1', { token: staff.access })
  assert.equal(listed.body.results[0].id, asked.id)
  assert.equal((await server.call('GET', '/api/v1/returns/?status=lost', { token: staff.access })).status, 400)
  assert.equal((await server.call('GET', '/api/v1/returns/', { token: buyer.access })).status, 403)
  const own = await server.call('POST', `/api/v1/returns/${asked.id}/approve/`, { token: buyer.access, body: {} })
  assert.equal(own.status, 403)
  assert.equal((await decide(999_999, 'approve')).status, 404)
  const early = await decide(asked.id, 'receive')
  assert.deepEqual([early.status, early.body], [400, { detail: 'This return has to be approved first.' }])
  await decide(asked.id, 'reject')
  const again = await decide(asked.id, 'approve')
  assert.deepEqual([again.status, again.body], [400, { detail: 'This return is rejected already.' }])
})

test('V1-312 what an order held is put into the cart once more, as far as there is any', async () => {
  const { buyer, number, tea } = await delivered()
  await fillCart(server.shop, buyer.accountId, [tea, 6])
  const stranger = await signedUp(server)
  const path = `/api/v1/orders/${number}/reorder/`
  assert.equal((await server.call('POST', path, { token: stranger.access })).status, 404)
  const { status, body, statements } = await server.call('POST', path, { token: buyer.access })
  assert.equal(status, 200)
  assert.deepEqual(
    body.items.map((item: Record<string, unknown>) => item.quantity),
    [7, 2],
  )
  assert.deepEqual(body.warnings, [`Only 7 of ${tea.name} left.`])
  assert.ok(statements <= 12, String(statements))
})

test('V1-312 what is no longer sold is named, and the rest comes', async () => {
  const { buyer, number, tea } = await delivered()
  await server.call('PATCH', `/api/v1/products/${tea.productId}/`, { token: staff.access, body: { is_active: false } })
  const { body } = await server.call('POST', `/api/v1/orders/${number}/reorder/`, { token: buyer.access })
  assert.equal(body.items.length, 1)
  assert.deepEqual(body.warnings, [`${tea.name} is no longer available.`])
})
