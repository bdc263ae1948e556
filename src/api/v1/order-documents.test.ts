import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ SELLER_NAME: 'Kettles Ltd', SELLER_ADDRESS: '1 Dock Street,London' })
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

async function ordered(payment_method: 'stripe' | 'cod', buyer?: SignedUp) {
  const owner = buyer ?? (await signedUp(server))
  await fillCart(server.shop, owner.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method }
  const { body: order } = await server.call('POST', '/api/v1/orders/', { token: owner.access, body })
  return { owner, number: order.order_number as string }
}
async function pay({ access: token }: SignedUp, order_number: string): Promise<string> {
  const body = { order_number, provider: 'stripe' }
  const { body: payment } = await server.call('POST', '/api/v1/payments/intents/', { token, body })
  await stripe(server, 'payment_intent.succeeded', payment.provider_reference)
  return payment.id
}
const read = ({ access: token }: SignedUp, path: string) => server.call('GET', `/api/v1/orders/${path}`, { token })
const pageOf = async (owner: SignedUp, number: string) => pageAt(owner, `/api/v1/orders/${number}/invoice/`)
const pageAt = async ({ access: token }: SignedUp, path: string) => {
  const { status, body, headers } = await server.call('GET', path, { token })
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'application/pdf')
  return readPdfPages(body).join('\n')
}

test('V1-311 an order that is not paid has a pro forma without a number; once it is paid, an invoice with one', async () => {
  const { owner, number } = await ordered('stripe')
  const before = await pageOf(owner, number)
  assert.match(before, /Pro forma/)
  assert.doesNotMatch(before, /INV-/)
  assert.deepEqual((await read(owner, `${number}/documents/`)).body, [])
  await pay(owner, number)
  const first = await read(owner, `${number}/invoice/`)
  assert.equal(first.headers['content-disposition'], `attachment; filename="invoice-${number}.pdf"`)
  assert.ok(first.statements <= 8, String(first.statements))
  const [document] = (await read(owner, `${number}/documents/`)).body
  assert.match(document.number, /^INV-\d{4}-\d{6}$/)
  assert.equal(document.amount, '28.60')
  const page = await pageOf(owner, number)
  for (const text of [
    document.number,
    'Kettles Ltd',
    '1 Dock Street',
    'In words: Twenty Eight US dollars and 60/100 only',
  ])
    assert.ok(page.includes(text), `${text} is missing in:\n${page}`)
})

test('V1-311 thirty at once: one invoice each, numbers without a gap, none twice', async () => {
  const orders = await Promise.all(Array.from({ length: 10 }, () => ordered('cod')))
  await Promise.all(
    orders.flatMap(({ owner, number }) => Array.from({ length: 3 }, () => read(owner, `${number}/invoice/`))),
  )
  const { rows } = await sql<{ sequence: number }>`
    select sequence from orders.documents where kind = 'invoice' order by sequence`.execute(server.shop.db)
  assert.deepEqual(
    rows.map(({ sequence }) => sequence),
    rows.map((_, at) => at + 1),
  )
})

test('V1-311 a cancelled order that was to be paid on delivery is credited whole; a refund by as much as went back', async () => {
  const cash = await ordered('cod')
  await server.shop.runJobs()
  await server.call('POST', `/api/v1/orders/${cash.number}/cancel/`, { token: cash.owner.access, body: {} })
  const card = await ordered('stripe')
  const paymentId = await pay(card.owner, card.number)
  const staff = await staffMember(server)
  const refund = { token: staff.access, body: { amount: '10.00' } }
  assert.equal((await server.call('POST', `/api/v1/payments/${paymentId}/refunds/`, refund)).status, 201)
  await server.shop.runJobs()
  const papersOf = async ({ owner, number }: typeof card) =>
    (await read(owner, `${number}/documents/`)).body.map((paper: Record<string, string>) => [
      paper.kind,
      paper.amount,
      paper.tax,
    ])
  assert.deepEqual(await papersOf(cash), [
    ['invoice', '28.60', '3.60'],
    ['credit_note', '28.60', '3.60'],
  ])
  assert.deepEqual(await papersOf(card), [
    ['invoice', '28.60', '3.60'],
    ['credit_note', '10.00', '1.26'],
  ])
  const [invoice, note] = (await read(card.owner, `${card.number}/documents/`)).body
  const page = await pageAt(card.owner, new URL(note.url).pathname)
  for (const text of ['Credit note', note.number, invoice.number, '$8.74', '$1.26', '$10.00'])
    assert.ok(page.includes(text), `${text} is missing in:\n${page}`)
  const see = (number: string, token: string) => server.call('GET', `/api/v1/credit-notes/${number}/`, { token })
  assert.equal((await see(invoice.number, card.owner.access)).status, 404)
  assert.equal((await see(note.number, cash.owner.access)).status, 404)
  assert.equal((await see(note.number, staff.access)).status, 200)
})

test('V1-311 what was paid for an order that was cancelled unpaid goes back without papers', async () => {
  const { owner, number } = await ordered('stripe')
  const body = { order_number: number, provider: 'stripe' }
  const { body: payment } = await server.call('POST', '/api/v1/payments/intents/', { token: owner.access, body })
  await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: owner.access, body: {} })
  await stripe(server, 'payment_intent.succeeded', payment.provider_reference)
  await server.shop.runJobs()
  assert.deepEqual((await read(owner, `${number}/documents/`)).body, [])
})

test('V1-311 the papers of others are not found; staff sees all', async () => {
  const { owner, number } = await ordered('cod')
  const stranger = await signedUp(server)
  const staff = await staffMember(server)
  for (const path of ['invoice/', 'documents/'])
    assert.equal((await read(stranger, `${number}/${path}`)).status, 404, path)
  assert.equal((await read(staff, `${number}/invoice/`)).status, 200)
  assert.equal((await server.call('GET', `/api/v1/orders/${number}/documents/`)).status, 401)
  assert.equal((await read(owner, `${number}/documents/`)).body.length, 1)
})
