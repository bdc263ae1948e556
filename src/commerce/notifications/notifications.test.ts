// What people are told, from the event to the letter that left.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { findAccount, registerAccount, requestVerification, verifyEmail } from '#commerce/identity'
import { draftOrder, type Order, type OrderDraft, orderCancelled, orderPaid, orderPlaced } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import { openMailer } from '#platform/mail'
import { signedUp } from '../../../test/accounts.ts'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { sendVerificationMail } from './index.ts'

const FRONTEND = 'https://a-very-long-host-name.of-some-company.example.com/shop/front'
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const visit = { surface: 'v1', device: { ip: '127.0.0.1', userAgent: 'test' } } as const

let shop: TestShop
let accountId: number
let count = 0

before(async () => {
  shop = await openTestShop({ FRONTEND_URL: FRONTEND, MAIL_FROM: 'Kettles & Co <hello@kettles.example>' })
  accountId = (await signedUp({ shop }, { email: 'ada@example.com' })).accountId
})
beforeEach(() => {
  shop.letters.length = 0
})
after(() => shop.close())

async function register(email: string) {
  count += 1
  const input = { email, username: `user-${count}`, password: 'SecurePass123!', firstName: 'Ada', lastName: 'L' }
  return (await registerAccount(shop, input, visit)).account
}

async function placed(over: Partial<OrderDraft> = {}): Promise<Order> {
  count += 1
  const address = { full_name: 'Ada Lovelace', phone: null, address_line1: '12 St James’s Square', address_line2: '' }
  const place = { ...address, city: 'London', state: '', postal_code: 'SW1Y 4JH', country: 'GB' }
  const line = {
    productId: 1,
    variantId: 1,
    sku: 'KET-1',
    quantity: 2,
    unitPriceMinor: 5000,
    discountMinor: 0,
    taxMinor: 1800,
    snapshot: { name: 'Kettle', slug: 'kettle', variant: '', attributes: {}, image: null },
  }
  const draft: OrderDraft = {
    number: `ORD-TEST${count}`,
    accountId,
    email: 'ada@example.com',
    channel: 'v1',
    status: 'pending',
    paymentStatus: 'pending',
    currency: 'INR',
    subtotalMinor: 10000,
    discountMinor: 0,
    taxMinor: 1800,
    taxPercent: '18',
    taxIncluded: false,
    explanation: [],
    addressId: null,
    shippingMinor: 500,
    totalMinor: 12300,
    couponCode: null,
    shippingAddress: place,
    billingAddress: place,
    shippingMethod: 'standard',
    paymentMethod: 'stripe',
    notes: '',
    paymentDueAt: null,
    lines: [{ ...line, name: 'Kettle <b>"Crème"</b>\n& co' }],
    ...over,
  }
  return inTransaction(shop.db, async (tx) => {
    const order = await draftOrder(tx, draft, shop.now())
    await publish(tx, orderPlaced({ orderId: order.id }))
    return order
  })
}

type OrderEvent = typeof orderPaid
const tell = (event: OrderEvent, orderId: number) => inTransaction(shop.db, (tx) => publish(tx, event({ orderId })))

/** Works all jobs as if each had been lost after its work was done: every one runs twice. */
async function runJobsTwice(): Promise<void> {
  await shop.runJobs()
  await sql`update jobs.job set state = 'created', completed_on = null where state = 'completed'`.execute(shop.db)
  await shop.runJobs()
}

async function notices() {
  const { rows } = await sql<{ type: string; title: string; body: string; data: object }>`
    select type, title, body, data from notifications.notices where account_id = ${accountId} order by id`.execute(
    shop.db,
  )
  return rows
}

