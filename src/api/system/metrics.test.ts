import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase } from '#platform/database'
import { countWaitingJobs } from '#platform/jobs'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { addGauges } from '../../commerce/gauges.ts'
import { buildServer } from '../index.ts'

const TOKEN = 'a-token-for-prometheus'
let server: TestServer
before(async () => {
  server = await openTestServer({ METRICS_TOKEN: TOKEN })
})
after(() => server.close())

async function scrape(of = server, token = TOKEN): Promise<string> {
  const { status, body, headers } = await of.call('GET', '/metrics', { token })
  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
  assert.equal(headers['cache-control'], 'no-store')
  return String(body)
}
/** The value of a metric with these labels; 0 where there is none. */
function figure(text: string, name: string, labels: Record<string, string> = {}): number {
  const line = text
    .split('\n')
    .find(
      (each) =>
        new RegExp(`^${name}[{ ]`).test(each) &&
        Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
    )
  return Number(line?.split(' ').at(-1) ?? 0)
}
const REQUESTS = 'souk_http_request_duration_seconds_count'

test('V1-446 only the token of METRICS_TOKEN reads the metrics where there is one', async () => {
  assert.equal((await server.call('GET', '/metrics')).status, 401)
  for (const token of ['', 'a-token-for-prometheuz', `${TOKEN}x`, (await signedUp(server)).access])
    assert.equal((await server.call('GET', '/metrics', { token })).status, 401, token)
  await scrape()
})

test('V1-446 without METRICS_TOKEN staff reads them, and nobody else', async () => {
  const other = await openTestServer()
  assert.equal((await other.call('GET', '/metrics')).status, 401)
  assert.equal((await other.call('GET', '/metrics', { token: (await signedUp(other)).access })).status, 403)
  await scrape(other, (await staffMember(other)).access)
  await other.close()
})

test('V1-446 a request is counted by the pattern of its route, never by its address', async () => {
  const product = await stockedProduct(server)
  const labels = { surface: 'v1', route: '/api/v1/products/:id/', method: 'GET' }
  const before = await scrape()
  for (const id of [product.id, 999_997, 999_998]) await server.call('GET', `/api/v1/products/${id}/`)
  const text = await scrape()
  assert.equal(
    figure(text, REQUESTS, { ...labels, status: '404' }) - figure(before, REQUESTS, { ...labels, status: '404' }),
    2,
  )
  assert.equal(
    figure(text, REQUESTS, { ...labels, status: '200' }) - figure(before, REQUESTS, { ...labels, status: '200' }),
    1,
  )
  await server.call('GET', '/no-such-page/')
  const after = await scrape()
  assert.ok(!/99999[78]\/|no-such-page/.test(after))
  assert.equal(figure(after, REQUESTS, { route: 'none', status: '404' }), 1)
  assert.ok(figure(after, 'souk_sql_statement_duration_seconds_count', { outcome: 'answered' }) > 5)
})

test('V1-446 an answer that is given from the cache counts as one of its route', async () => {
  const labels = { surface: 'v1', route: '/api/v1/categories/', method: 'GET', status: '200' }
  await server.call('GET', '/api/v1/categories/')
  const before = figure(await scrape(), REQUESTS, labels)
  const early: string[] = []
  server.server.onEarlyAnswer(({ request }) => void early.push(request.url!))
  for (let at = 0; at < 5; at += 1) await server.call('GET', '/api/v1/categories/')
  assert.equal(early.length, 5, 'they come from the cache')
  assert.equal(figure(await scrape(), REQUESTS, labels) - before, 5)
})

test('V1-446 waiting jobs, letters and the pool are told of; so is an event', async () => {
  const names = { first_name: 'Jane', last_name: 'Doe', username: 'jane-doe', email: 'jane-doe@example.com' }
  const body = { ...names, password: 'SecurePass123!' }
  assert.equal((await server.call('POST', '/api/v1/auth/register/', { body })).status, 201)
  const text = await scrape()
  const waiting = await countWaitingJobs(server.shop.db)
  const queue = 'event-deliveries'
  assert.ok(figure(text, 'souk_jobs_waiting', { queue }) > 0)
  assert.equal(figure(text, 'souk_jobs_waiting', { queue }), waiting.find((each) => each.queue === queue)!.waiting)
  assert.equal(figure(text, 'souk_database_up'), 1)
  assert.equal(figure(text, 'souk_database_connections', { state: 'most' }), 10)
  assert.ok(figure(text, 'souk_events_total', { event: 'account.registered' }) >= 1)
  for (const name of ['souk_jobs_dead', 'souk_letters', 'souk_texts'])
    assert.match(text, new RegExp(`^${name}[{ ]`, 'm'))
})

test('V1-446 a database that is down is told of', async () => {
  const db = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' })
  const { openMetrics } = await import('#platform/metrics')
  const app = { ...server.shop, db, metrics: openMetrics() }
  addGauges(app)
  const alone = await buildServer(app)
  const answer = await alone.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
  assert.equal(answer.statusCode, 200)
  assert.match(answer.body, /^souk_database_up 0$/m)
  await alone.close()
  await db.destroy()
})
