import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const PATH = '/api/analytics/system/'

test('MP-148 staff sees how process, database and queues are; nobody else does', async () => {
  assert.equal((await server.call('GET', PATH)).status, 401)
  assert.equal((await server.call('GET', PATH, { token: (await signedUp(server)).access })).status, 403)
  const { access: token } = await staffMember(server)
  await sql`insert into platform.letters (key, recipient, subject, content, status)
    values ('1', 'a@example.com', 'One', '{}', 'queued'), ('2', 'a@example.com', 'Two', '{}', 'dead')`.execute(
    server.shop.db,
  )
  const { status, body, headers } = await server.call('GET', PATH, { token })
  assert.deepEqual([status, body.status, headers['cache-control']], [200, 200, 'no-store'])
  const { cpu_percent, memory, uptime, requests, latency, database, queue } = body.data
  assert.ok(cpu_percent >= 0 && uptime >= 0 && memory.resident_bytes > memory.heap_used_bytes)
  assert.equal(requests.total, 2, 'those that were answered before this one')
  assert.ok(latency.p50 > 0 && latency.p50 <= latency.p95 && latency.p95 <= latency.p99)
  assert.equal(database.connected, true)
  assert.equal(database.connections_max, 10)
  assert.ok(database.connections_in_use >= 0 && database.connections >= 1)
  assert.ok(database.statements > 5 && database.statement_average > 0)
  assert.deepEqual(queue.letters, { waiting: 1, dead: 1 })
  assert.deepEqual([queue.dead, queue.texts], [0, { waiting: 0, dead: 0 }])
  const again = await server.call('GET', PATH, { token })
  assert.equal(again.body.data.requests.total, 3)
})

test('MP-204 a bug in a route is reported with its request, and the client is told nothing of it', async () => {
  const told: { message: string; context: object }[] = []
  server.shop.errors.add({ name: 'list', send: async (report) => void told.push(report) })
  const { access: token, accountId } = await staffMember(server)
  await sql`alter table platform.letters rename to letters_away`.execute(server.shop.db)
  const headers = { 'x-request-id': '7f4df8a4-1111-4222-8333-944444444444' }
  const { status, body } = await server.call('GET', PATH, { token, headers })
  await sql`alter table platform.letters_away rename to letters`.execute(server.shop.db)
  assert.equal(status, 500)
  assert.ok(!JSON.stringify(body).includes('letters'))
  await server.shop.errors.close()
  assert.deepEqual(
    told.map(({ message, context }) => ({ message, context })),
    [
      {
        message: 'relation "platform.letters" does not exist',
        context: { request: headers['x-request-id'], route: PATH, user: accountId, method: 'GET' },
      },
    ],
  )
})