async function countTokens(id: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from identity.one_time_tokens where account_id = ${id}`.execute(shop.db)
  return rows[0]!.count
}

test('V1-045 who registers gets one mail whose link, in text and HTML, holds the only UUID, and the link works', async () => {
  const account = await register('Grace@Example.com')
  await runJobsTwice()
  assert.equal(shop.letters.length, 1)
  const [letter] = shop.letters
  assert.equal(letter?.to.toLowerCase(), 'grace@example.com')
  const [token] = letter!.text.match(UUID) ?? []
  assert.match(letter!.text, new RegExp(`^${FRONTEND}/verify-email/${token}$`, 'm'))
  assert.ok(letter!.html.includes(`href="${FRONTEND}/verify-email/${token}"`))
  assert.deepEqual([...new Set(`${letter!.text}${letter!.html}`.match(UUID))], [token])
  assert.equal(await countTokens(account.id), 1)
  await verifyEmail(shop, token!, visit)
  assert.ok((await findAccount(shop.db, account.id))?.emailVerifiedAt)
})

test('V1-045 the mail in the outbox holds the whole link in its text part, and no other UUID anywhere', async () => {
  await register('outbox@example.com')
  await shop.runJobs()
  const folder = mkdtempSync(join(tmpdir(), 'souk-outbox-'))
  const mailer = openMailer({ from: shop.config.MAIL_FROM, outbox: folder, host: 'kettles.example', log: shop.log })
  await mailer.send({ id: 1, ...shop.letters[0]!, attachments: [] })
  const file = readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')
  rmSync(folder, { recursive: true })
  assert.equal(new Set(file.match(UUID)).size, 1)
  const [textPart = ''] = file.split('text/html')
  assert.match(textPart, new RegExp(`^${FRONTEND}/verify-email/${file.match(UUID)![0]}$`, 'm'))
})

test('V1-045 the same job worked twice at the same moment makes one letter and one token', async () => {
  const account = await register('twice@example.com')
  const event = { id: 987_654, payload: { accountId: account.id, surface: 'v1' } } as const
  await Promise.all(Array.from({ length: 4 }, () => sendVerificationMail(shop, event)))
  assert.equal(await countTokens(account.id), 1)
  await shop.runJobs()
})

test('V1-060 another mail can be asked for; who is verified gets none', async () => {
  await register('again@example.com')
  await requestVerification(shop, 'again@example.com', visit)
  await shop.runJobs()
  assert.equal(shop.letters.length, 2)
  const tokens = shop.letters.map(({ text }) => text.match(UUID)?.[0])
  assert.notEqual(tokens[0], tokens[1])
  await sendVerificationMail(shop, { id: 987_655, payload: { accountId, surface: 'v1' } })
  await shop.runJobs()
  assert.equal(shop.letters.length, 2)
})

test('V1-300 V1-373 who orders is told by mail, with articles and figures, and inside the shop: once each', async () => {
  const order = await placed()
  await runJobsTwice()
  assert.equal(shop.letters.length, 1)
  const [letter] = shop.letters
  assert.equal(letter?.to, 'ada@example.com')
  assert.equal(letter?.subject, `We have received your order ${order.number}`)
  assert.match(letter!.text, /^2 x Kettle <b>"Crème"<\/b> & co: ₹100\.00$/m)
  assert.match(letter!.text, /^Total: ₹123\.00$/m)
  assert.match(letter!.text, /Kettles & Co/)
  assert.match(letter!.html, /2 &times; Kettle &lt;b&gt;&quot;Cr&#232;me&quot;&lt;\/b&gt; &amp; co/)
  assert.match(letter!.html, /&#8377;123\.00/)
  assert.doesNotMatch(letter!.html, /<b>|[^\x20-\x7e\n]/)
  assert.deepEqual(letter?.attachments, [])
  const told = (await notices()).filter(({ data }) => (data as { order_number: string }).order_number === order.number)
  assert.deepEqual(told, [
    {
      type: 'order_placed',
      title: 'Order received',
      body: `We have received your order ${order.number} for ₹123.00.`,
      data: { order_number: order.number },
    },
  ])
})

test('V1-334 who has paid gets a receipt with the invoice as PDF, and a notice: once each', async () => {
  const order = await placed({ paymentStatus: 'paid', status: 'processing' })
  await shop.runJobs()
  shop.letters.length = 0
  await tell(orderPaid, order.id)
  await runJobsTwice()
  assert.equal(shop.letters.length, 1)
  const [letter] = shop.letters
  assert.equal(letter?.subject, `Payment received for your order ${order.number}`)
  assert.deepEqual(
    letter?.attachments.map(({ filename }) => filename),
    [`invoice-${order.number}.pdf`],
  )
  const [page = ''] = readPdfPages(Buffer.from(letter!.attachments[0]!.base64, 'base64'))
  assert.match(page, new RegExp(`^${order.number}$`, 'm'))
  assert.match(page, /^₹123\.00$/m)
  assert.match(page, /^Kettles & Co$/m)
  assert.equal((await notices()).filter(({ type }) => type === 'order_paid').length, 1)
})

test('who pays on delivery gets the invoice with the confirmation', async () => {
  const order = await placed({ paymentMethod: 'cod', status: 'processing' })
  await shop.runJobs()
  assert.deepEqual(
    shop.letters[0]?.attachments.map(({ filename }) => filename),
    [`invoice-${order.number}.pdf`],
  )
  assert.match(shop.letters[0]!.text, /You pay ₹123\.00 on delivery/)
})

test('V1-307 a cancellation is told by mail and inside the shop, with what becomes of the money', async () => {
  const unpaid = await placed({ status: 'cancelled' })
  const paid = await placed({ status: 'cancelled', paymentStatus: 'paid' })
  await shop.runJobs()
  shop.letters.length = 0
  await tell(orderCancelled, unpaid.id)
  await tell(orderCancelled, paid.id)
  await runJobsTwice()
  assert.deepEqual(
    shop.letters.map(({ subject }) => subject).toSorted(),
    [unpaid, paid].map(({ number }) => `Your order ${number} was cancelled`).toSorted(),
  )
  const textOf = (order: Order) => shop.letters.find(({ subject }) => subject.includes(order.number))!.text
  assert.match(textOf(unpaid), /There is nothing to pay/)
  assert.match(textOf(paid), /will be refunded/)
  assert.equal((await notices()).filter(({ type }) => type === 'order_cancelled').length, 2)
})

test('an order without an e-mail address is told inside the shop alone', async () => {
  const order = await placed({ email: null })
  await shop.runJobs()
  assert.deepEqual(shop.letters, [])
  assert.ok((await notices()).some(({ body }) => body.includes(order.number)))
})
