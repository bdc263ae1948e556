// Shiprocket as the shop uses it, against a double of its HTTP on this machine.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { finishBookings, followShipments, placeOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { getOrder } from '#commerce/orders'
import { type SignedUp, signedUp, staffMember } from '../../../../../test/accounts.ts'
import {
  openShiprocketDouble,
  SHIPROCKET_SETTINGS,
  type ShiprocketDouble,
} from '../../../../../test/carrier-doubles/shiprocket.ts'
import { fillCart, stockedArticle } from '../../../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../../../test/server.ts'

let server: TestServer
let shiprocket: ShiprocketDouble
let staff: SignedUp
before(async () => {
  shiprocket = await openShiprocketDouble()
  server = await openTestServer({
    ...SHIPROCKET_SETTINGS,
    SHIPROCKET_API_URL: shiprocket.url,
    SHIPROCKET_WEBHOOK_TOKEN: 'a token of tests',
    LOG_LEVEL: 'silent',
  })
})
beforeEach(async () => {
  // Tests move the clock on: nobody stays signed in.
  staff = await staffMember(server)
  shiprocket.requests.length = 0
  shiprocket.orders.length = 0
  shiprocket.cancelled.length = 0
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  await shiprocket.close()
  assert.deepEqual(broken, [])
})

const ADDRESS = {
  full_name: 'Asha Rao',
  phone: '+91 98765 43210',
  address_line1: '12 MG Road',
  address_line2: '',
  city: 'Bengaluru',
  state: 'Karnataka',
  postal_code: '560001',
  country: 'IN',
}

async function ordered({
  phone = ADDRESS.phone as string | null,
  paymentMethod = 'builtin' as 'builtin' | 'cod',
} = {}) {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop, { currency: 'INR' }), 2])
  const { accountId, email } = buyer
  const order = await placeOrder(
    server.shop,
    { accountId, email, channel: 'storefront' },
    {
      shippingAddress: { ...ADDRESS, phone },
      shippingMethod: 'standard',
      paymentMethod,
      isPaidAtOnce: paymentMethod === 'builtin',
      notes: '',
    },
  )
  return { buyer, order }
}

const label = (handle: string, { access }: SignedUp) =>
  server.call('GET', `/api/shipping/label/${handle}/`, { token: access })
