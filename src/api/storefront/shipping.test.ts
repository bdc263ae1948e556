import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { placeOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { getOrder } from '#commerce/orders'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { fillCart, stockedArticle } from '../../../test/goods.ts'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, NO_CREDENTIALS } from '../../../test/storefront.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example.com' })
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const ADDRESS = {
  full_name: 'Asha Rao',
  phone: null,
  address_line1: '12 MG Road',
  address_line2: '',
  city: 'Bengaluru',
  state: 'Karnataka',
  postal_code: '560001',
  country: 'India',
}

/** An order of the storefront, paid as it was placed unless it is deferred. */
async function ordered({ isPaid = true } = {}) {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop, { currency: 'INR' }), 2])
  const { accountId, email } = buyer
  const checkout = {
    shippingAddress: ADDRESS,
    shippingMethod: 'standard',
    paymentMethod: 'builtin',
    notes: '',
  } as const
  const order = await placeOrder(
    server.shop,
    { accountId, email, channel: 'storefront' },
    { ...checkout, isPaidAtOnce: isPaid },
  )
  return { buyer, order }
}

const ask = (path: string, token?: string) => server.call('GET', `/api/shipping/${path}`, token ? { token } : {})
const rates = (body: unknown, token = staff.access) => server.call('POST', '/api/shipping/rates/', { token, body })

test('SF-337 SF-338 the label books the parcel once, by number or id, and the order knows how it goes', async () => {
  const { buyer, order } = await ordered()
  const answers = await Promise.all(
    [order.number, order.id, order.number, order.id, order.number].map((handle) =>
      ask(`label/${handle}/`, buyer.access),
    ),
  )
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  const { body } = answers[0]!
  assert.deepEqual(body.shipping_details, {
    courier: 'Souk Post',
    service_type: 'Standard delivery',
    estimated_delivery: body.shipping_details.estimated_delivery,
  })
  const told = await getOrder(server.shop.db, order.id)
  assert.deepEqual(
    [told.carrier, told.trackingNumber, told.estimatedDelivery, told.status],
    ['Souk Post', body.awb_number, body.shipping_details.estimated_delivery, 'processing'],
  )
  assert.deepEqual((await ask(`label/${order.number}`, staff.access)).body, body)
})

test('SF-338 SF-482 the label is of the parcel that staff has noted', async () => {
  const [{ buyer, order }, other] = [await ordered(), await ordered()]
  const noted = { carrier: 'Blue Dart', tracking_number: 'BD-7', estimated_delivery_date: '2030-02-03' }
  for (const { id } of [order, other.order])
    await server.call('PATCH', `/api/admin/orders/order/${id}/`, {
      token: staff.access,
      body: { ...noted, status: 'SHIPPED' },
    })
  const { status, body } = await ask(`label/${order.number}/`, buyer.access)
  assert.deepEqual(
    [status, body.awb_number, body.shipping_details.courier, body.shipping_details.estimated_delivery],
    [200, 'BD-7', 'Blue Dart', '2030-02-03'],
  )
  const { carrier, trackingNumber, estimatedDelivery } = await getOrder(server.shop.db, order.id)
  assert.deepEqual([carrier, trackingNumber, estimatedDelivery], ['Blue Dart', 'BD-7', '2030-02-03'])
  assert.equal((await ask('track/BD-7/', buyer.access)).status, 200)
  // One number is of one parcel.
  assert.equal((await ask(`label/${other.order.number}/`, other.buyer.access)).status, 400)
})

test('SF-339 the address of a label is absolute, cannot be guessed, and serves a PDF to whoever has it', async () => {
  const { buyer, order } = await ordered()
  const { label_url: url, awb_number: number } = (await ask(`label/${order.number}/`, buyer.access)).body
  assert.match(url, /^https:\/\/shop\.example\.com\/api\/shipping\/labels\/[\w-]{32}\.pdf$/)
  const { pathname } = new URL(url)
  const label = await server.call('GET', pathname)
  assert.equal(label.status, 200)
  assert.equal(label.headers['content-type'], 'application/pdf')
  assert.equal(label.headers['cache-control'], 'no-store')
  const [page] = readPdfPages(label.body)
  for (const text of ['Asha Rao', '560001 Bengaluru, Karnataka', order.number, number])
    assert.ok(page?.includes(text), `${text} is missing in:\n${page}`)
  assertAnswer(await server.call('GET', pathname.replace(/.{36}$/, `${'x'.repeat(32)}.pdf`)), 404, {
    error: 'Shipment not found.',
  })
  assert.equal((await server.call('GET', '/api/shipping/labels/../../etc')).status, 404)
})

test('SF-339 V1-151 the label of a buyer who was forgotten is gone', async () => {
  const { buyer, order } = await ordered()
  const { pathname } = new URL((await ask(`label/${order.number}/`, buyer.access)).body.label_url)
  for (const status of ['shipped', 'delivered'])
    await server.call('POST', `/api/v1/orders/${order.number}/status/`, { token: staff.access, body: { status } })
  assert.equal((await server.call('GET', pathname)).status, 200)
  const closed = await server.call('DELETE', '/api/v1/users/me/', {
    token: buyer.access,
    body: { password: buyer.password },
  })
  assert.equal(closed.status, 204)
  assertAnswer(await server.call('GET', pathname), 404, { error: 'Label not found.' })
})

