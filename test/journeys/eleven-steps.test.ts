/** The journey that the storefront's document tells, call by call. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type TestServer } from '../server.ts'
import { ADDRESS_LINES, linkTo, registration } from '../storefront.ts'
import { tea } from '../storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('SF-530 the eleven calls work one after the other', async () => {
  const product = await tea(server, { name: 'Darjeeling First Flush', description: 'Leaves of spring', tags: ['tea'] })
  const customer = registration()
  const post = (path: string, body: object = {}, token?: string) =>
    server.call('POST', `/api${path}`, { body, ...(token && { token }) })

  const registered = await post('/users/register/', customer)
  assert.equal(registered.status, 201)
  await server.shop.runJobs()
  const unverified = await post('/users/login/', { login: customer.email, password: customer.password })
  assert.equal(unverified.status, 403)
  const resent = await post('/users/resend-verification-email/', {}, unverified.body.verification_token)
  assert.equal(resent.status, 200)

  const { uid, token } = linkTo(server, customer.email)
  assert.equal((await server.call('GET', `/api/users/email-verify/?uid=${uid}&token=${token}`)).status, 200)

  const { body: tokens } = await post('/users/login/', { login: customer.username, password: customer.password })
  const ask = (method: 'GET' | 'POST', path: string, body?: object) =>
    server.call(method, `/api${path}`, { token: tokens.access, ...(body && { body }) })

  assert.equal((await ask('POST', '/users/addresses/', ADDRESS_LINES)).status, 201)
  const { body: addresses } = await ask('GET', '/users/addresses/')
  const addressId = addresses[0].id

  const { body: found } = await server.call('GET', '/api/search/?q=darjeeling&type=product')
  const [hit] = found.products
  assert.equal(hit.id, product.id)
  const { price, weight } = hit.price_weights[0]

  const wanted = { product_id: hit.id, quantity: 2, price_weight: { price, weight } }
  assert.equal((await ask('POST', '/cart/add_to_cart/', wanted)).status, 201)
  const { body: cart } = await ask('GET', '/cart/retrieve_cart/')
  assert.equal(cart.items[0].quantity, 2)
  assert.equal((await ask('POST', '/cart/validate_cart/')).status, 200)
  const order = await ask('POST', '/orders/checkout/', {
    address_id: addressId,
    payment_data: { simulate_failure: false },
  })
  assert.deepEqual([order.status, order.body.payment_status], [201, 'COMPLETED'])
  assert.equal((await ask('POST', '/users/logout/', { refresh: tokens.refresh })).status, 205)
})