const ship = (body: object, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/v1/shipping/shipments/', { token: staff.access, body, headers })
const rates = (delivery_pincode: string, weight = 1.5) =>
  server.call('POST', '/api/shipping/rates/', {
    token: staff.access,
    body: { pickup_pincode: '560001', delivery_pincode, weight },
  })
const asked = (path: string) => shiprocket.requests.filter((request) => request.endsWith(path)).length

test('SF-341 rates come from those who go there, cheapest first; where nobody does, or answers, from the shop', async () => {
  const { body } = await rates('110001')
  assert.deepEqual(body.available_services, [
    { courier: 'Xpressbees Surface', rate: '123.00', estimated_days: '4' },
    { courier: 'Blue Dart Air', rate: '204.00', estimated_days: '2' },
  ])
  const own = (await rates('900001')).body.available_services
  assert.deepEqual(own[0], { courier: 'Souk Post Standard delivery', rate: '49.00', estimated_days: '3-6' })
  for (const how of [
    'tear',
    { status: 429, body: { message: 'Too many attempts' } },
    { status: 500, body: {} },
  ] as const) {
    shiprocket.fail('/courier/serviceability/', how)
    assert.deepEqual((await rates('110001')).body.available_services, own)
  }
})

test('SF-338 a booking makes one order and one air waybill there, however many ask at once', async () => {
  const { buyer, order } = await ordered()
  const answers = await Promise.all(Array.from({ length: 10 }, () => label(order.number, buyer)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  const [made, ...others] = shiprocket.orders
  assert.deepEqual(others, [])
  const { body } = answers[0]!
  assert.equal(body.awb_number, made!.awb)
  assert.deepEqual(
    [body.shipping_details.courier, body.shipping_details.service_type],
    ['Shiprocket', 'Xpressbees Surface'],
  )
  const { billing_phone, order_items, payment_method, sub_total, weight } = made!.body
  assert.deepEqual(
    [billing_phone, payment_method, sub_total, weight],
    ['9876543210', 'Prepaid', order.totalMinor / 100, 0.5],
  )
  assert.deepEqual(
    (order_items as { units: number }[]).map(({ units }) => units),
    [2],
  )
  const file = await server.call('GET', new URL(body.label_url).pathname)
  assert.equal(file.body.subarray(0, 5).toString(), '%PDF-')
  assert.equal(asked('/courier/generate/label'), 1)
})

test('a token is kept, and fetched anew where it is no longer good', async () => {
  const before = shiprocket.logins
  await rates('110001')
  await rates('110001')
  assert.equal(shiprocket.logins, before)
  shiprocket.forgetTokens()
  assert.equal((await rates('110001')).body.available_services[0].courier, 'Xpressbees Surface')
  assert.equal(shiprocket.logins, before + 1)
  server.shop.pass(10 * 86_400_000)
  staff = await staffMember(server)
  await rates('110001')
  assert.equal(shiprocket.logins, before + 2)
})

test('V1-288 a carrier that is silent leaves no order shipped; the same parcel is booked by the next who asks', async () => {
  const { order } = await ordered({ paymentMethod: 'cod' })
  shiprocket.fail('/orders/create/adhoc', 'tear')
  const headers = { 'idempotency-key': 'patience' }
  const first = await ship({ order_number: order.number }, headers)
  assert.deepEqual([first.status, first.body], [503, { detail: 'The carrier does not answer. Please try again.' }])
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'processing')
  const second = await ship({ order_number: order.number }, headers)
  assert.equal(second.status, 201)
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'shipped')
  assert.equal(shiprocket.orders.length, 1)
  assert.equal(shiprocket.orders[0]!.body.payment_method, 'COD')
  assert.equal(shiprocket.orders[0]!.body.sub_total, order.totalMinor / 100)
  assert.deepEqual((await ship({ order_number: order.number }, headers)).body, second.body)
})

test('V1-288 an answer that was lost makes no second parcel: the sweeper finds the first, ever more seldom', async () => {
  const { order } = await ordered()
  shiprocket.fail('/orders/create/adhoc', 'tear afterwards')
  assert.equal((await ship({ order_number: order.number })).status, 503)
  shiprocket.fail('/orders', { status: 429, body: { message: 'Too many attempts' }, headers: { 'retry-after': '60' } })
  server.shop.pass(130_000)
  assert.equal(await finishBookings(server.shop), 1)
  assert.equal(await finishBookings(server.shop), 0)
  server.shop.pass(300_000)
  shiprocket.fail('/courier/assign/awb', 'tear afterwards')
  assert.equal(await finishBookings(server.shop), 1)
  server.shop.pass(900_000)
  assert.equal(await finishBookings(server.shop), 1)
  assert.equal(await finishBookings(server.shop), 0)
  assert.equal(shiprocket.orders.length, 1)
  const { status, trackingNumber } = await getOrder(server.shop.db, order.id)
  assert.deepEqual([status, trackingNumber], ['shipped', shiprocket.orders[0]!.awb])
})

test('V1-288 SF-337 what it will not take is told with its reason, and is no parcel', async () => {
  const { buyer, order } = await ordered({ phone: null })
  const reason = 'The given data was invalid. The billing phone must be 10 digits.'
  const { status, body } = await label(order.number, buyer)
  assert.deepEqual([status, body], [400, { error: `The carrier does not take this parcel: ${reason}` }])
  const shipped = await ship({ order_number: order.number })
  assert.deepEqual(shipped.body, { detail: `The carrier does not take this shipment: ${reason}` })
  const elsewhere = await ship({ order_number: order.number, carrier: 'UPS', tracking_number: 'UPS-1' })
  assert.equal(elsewhere.status, 201)
  const other = await ordered()
  shiprocket.fail('/courier/assign/awb', { status: 400, body: { message: 'Wallet balance is low.' } })
  assert.equal((await label(other.order.number, other.buyer)).status, 400)
  assert.deepEqual(shiprocket.cancelled, [{ ids: [shiprocket.orders[0]!.id] }])
  assert.equal((await label(other.order.number, other.buyer)).status, 200)
})

test('SF-338 an order that is cancelled while the carrier thinks is not sent: the parcel is taken back', async () => {
  const { order } = await ordered()
  const [carrier] = server.shop.carriers
  const { book } = carrier!
  carrier!.book = async (asked) => {
    await server.call('POST', `/api/v1/orders/${order.number}/cancel/`, { token: staff.access, body: {} })
    return book(asked)
  }
  const { status, body } = await ship({ order_number: order.number })
  carrier!.book = book
  assert.deepEqual([status, body], [400, { detail: 'This order was cancelled.' }])
  await server.shop.runJobs()
  assert.deepEqual(shiprocket.cancelled[0], { awbs: [shiprocket.orders[0]!.awb] })
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'cancelled')
})

