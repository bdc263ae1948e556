/** What is logged of requests and of their statements. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { causedBy, openDatabase } from '#platform/database'
import type { Log } from '#platform/log'
import { openMetrics } from '#platform/metrics'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { watchStatements } from '../../watch-statements.ts'
import { buildServer } from '../index.ts'
import { openServer, type Server } from './server.ts'

type Line = { level: string; message: string; [field: string]: unknown }

let shop: TestServer
let lines: Line[] = []
const note =
  (level: string) =>
  (fields: object, message = '') =>
    void lines.push({ ...fields, level, message })
const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
const ofRequests = () => lines.filter(({ logger }) => logger === 'http')

before(async () => {
  shop = await openTestServer()
})
after(() => shop.close())
beforeEach(() => {
  lines = []
})

async function serverWith(config: Partial<TestServer['shop']['config']>): Promise<Server> {
  return buildServer({ ...shop.shop, log, config: { ...shop.shop.config, ...config } })
}

test('MP-203 where all are logged, each request leaves a line with its id, user, status, duration and statements', async () => {
  const server = await serverWith({ LOG_LEVEL: 'info', LOG_REQUESTS: 'all' })
  const user = await signedUp(shop)
  const headers = { authorization: `Bearer ${user.access}`, 'x-request-id': 'request-77' }
  await server.inject({ url: '/api/v1/users/me/?token=secret', headers })
  const [{ ms, ...line }] = ofRequests() as [Line]
  assert.ok(typeof ms === 'number' && ms > 0)
  assert.deepEqual(line, {
    level: 'info',
    message: 'request',
    logger: 'http',
    request: 'request-77',
    user: user.accountId,
    method: 'GET',
    url: '/api/v1/users/me/',
    status: 200,
    sql: line.sql,
  })
  assert.ok(Number(line.sql) > 0)
  await server.inject('/api/v1/brands/')
  await server.inject('/api/v1/brands/')
  const kept = ofRequests().slice(1)
  assert.deepEqual(
    kept.map(({ url, status, kept }) => [url, status, kept]),
    [
      ['/api/v1/brands/', 200, undefined],
      ['/api/v1/brands/', 200, true],
    ],
    'one that is answered from the cache, too',
  )
  await server.close()
})

test('MP-203 where only slow ones are, an ordinary request leaves no line; a slow one and a greedy one do', async () => {
  const server = await serverWith({
    LOG_LEVEL: 'info',
    LOG_REQUESTS: 'slow',
    CACHE_LIST_SECONDS: 0,
    CACHE_TREE_SECONDS: 0,
  })
  await server.inject('/api/v1/brands/')
  assert.deepEqual(ofRequests(), [])
  await server.close()

  const app = { ...shop.shop, log, config: { ...shop.shop.config, LOG_LEVEL: 'info' as const, LOG_REQUESTS: 'slow' } }
  const own = openServer(app, () => ({ status: 500, body: {} }))
  const config = { access: 'public' as const, sqlBudget: 1 }
  own.get('/greedy/', { config }, async () => {
    await sql`select 1`.execute(app.db)
    await sql`select 1`.execute(app.db)
    return {}
  })
  own.get('/slow/', { config }, async () => {
    await sql`select pg_sleep(1.1)`.execute(app.db)
    return {}
  })
  await own.inject('/greedy/')
  await own.inject('/slow/')
  assert.deepEqual(
    ofRequests().map(({ level, message, url, sql: statements, budget }) => [level, message, url, statements, budget]),
    [
      ['warn', 'more statements than the request should have', '/greedy/', 2, 1],
      ['warn', 'slow request', '/slow/', 1, undefined],
    ],
  )
  await own.close()
})

test('V1-446 a slow statement is logged with its route and text, without its values', async () => {
  const db = openDatabase({ url: shop.shop.databaseUrl, onStatement: watchStatements(openMetrics(), log, 50) })
  const server = await buildServer({ ...shop.shop, log, db })
  const secret = 'a value of somebody'
  await sql`select ${secret}::text, pg_sleep(0.1)`.execute(db)
  await sql`select ${secret}::text`.execute(db)
  const [slow, ...others] = lines
  assert.deepEqual(others, [])
  assert.deepEqual(
    [slow!.level, slow!.message, slow!.sql, slow!.logger],
    ['warn', 'slow statement', 'select $1::text, pg_sleep(0.1)', 'database'],
  )
  assert.ok(Number(slow!.ms) >= 90)
  assert.ok(!JSON.stringify(lines).includes(secret))
  const quiet = openDatabase({ url: shop.shop.databaseUrl, onStatement: watchStatements(openMetrics(), log, 0) })
  await sql`select pg_sleep(0.1)`.execute(quiet)
  assert.equal(lines.length, 1, '0 is for none')
  const command = { requestId: 'r', route: 'command import', isAudited: true, actor: 'operator' } as const
  await causedBy(command, () => sql`select pg_sleep(0.1)`.execute(db))
  assert.equal(lines.length, 1, 'and none is told of a command')
  await server.close()
  await Promise.all([db.destroy(), quiet.destroy()])
})

test('V1-446 a statement that fails late is a slow one, and said to have failed', async () => {
  const db = openDatabase({ url: shop.shop.databaseUrl, onStatement: watchStatements(openMetrics(), log, 50) })
  await assert.rejects(sql`/* once */ select 1 / (select 0 from pg_sleep(0.1))`.execute(db))
  assert.equal(lines.at(-1)?.failed, true)
  await db.destroy()
})
