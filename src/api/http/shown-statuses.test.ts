import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { advanceOrder } from '#commerce/checkout'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { deliver, ordered } from '../../../test/regulars.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('V1-304 MP-121 an order that is completed is found among the delivered ones, as which it is shown', async () => {
  const buyer = await signedUp(server)
  const number = await ordered(server, buyer)
  await deliver(server, await staffMember(server), number)
  await advanceOrder(server.shop, { number }, { status: 'completed', note: '', actor: 'staff' })
  for (const [path, status] of [
    ['/api/v1/orders/', 'delivered'],
    ['/api/orders/orders/', 'DELIVERED'],
  ] as const) {
    const { body } = await server.call('GET', `${path}?status=${status}`, { token: buyer.access })
    const [order] = (body.results ?? body.data?.results ?? body.data ?? body) as Record<string, unknown>[]
    assert.deepEqual([order?.order_number, order?.status], [number, status], JSON.stringify(body))
  }
})