test('SF-340 of an unknown or foreign order 404, of an unpaid or cancelled one 400', async () => {
  const { order } = await ordered()
  const stranger = await signedUp(server)
  for (const handle of [order.number, order.id, 'ORD-NOTTHERE', 999_999_999, '99999999999999999999', '%20'])
    assertAnswer(await ask(`label/${handle}/`, stranger.access), 404, { error: 'Order not found.' })
  const unpaid = await ordered({ isPaid: false })
  assertAnswer(await ask(`label/${unpaid.order.id}/`, unpaid.buyer.access), 400, {
    error: 'The order is not paid yet.',
  })
  const cancelled = await ordered()
  await ask(`label/${cancelled.order.number}/`, cancelled.buyer.access)
  await server.call('POST', `/api/v1/orders/${cancelled.order.number}/cancel/`, { token: staff.access, body: {} })
  assertAnswer(await ask(`label/${cancelled.order.number}/`, cancelled.buyer.access), 400, {
    error: 'The order was cancelled.',
  })
})

test('SF-338 a cancelled order stops its parcel; staff sends what was labelled', async () => {
  const cancelled = await ordered()
  const { awb_number: number } = (await ask(`label/${cancelled.order.number}/`, cancelled.buyer.access)).body
  await server.call('POST', `/api/v1/orders/${cancelled.order.number}/cancel/`, { token: staff.access, body: {} })
  await server.shop.runJobs()
  assert.equal((await ask(`track/${number}/`, cancelled.buyer.access)).body.current_status, 'EXCEPTION')
  const { buyer, order } = await ordered()
  const label = (await ask(`label/${order.number}/`, buyer.access)).body
  const sent = await server.call('POST', '/api/v1/shipping/shipments/', {
    token: staff.access,
    body: { order_number: order.number },
  })
  assert.deepEqual([sent.status, sent.body.tracking_number], [201, label.awb_number])
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'shipped')
  await server.shop.runJobs()
  assert.equal(server.shop.letters.filter(({ to, subject }) => to === buyer.email && /shipped/.test(subject)).length, 1)
})

test('SF-335 SF-336 tracking is for the owner and for admins', async () => {
  const { buyer, order } = await ordered()
  const label = (await ask(`label/${order.number}/`, buyer.access)).body
  const shipment = (await server.call('GET', `/api/v1/shipping/track/${label.awb_number}/`, { token: staff.access }))
    .body
  await server.call('PATCH', `/api/v1/shipping/shipments/${shipment.id}/`, {
    token: staff.access,
    body: { status: 'in_transit', location: 'Hubli', description: 'Sorted' },
  })
  const { status, body } = await ask(`track/${label.awb_number}/`, buyer.access)
  assert.equal(status, 200)
  assert.deepEqual(
    [body.awb_number, body.current_status, body.current_location, body.expected_delivery_date],
    [label.awb_number, 'IN_TRANSIT', 'Hubli', label.shipping_details.estimated_delivery],
  )
  assert.deepEqual(
    body.tracking_history.map((event: { status: string; location: string }) => [event.status, event.location]),
    [
      ['LABEL_CREATED', ''],
      ['IN_TRANSIT', 'Hubli'],
    ],
  )
  assert.match(body.tracking_history[1].timestamp, /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'shipped')
  assert.equal((await ask(`track/${label.awb_number}/`, staff.access)).status, 200)
  const stranger = await signedUp(server)
  for (const [number, token] of [
    [label.awb_number, stranger.access],
    ['NOT-OURS', buyer.access],
  ])
    assertAnswer(await ask(`track/${number}/`, token), 404, { error: 'Shipment not found.' })
})

test('SF-341 rates of the built-in carrier: at least one, in rupees', async () => {
  const asked = { pickup_pincode: '560001', delivery_pincode: '110001', weight: 1.5 }
  const { status, body } = await rates(asked)
  assert.equal(status, 200)
  assert.deepEqual(body, {
    available_services: [
      { courier: 'Souk Post Standard delivery', rate: '49.00', estimated_days: '3-6' },
      { courier: 'Souk Post Express delivery', rate: '129.00', estimated_days: '1-2' },
    ],
  })
  const text = { pickup_pincode: 560001, delivery_pincode: '110001', weight: '1.5' }
  assert.deepEqual((await rates({ ...text, dimensions: { length: '10', width: 20, height: 30.5 } })).body, body)
})

test('SF-342 odd rates are told with an error', async () => {
  const good = { pickup_pincode: '560001', delivery_pincode: '110001', weight: 1 }
  const box = { length: 1, width: 1, height: 1 }
  for (const odd of [
    {},
    { ...good, pickup_pincode: '56001' },
    { ...good, delivery_pincode: '1100011' },
    { ...good, delivery_pincode: 'SW1Y4J' },
    { ...good, delivery_pincode: null },
    { ...good, weight: 0 },
    { ...good, weight: '0' },
    { ...good, weight: -1 },
    { ...good, weight: 'heavy' },
    { ...good, weight: '' },
    { ...good, weight: 1e300 },
    { ...good, weight: [1] },
    { ...good, weight: '1e3' },
    { ...good, dimensions: { ...box, height: 0 } },
    { ...good, dimensions: { ...box, width: '-1' } },
    { ...good, dimensions: { length: 1, width: 1 } },
    { ...good, dimensions: 'large' },
  ]) {
    const { status, body } = await rates(odd)
    assert.equal(status, 400, JSON.stringify(odd))
    assert.equal(body.error, 'Invalid shipping data')
    assert.ok(Object.keys(body.details).length > 0)
  }
})

test('SF-344 without a token 401', async () => {
  for (const path of ['track/SP1/', 'label/ORD-1/']) assertAnswer(await ask(path), 401, NO_CREDENTIALS)
  assertAnswer(await server.call('POST', '/api/shipping/rates/', { body: {} }), 401, NO_CREDENTIALS)
})
