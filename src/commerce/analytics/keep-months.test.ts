import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { forgetVisitor, keepMonths, type TrackedRequest } from '#commerce/analytics'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { insertActivity } from './activities.queries.ts'

const DAY_MS = 86_400_000
let shop: TestShop
before(async () => {
  shop = await openTestShop({ ANALYTICS_RETENTION_DAYS: '100', ERROR_LOG_RETENTION_DAYS: '50' })
})
after(() => shop.close())

const request = (ip: string, accountId: number | null = null): TrackedRequest => ({
  ...{ happenedAtMs: shop.now().getTime(), path: '/api/cart/', route: '/api/cart/', method: 'GET', status: 200 },
  ...{ elapsedMs: 1, accountId, sessionId: 'visit', ip, userAgent: 'a browser', referer: null, requestData: '{"a":1}' },
  ...{ errorMessage: null, requestSize: 0, responseSize: 10, isVisit: true },
})
const errorNow = () => ({
  ...{ happenedAt: shop.now(), endpoint: '/api/', message: 'boom', stackTrace: null, accountId: null },
})
async function column<Value>(text: string): Promise<Value[]> {
  const { rows } = await sql<{ value: Value }>`${sql.raw(text)}`.execute(shop.db)
  return rows.map(({ value }) => value)
}
const partitions = () =>
  column<string>(
    `select relid::regclass::text as value from pg_partition_tree('analytics.requests') where isleaf order by 1`,
  )

test('SF-520 MP-149 events lie by month; addresses are cut after 30 days, and rows go when their time is over', async () => {
  shop.trail.noteRequest(request('203.0.113.77'))
  shop.trail.noteRequest(request('2001:db8:1:2:3:4:5:6'))
  shop.trail.noteError(errorNow())
  await shop.trail.flush()
  await keepMonths(shop)
  await keepMonths(shop)
  const months = (await partitions()).filter((name) => /_\d{4}_\d\d$/.test(name))
  assert.equal(months.length, 3, 'this month and two to come')
  assert.deepEqual(
    await column('select count(*)::int as value from only analytics.requests_other'),
    [0],
    'what came before moved',
  )
  const addresses = () => column<string>('select host(ip_address) as value from analytics.requests order by id')
  assert.deepEqual(await addresses(), ['203.0.113.77', '2001:db8:1:2:3:4:5:6'])
  shop.pass(31 * DAY_MS)
  await keepMonths(shop)
  assert.deepEqual(await addresses(), ['203.0.113.0', '2001:db8:1::'])
  shop.pass(20 * DAY_MS)
  await keepMonths(shop)
  assert.deepEqual(await column('select count(*)::int as value from analytics.errors'), [0])
  assert.equal((await addresses()).length, 2)
  shop.pass(50 * DAY_MS)
  await keepMonths(shop)
  assert.deepEqual(await addresses(), [])
  assert.deepEqual(
    await column('select requests::int as value from analytics.daily_requests'),
    [2],
    'what was added up stays',
  )
  shop.pass(60 * DAY_MS)
  await keepMonths(shop)
  assert.deepEqual(await column('select count(*)::int as value from analytics.endpoints'), [0])
  assert.ok(!(await partitions()).includes(months[0]!), 'a month that is over goes whole')
})

test('SF-520 sign-ins lie by month too; told twice, one is written once', async () => {
  const { accountId } = await signedUp({ shop })
  const activity = {
    eventId: 4711,
    accountId,
    activityType: 'LOGOUT',
    surface: 'v1',
    ipAddress: '',
    userAgent: '',
  } as const
  const told = { ...activity, details: {}, happenedAt: shop.now() }
  for (let n = 0; n < 2; n += 1) await inTransaction(shop.db, (tx) => insertActivity(tx, told))
  await keepMonths(shop)
  const counts = await column<number[]>(`select json_build_array(
    (select count(*) from analytics.user_activities where event_id = 4711), (select count(*) from analytics.user_activities_other)) as value`)
  assert.deepEqual(counts, [[1, 0]])
  shop.pass(101 * DAY_MS)
  await keepMonths(shop)
  assert.deepEqual(await column('select count(*)::int as value from analytics.user_activities'), [0])
})

test('SF-507 what somebody did stays counted when he is forgotten, and is nobody’s', async () => {
  const { accountId } = await signedUp({ shop })
  shop.trail.noteRequest(request('203.0.113.77', accountId))
  const happenedAt = shop.now()
  shop.trail.note({ happenedAt, kind: 'VIEW', accountId, sessionId: 'visit', productId: 1, ip: '203.0.113.77' })
  await shop.trail.flush()
  await inTransaction(shop.db, (tx) => forgetVisitor(tx, accountId))
  const rows = await column<unknown[]>(`
    select json_build_array(account_id, session_id, ip_address, user_agent, request_data) as value from analytics.requests
    union all select json_build_array(account_id, session_id, ip_address, user_agent, null)::json from analytics.interactions`)
  assert.deepEqual(
    rows,
    [1, 2].map(() => [null, null, null, null, null]),
  )
  const visitors = await column<string>('select visitor as value from analytics.visitors')
  assert.ok(visitors.every((visitor) => !visitor.includes(`account ${accountId}`)))
})
