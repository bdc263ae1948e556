import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

/** An order that waits, and the address of its page. */
async function pageOfOrder() {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body: order } = await buyer.checkOut({ deferred: true })
  const { body } = await buyer.ask('POST', '/payments/initiate/', {
    ...{ order_id: order.id, amount: order.total_price, currency: 'INR', payment_method: 'card' },
  })
  const path = new URL(body.checkout_url).pathname
  const choose = (verdict: string) =>
    server.call('POST', path, {
      body: `verdict=${verdict}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const state = async () => {
    const shown = await buyer.ask('GET', `/orders/${order.id}/`)
    return [shown.body.status, shown.body.payment_status]
  }
  return { path, choose, state, order }
}

test('SF-350 the checkout address is a page that shows what is paid, and runs no script', async () => {
  const { path, order } = await pageOfOrder()
  const page = await server.call('GET', path)
  assert.equal(page.status, 200)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  const html = String(page.body)
  assert.ok(html.includes(order.order_number) && html.includes('₹599.99'))
  assert.ok(!html.includes('<script'))
  assert.match(String(page.headers['content-security-policy']), /^default-src 'none'; .*frame-ancestors 'none'/)
})

test('SF-355 who pays on the page has paid the order; who declines may try again', async () => {
  const { choose, state, path } = await pageOfOrder()
  const declined = await pageOfOrder()
  const paid = await choose('pay')
  assert.equal(paid.status, 303)
  assert.match(
    String(paid.headers.location),
    /^http:\/\/localhost:3000\/\?order=ORD-\w+&payment=PAY-\w+&status=completed$/,
  )
  assert.deepEqual(await state(), ['PROCESSING', 'COMPLETED'])
  assert.match(String((await declined.choose('decline')).headers.location), /status=failed/)
  assert.deepEqual(await declined.state(), ['PENDING', 'FAILED'])
  const settled = String((await server.call('GET', path)).body)
  assert.ok(settled.includes('This payment is done.'))
  assert.ok(!settled.includes('To be paid'))
  assert.equal((await choose('decline')).status, 303)
  assert.deepEqual(await state(), ['PROCESSING', 'COMPLETED'])
})

test('SF-350 an address of no payment says so on a page', async () => {
  for (const name of ['PAY-1', `PAY-${'0'.repeat(32)}`, 'x'])
    for (const method of ['GET', 'POST'] as const) {
      const { status, body, headers } = await server.call(method, `/pay/${name}/`)
      assert.equal(status, 404)
      assert.match(String(headers['content-type']), /^text\/html/)
      assert.match(String(body), /There is no such payment/)
    }
})
