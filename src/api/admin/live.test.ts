import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type EventStream, openEventStream } from '../../../test/event-stream.ts'
import { until } from '../../../test/eventually.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let base: string
let staff: SignedUp
const opened: EventStream[] = []
before(async () => {
  server = await openTestServer()
  await server.server.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(server.server.server.address() as AddressInfo).port}/api/admin/analytics`
  staff = await signedUp(server, { isStaff: true, surface: 'storefront' })
})
afterEach(() => {
  for (const each of opened.splice(0)) each.close()
})
after(async () => {
  setTimeout(() => server.server.server.closeAllConnections(), 300)
  await server.close()
})

async function watch(path: string, user: SignedUp = staff): Promise<EventStream> {
  const stream = await openEventStream(`${base}/${path}`, { authorization: `Bearer ${user.access}` })
  opened.push(stream)
  return stream
}
const rowsIn = ({ text }: EventStream) =>
  [...text.matchAll(/^id: \d+\nevent: row\ndata: (.+)\n\n/gm)].map(([, data]) => JSON.parse(data!))

function fail(message: string, endpoint = '/api/cart/'): void {
  const error = { endpoint, message, stackTrace: 'at somewhere', accountId: null }
  server.shop.trail.noteError({ happenedAt: server.shop.now(), ...error })
}

test('SF-467 an error that happens comes to the open list, as the list shows it, where its filters choose it', async () => {
  fail('before anybody looked')
  await server.shop.trail.flush()
  const [all, some] = [await watch('errorlog/live/'), await watch('errorlog/live/?endpoint=checkout')]
  assert.equal(all.status, 200)
  assert.match(all.type!, /^text\/event-stream/)
  fail('first')
  fail('second', '/api/orders/checkout/')
  const rows = await until(
    () => rowsIn(all),
    (came) => came.length === 2,
  )
  const { body } = await server.call('GET', '/api/admin/analytics/errorlog/?ordering=timestamp', {
    token: staff.access,
  })
  assert.deepEqual(rows, body.results.slice(1))
  assert.deepEqual(
    (
      await until(
        () => rowsIn(some),
        (came) => came.length === 1,
      )
    ).map(({ error_message }) => error_message),
    ['second'],
  )
})

test('SF-467 a request comes to the open list of events', async () => {
  const events = await watch('apievent/live/?response_status_code=404&search=curious')
  await server.call('GET', '/api/products/999999/', { token: staff.access, headers: { 'user-agent': 'Curious/2.0' } })
  const [row] = await until(
    () => rowsIn(events),
    (came) => came.length === 1,
  )
  assert.equal(row.status_badge.label, '404')
})

test('SF-467 only staff looks on; other models have no such list', async () => {
  assert.equal((await server.call('GET', '/api/admin/analytics/errorlog/live/')).status, 401)
  const user = await signedUp(server, { surface: 'storefront' })
  assert.equal((await watch('errorlog/live/', user)).status, 403)
  assert.equal((await watch('errorlog/live/?user_id=x')).status, 400)
  assert.equal(
    (await server.call('GET', '/api/admin/analytics/searchanalytics/live/', { token: staff.access })).status,
    404,
  )
})
