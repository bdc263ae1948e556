import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())
beforeEach(async () => {
  await server.shop.trail.flush()
  await sql`truncate analytics.requests, analytics.interactions, analytics.errors, analytics.daily_requests, analytics.visitors`.execute(
    server.shop.db,
  )
})

type Row = Record<string, unknown>
const rowsOf = async (table: string): Promise<Row[]> => {
  await server.shop.trail.flush()
  const { rows } = await sql<Row>`select * from ${sql.table(`analytics.${table}`)} order by id`.execute(server.shop.db)
  return rows
}
async function requests(): Promise<Row[]> {
  await server.shop.trail.flush()
  const { rows } = await sql<Row>`
    select request.*, host(ip_address) as ip, path, route from analytics.requests request
    join analytics.endpoints endpoint on endpoint.id = endpoint_id order by request.id`.execute(server.shop.db)
  return rows
}

test('SF-415 SF-416 each request becomes one row, with who, what, how long and with which answer', async () => {
  const { access: token, accountId } = await signedUp(server)
  await requests()
  await sql`truncate analytics.requests`.execute(server.shop.db)
  const headers = { 'user-agent': 'a browser', referer: 'https://shop.example/' }
  await server.call('GET', '/api/v1/cart/?page=2&q=tea', { token, headers })
  const [row, ...others] = await requests()
  assert.equal(others.length, 0)
  const { elapsedMs, happenedAt, responseSize, requestSize, ...told } = row!
  assert.ok(Number(elapsedMs) > 0 && Number(elapsedMs) < 5000)
  assert.ok(Math.abs(Number(happenedAt) - Date.now()) < 5000)
  assert.ok(Number(responseSize) > 20)
  assert.equal(requestSize, 0)
  assert.deepEqual(
    [told.path, told.route, told.method, told.status, told.accountId, told.ip, told.userAgent, told.referer],
    ['/api/v1/cart/', '/api/v1/cart/', 'GET', 200, accountId, '127.0.0.1', 'a browser', 'https://shop.example/'],
  )
  assert.deepEqual(JSON.parse(String(told.requestData)), { page: '2', q: 'tea' })
  assert.equal(told.errorMessage, null)
})

test('SF-415 SF-419 failed requests are tracked too, with what they were told', async () => {
  await server.call('GET', '/api/orders/history/')
  await server.call('GET', '/api/nowhere/')
  await server.call('POST', '/api/v1/auth/login/', { body: '{broken' })
  const rows = await requests()
  assert.deepEqual(
    rows.map(({ status }) => status),
    [401, 404, 400],
  )
  for (const { errorMessage } of rows) assert.ok(String(errorMessage).length > 5, String(errorMessage))
  assert.equal(rows[1]!.route, '(none)')
})

test('SF-417 what is secret in a body is masked', async () => {
  await server.call('POST', '/api/users/login/', {
    body: { username: 'asha', password: 'hunter2 is a secret', nested: [{ refresh_token: 'hunter2' }] },
  })
  const [row] = await requests()
  assert.deepEqual(JSON.parse(String(row!.requestData)), {
    username: 'asha',
    password: '***',
    nested: [{ refresh_token: '***' }],
  })
})

test('SF-416 what was sent is cut at 4 KB', async () => {
  await server.call('POST', '/api/users/login/', { body: { username: 'x'.repeat(10_000) } })
  assert.equal(String((await requests())[0]!.requestData).length, 4096)
})

test('SF-418 secrets in paths and queries are not written down', async () => {
  await server.call('GET', '/api/users/email-verify/?uid=dWlk&token=geheim')
  await server.call('GET', '/api/users/password-reset/confirm/dWlk/geheim/')
  const rows = await requests()
  assert.equal(rows.length, 2)
  for (const row of rows) assert.ok(!/dWlk|geheim/.test(JSON.stringify(row)), JSON.stringify(row))
})

test('SF-415 answers that are kept ready are tracked as well, and with whose visit they are', async () => {
  const product = await stockedProduct(server)
  const url = `/api/products/${product.id}/`
  const first = await server.call('GET', url)
  const cookie = String(first.headers['set-cookie']).split(';')[0]!
  for (let time = 0; time < 2; time += 1) await server.call('GET', url, { headers: { cookie } })
  const rows = await requests()
  assert.deepEqual(
    rows.map(({ path, status, sessionId }) => [path, status, sessionId === cookie.split('=')[1]!.split('.')[0]]),
    [1, 2, 3].map(() => [url, 200, true]),
  )
  const views = await rowsOf('interactions')
  assert.deepEqual(
    views.map(({ kind, productId, accountId }) => [kind, productId, accountId]),
    [1, 2, 3].map(() => ['VIEW', product.id, null]),
  )
})

test('SF-420 SF-421 a bug is noted with its stack and who met it; tracking that fails hurts nobody', async () => {
  const { access: token, accountId } = await signedUp(server)
  await sql`alter table cart.carts rename to carts_away`.execute(server.shop.db)
  try {
    assert.equal((await server.call('GET', '/api/v1/cart/', { token })).status, 500)
  } finally {
    await sql`alter table cart.carts_away rename to carts`.execute(server.shop.db)
  }
  const [error] = await rowsOf('errors')
  assert.equal(error!.endpoint, '/api/v1/cart/')
  assert.equal(error!.accountId, accountId)
  assert.match(String(error!.stackTrace), /at /)
  await sql`alter table analytics.requests rename to requests_away`.execute(server.shop.db)
  try {
    assert.equal((await server.call('GET', '/api/v1/cart/', { token })).status, 200)
    await server.shop.trail.flush()
  } finally {
    await sql`alter table analytics.requests_away rename to requests`.execute(server.shop.db)
  }
  assert.equal((await requests()).filter(({ status }) => status === 200).length, 1)
})
