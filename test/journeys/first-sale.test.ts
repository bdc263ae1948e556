/** The sale as the README tells it, from the registration to the refused token. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { ADDRESS, stockedArticle } from '../goods.ts'
import { openTestServer, type TestServer } from '../server.ts'

const SECRET = 'a secret that Stripe and we know'
let server: TestServer
before(async () => {
  server = await openTestServer({ PAYMENT_WEBHOOK_SECRET: SECRET })
})
after(() => server.close())

const v1 = (path: string) => `/api/v1${path}`
const post = (path: string, body: object, token?: string, headers?: Record<string, string>) =>
  server.call('POST', v1(path), { body, ...(token && { token }), ...(headers && { headers }) })
const get = (path: string, token?: string, headers?: Record<string, string>) =>
  server.call('GET', v1(path), { ...(token && { token }), ...(headers && { headers }) })

test('a guest becomes a customer, buys, pays, cancels another order and leaves', async () => {
  const { shop } = server
  const article = await stockedArticle(shop, { priceMinor: 2450, quantity: 7 })

  const person = { email: 'Ada@Example.com', username: 'ada', password: 'SecurePass123!' }
  const registered = await post('/auth/register/', { ...person, first_name: 'Ada', last_name: 'Lovelace' })
  assert.equal(registered.status, 201)
  const early = await post('/auth/login/', { email: person.email, password: person.password })
  assert.deepEqual(early.body, { non_field_errors: ['User account is not active. Please verify your email.'] })

  await shop.runJobs()
  assert.equal(shop.letters.length, 1)
  const token = /verify-email\/([0-9a-f-]{36})/.exec(shop.letters[0]!.text)?.[1]
  const verified = await get(`/auth/verify-email/${token}/`)
  assert.equal(verified.status, 200)
  assert.ok(verified.body.access && verified.body.refresh)

  const listed = await get('/products/?in_stock=true')
  const product = listed.body.results.find((each: { id: number }) => each.id === article.productId)
  assert.deepEqual([product.final_price, product.stock], ['24.50', 7])

  const asGuest = await post('/cart/items/', { product_id: article.productId, quantity: 2 })
  const cartToken = asGuest.body.cart_token
  const { body: signedIn } = await post('/auth/login/', {
    email: 'ada@example.COM',
    password: person.password,
    cart_token: cartToken,
  })
  const { access, refresh } = signedIn
  const cart = await get('/cart/', access)
  assert.deepEqual([cart.body.item_count, cart.body.subtotal], [2, '49.00'])
  assert.deepEqual((await get('/cart/', undefined, { 'x-cart-token': cartToken })).body.items, [])

  const rates = await post('/shipping/rates/', { country: 'GB', postal_code: 'SW1Y 4JH' }, access)
  const express = rates.body.rates.find((rate: { code: string }) => rate.code === 'express')
  const { body: order } = await post('/orders/', { shipping_address: ADDRESS, shipping_method: 'express' }, access)
  assert.equal(order.shipping_cost, express.rate)

  const { body: intent } = await post(
    '/payments/intents/',
    { order_number: order.order_number, provider: 'stripe' },
    access,
  )
  const event = { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: { id: intent.provider_reference } } }
  const time = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRET)
    .update(`${time}.${JSON.stringify(event)}`)
    .digest('hex')
  const told = await post('/payments/webhooks/stripe/', event, undefined, {
    'stripe-signature': `t=${time},v1=${signature}`,
  })
  assert.deepEqual(told.body, { received: true })
  const paid = await get(`/orders/${order.order_number}/`, access)
  assert.deepEqual([paid.body.status, paid.body.payment_status], ['processing', 'paid'])

  await shop.runJobs()
  const receipt = shop.letters.find((letter) => letter.attachments.length > 0)
  assert.equal(receipt?.to, 'ada@example.com')
  assert.match(receipt!.attachments[0]!.filename, new RegExp(`${order.order_number}\\.pdf$`))
  assert.equal(Buffer.from(receipt!.attachments[0]!.base64, 'base64').subarray(0, 5).toString(), '%PDF-')

  await post('/cart/items/', { product_id: article.productId }, access)
  const { body: other } = await post('/orders/', { shipping_address: ADDRESS }, access)
  assert.equal((await get(`/products/${article.productId}/`)).body.stock, 4)
  assert.equal((await post(`/orders/${other.order_number}/cancel/`, {}, access)).body.status, 'cancelled')
  assert.equal((await get(`/products/${article.productId}/`)).body.stock, 5)
  assert.equal((await get('/orders/', access)).body.count, 2)

  assert.equal((await post('/auth/logout/', { refresh }, access)).status, 200)
  assert.deepEqual((await get('/users/me/', access)).body, { detail: 'Session has been terminated' })
  assert.equal((await post('/auth/refresh/', { refresh })).status, 401)
  assert.deepEqual((await examine(shop.db)).broken, [])
})
