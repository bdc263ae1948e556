/** Parameters that say nothing, or say it oddly: refused or without effect, and never a crash (SF-013, SF-018). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type SignedUp, staffMember } from '../../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

const get = (path: string) => server.call('GET', `/api/${path}`, { token: staff.access })

test('SF-013 SF-392 words that every object knows are no choice', async () => {
  await get('analytics/summary/')
  await server.shop.trail.flush()
  for (const word of ['constructor', '__proto__', 'toString', 'valueOf']) {
    const events = await get(`analytics/orders/?event_type=${word}`)
    assert.deepEqual([events.status, events.body.count], [200, 0], word)
    for (const path of [
      ...['users/user/?is_active=', 'users/user/?is_staff='],
      ...['analytics/apievent/?status=', 'core/cartabandonmentanalytics/?recovered='],
    ])
      assert.equal((await get(`admin/${path}${word}`)).status, 400, path + word)
  }
  assert.equal((await get('admin/analytics/apievent/?status=SUCCESS')).body.count >= 1, true)
})

test('SF-013 SF-024 the last of all days is one, and the year 0 has none', async () => {
  const days = ['analytics/orderanalytics', 'core/salesmetrics', 'core/salesmetrics-weekly', 'core/productanalytics']
  for (const model of [...days, 'analytics/apievent']) {
    for (const part of ['', 'export/']) {
      assert.equal((await get(`admin/${model}/${part}?end_date=9999-12-31`)).status, 200, model + part)
      const { status, body } = await get(`admin/${model}/${part}?start_date=0000-01-01`)
      assert.deepEqual([status, body], [400, { error: 'Invalid date format. Use YYYY-MM-DD.' }], model + part)
    }
  }
  assert.equal((await get('analytics/api-events/?end_date=0000-12-31')).status, 400)
})

test('SF-392 an address of a network interface is that of no request', async () => {
  for (const path of ['analytics/api-events/', 'admin/analytics/apievent/', 'admin/analytics/apievent/export/'])
    assert.equal((await get(`${path}?ip_address=fe80::1%25eth0`)).status, 200, path)
})

test('SF-018 SF-466 V1-388 a file that comes to nothing is answered as any other fault, not as a file', async () => {
  const early = await get('v1/analytics/export/?report=sales&end_date=0001-01-05')
  assert.equal(early.status, 400)
  assert.match(String(early.headers['content-type']), /json/)
  await sql`alter table analytics.errors rename to errors_away`.execute(server.shop.db)
  const { status, body, headers } = await get('admin/analytics/errorlog/export/?format=csv')
  await sql`alter table analytics.errors_away rename to errors`.execute(server.shop.db)
  assert.deepEqual([status, body.error], [500, 'Internal server error.'])
  assert.match(String(headers['content-type']), /json/)
  assert.equal(headers['content-disposition'], undefined)
})