test('V1-288 what does not stay in India, or is not paid in rupees, goes with the carrier of the shop', async () => {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  const { accountId, email } = buyer
  const checkout = { shippingMethod: 'standard', paymentMethod: 'cod', notes: '' } as const
  const { number } = await placeOrder(
    server.shop,
    { accountId, email, channel: 'v1' },
    { ...checkout, shippingAddress: ADDRESS },
  )
  assert.equal((await ship({ order_number: number, carrier: 'shiprocket' })).status, 400)
  assert.equal((await ship({ order_number: number })).body.carrier, 'Souk Post')
  assert.equal(shiprocket.orders.length, 0)
})

test('V1-291 webhooks of Shiprocket are believed by their token, and worked once', async () => {
  const { buyer, order } = await ordered()
  const { awb_number: awb } = (await label(order.number, buyer)).body
  const tell = (body: object, token?: string) =>
    server.call('POST', '/api/v1/shipping/webhooks/rocket/', {
      body,
      headers: token === undefined ? {} : { 'x-api-key': token },
    })
  const scan = {
    awb: Number(awb),
    shipment_status: 'IN TRANSIT',
    shipment_status_id: 18,
    current_timestamp: '23 05 2026 11:43:52',
    scans: [{ location: 'Hubli', 'sr-status': '18' }],
  }
  assert.equal((await tell(scan)).status, 400)
  assert.equal((await tell(scan, 'another')).status, 400)
  for (let n = 0; n < 2; n += 1) assert.deepEqual((await tell(scan, 'a token of tests')).body, { received: true })
  await tell({ ...scan, shipment_status_id: 9999 }, 'a token of tests')
  const { body } = await server.call('GET', `/api/shipping/track/${awb}/`, { token: buyer.access })
  assert.deepEqual(
    body.tracking_history.map((event: { status: string; timestamp: string }) => [
      event.status,
      event.timestamp.slice(0, 19),
    ]),
    [
      ['IN_TRANSIT', '2026-05-23T06:13:52'],
      ['LABEL_CREATED', body.tracking_history[1].timestamp.slice(0, 19)],
    ],
  )
  await tell({ ...scan, shipment_status_id: 7, current_timestamp: '23 05 2099 11:43:52' }, 'a token of tests')
  assert.equal((await getOrder(server.shop.db, order.id)).status, 'delivered')
})

test('SF-335 a parcel of which nothing is heard is asked for', async () => {
  const { buyer, order } = await ordered()
  const { awb_number: awb } = (await label(order.number, buyer)).body
  const activity = { date: '2026-05-23 15:40:19', activity: 'Sorted', location: 'Hubli', 'sr-status': '18' }
  shiprocket.track(awb, [activity, { ...activity, 'sr-status': 'unknown' }])
  await followShipments(server.shop)
  assert.equal(asked(`/courier/track/awb/${awb}`), 0)
  server.shop.pass(7 * 3_600_000)
  await followShipments(server.shop)
  await followShipments(server.shop)
  assert.equal(asked(`/courier/track/awb/${awb}`), 1)
  server.shop.pass(7 * 3_600_000)
  await followShipments(server.shop)
  const { access: token } = await staffMember(server)
  const { body } = await server.call('GET', `/api/shipping/track/${awb}/`, { token })
  assert.equal(body.tracking_history.length, 2)
})
