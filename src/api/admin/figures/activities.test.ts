import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../../test/accounts.ts'
import { eventually } from '../../../../test/eventually.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { type Shopper, shopper, tea } from '../../../../test/storefront-shopper.ts'

let server: TestServer
let staff: string
let buyer: Shopper
before(async () => {
  server = await openTestServer()
  staff = (await signedUp(server, { isStaff: true, surface: 'storefront' })).access
  buyer = await shopper(server)
})
after(() => server.close())

const get = async (path: string) => {
  await server.shop.trail.flush()
  await server.shop.runJobs()
  return server.call('GET', `/api/admin/${path}`, { token: staff })
}
const today = () => server.shop.now().toISOString().slice(0, 10)

test('SF-431 SF-454 SF-455 who came, went and looked at what is listed, found by kind, user and day', async () => {
  await buyer.ask('GET', `/products/${(await tea(server)).id}/`)
  const list = async (query: string) => (await get(`analytics/useractivity/?${query}`)).body
  const { results } = await list(`user_id=${buyer.accountId}`)
  const [row] = results
  assert.deepEqual([row.activity_type, row.user.id, row.ip_address], ['PAGE_VIEW', buyer.accountId, '127.0.0.1'])
  for (const key of ['timestamp', 'details', 'user_agent']) assert.ok(key in row, key)
  const body = { email: buyer.email, password: buyer.password }
  assert.equal((await server.call('POST', '/api/v1/auth/login/', { body })).status, 200)
  const signIns = await list(`activity_type=LOGIN&search=${buyer.email}`)
  assert.ok(signIns.count > 0)
  assert.deepEqual(
    new Set(signIns.results.map((each: { activity_type: string }) => each.activity_type)),
    new Set(['LOGIN']),
  )
  const { count } = await list(`user_id=${buyer.accountId}`)
  const [year, month, day] = today().split('-').map(Number)
  assert.equal((await list(`user_id=${buyer.accountId}&year=${year}&month=${month}&day=${day}`)).count, count)
  assert.equal((await list(`user_id=${buyer.accountId}&year=1999`)).count, 0)
  assert.equal((await list('activity_type=DANCE')).count, 0)
})

test('SF-451 SF-455 what else people do is no row of the list, and the days add up to its rows', async () => {
  await buyer.add(await tea(server), 1)
  const { count, results, date_hierarchy } = (await get('analytics/useractivity/')).body
  assert.ok(
    results.every((each: { activity_type: string }) => ['LOGIN', 'LOGOUT', 'PAGE_VIEW'].includes(each.activity_type)),
  )
  assert.ok(count > 1)
  assert.deepEqual(date_hierarchy, { level: 'year', buckets: [{ value: today().slice(0, 4), count }] })
  const [year, month, day] = today().split('-').map(Number)
  const ofDay = (await get(`analytics/useractivity/?year=${year}&month=${month}&day=${day}`)).body
  assert.deepEqual([ofDay.count, ofDay.date_hierarchy.buckets], [count, [{ value: today(), count }]])
})

test('SF-432 SF-456 searches are listed, found by words, user and category', async () => {
  await buyer.ask('GET', '/search/?q=zanzibar')
  await server.call('GET', '/api/search/?q=zanzibar')
  const list = async (query: string) => (await get(`analytics/searchanalytics/?${query}`)).body
  // Searches are written together, a moment later.
  const found = await eventually(async () => {
    const page = await list('search=zanzibar')
    return page.count === 2 ? page : undefined
  })
  assert.deepEqual(
    found.results.map((each: { query: string; results_count: number }) => [each.query, each.results_count]),
    [
      ['zanzibar', 0],
      ['zanzibar', 0],
    ],
  )
  for (const key of ['user', 'timestamp', 'category']) assert.ok(key in found.results[0], key)
  const own = await list(`search=zanzibar&user_id=${buyer.accountId}`)
  assert.deepEqual([own.count, own.results[0].user.id], [1, buyer.accountId])
})

test('SF-434 SF-458 the visits and sales of a day, with its rates in per cent', async () => {
  await buyer.add(await tea(server), 1)
  assert.equal((await buyer.checkOut()).status, 201)
  for (const model of ['core/salesmetrics', 'core/salesmetrics-weekly', 'core/salesmetrics-monthly']) {
    const [row] = (await get(`${model}/`)).body.results
    for (const key of ['total_visitors', 'unique_visitors', 'new_customers', 'returning_customers'])
      assert.ok(Number.isInteger(row[key]), key)
    for (const key of ['conversion_rate', 'cart_abandonment_rate'])
      assert.match(row[`${key}_display`], /^\d+(\.\d+)?%$/)
    assert.match(String(row.customer_acquisition_cost), /^\d+\.\d{2}$/)
  }
})
