import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { WebSocket as Socket } from 'ws'
import { openLiveNotices } from '#commerce/notifications'
import { listenToChanges, noteChange, openChangeFeed } from '#platform/changes'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type EventStream, noticesIn, openEventStream } from '../../../test/event-stream.ts'
import { until } from '../../../test/eventually.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let base: string
const opened: { close(): void }[] = []
before(async () => {
  server = await openTestServer()
  await server.server.listen({ port: 0, host: '127.0.0.1' })
  base = `127.0.0.1:${(server.server.server.address() as AddressInfo).port}`
})
afterEach(() => {
  for (const each of opened.splice(0)) each.close()
})
after(async () => {
  // What the client has opened beforehand, and sent nothing by, would be waited for.
  setTimeout(() => server.server.server.closeAllConnections(), 300)
  await server.close()
})

const STREAM = '/api/v1/notifications/stream/'
const WS = '/ws/v1/notifications/'
async function openStream(path: string, headers: Record<string, string> = {}, host = base): Promise<EventStream> {
  const stream = await openEventStream(`http://${host}${path}`, headers)
  opened.push(stream)
  return stream
}
const streamOf = ({ access }: SignedUp, more: Record<string, string> = {}) =>
  openStream(STREAM, { authorization: `Bearer ${access}`, ...more })

function openSocket(host: string, path: string, user?: SignedUp): Promise<Socket> {
  const socket = new Socket(`ws://${host}${path}`, user && { headers: { authorization: `Bearer ${user.access}` } })
  opened.push({ close: () => socket.terminate() })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('error', reject)
  })
}

async function order(buyer: SignedUp): Promise<string> {
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const { body: placed } = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })
  await server.shop.runJobs()
  return placed.order_number
}
const ticketOf = async ({ access: token }: SignedUp): Promise<string> => {
  const { status, body } = await server.call('POST', '/api/v1/notifications/ticket/', { token })
  assert.equal(status, 201)
  assert.deepEqual(Object.keys(body), ['ticket', 'expires_in'])
  return body.ticket
}

test('V1-374 a notice reaches the open stream of its account, as the list shows it, and nobody else', async () => {
  const [buyer, other] = [await signedUp(server), await signedUp(server)]
  const [mine, foreign] = [await streamOf(buyer), await streamOf(other)]
  assert.equal(mine.status, 200)
  assert.match(mine.type!, /^text\/event-stream/)
  const number = await order(buyer)
  const [notice] = await until(
    () => noticesIn(mine),
    (notices) => notices.length === 1,
  )
  const { body } = await server.call('GET', '/api/v1/notifications/', { token: buyer.access })
  assert.deepEqual(notice, body.results[0])
  assert.equal(notice.data.order_number, number)
  assert.deepEqual(noticesIn(foreign), [])
})

test('V1-374 who comes back with the id of the last notice gets what was told since, once', async () => {
  const buyer = await signedUp(server)
  await order(buyer)
  const { body } = await server.call('GET', '/api/v1/notifications/', { token: buyer.access })
  const last = String(body.results[0].id)
  await order(buyer)
  const again = await streamOf(buyer, { 'last-event-id': last })
  await until(
    () => noticesIn(again),
    (notices) => notices.length === 1,
  )
  await order(buyer)
  const notices = await until(
    () => noticesIn(again),
    (came) => came.length === 2,
  )
  assert.equal(new Set(notices.map(({ id }) => id)).size, 2)
  assert.ok(!notices.some(({ id }) => String(id) === last))
  const fresh = await streamOf(buyer, { 'last-event-id': 'nonsense' })
  await sleep(300)
  assert.deepEqual(noticesIn(fresh), [])
})

test('V1-374 a notice that is committed after a later one is not lost', async () => {
  const buyer = await signedUp(server)
  const stream = await streamOf(buyer)
  const tell = (id: number) =>
    inTransaction(server.shop.db, async (tx) => {
      await sql`insert into notifications.notices (id, key, account_id, type, title, body, data, created_at)
        overriding system value values (${id}, ${`late-${id}`}, ${buyer.accountId}, 'note', '', '', '{}', now())`.execute(
        tx,
      )
      noteChange(tx, `notices:${buyer.accountId}`)
    })
  await tell(1_000_007)
  await until(
    () => noticesIn(stream),
    (came) => came.length === 1,
  )
  await tell(1_000_003)
  const second = await streamOf(buyer)
  await tell(1_000_001)
  for (const [each, ids] of [
    [stream, [1_000_007, 1_000_003, 1_000_001]],
    [second, [1_000_001]],
  ] as const)
    assert.deepEqual(
      await until(
        () => noticesIn(each).map(({ id }) => id),
        (came) => came.length === ids.length,
      ),
      ids,
    )
})

test('V1-374 a ticket admits a browser once; of many who come with it, one', async () => {
  const buyer = await signedUp(server)
  const ticket = await ticketOf(buyer)
  const came = await Promise.all(Array.from({ length: 20 }, () => openStream(`${STREAM}?ticket=${ticket}`)))
  assert.deepEqual(came.map(({ status }) => status).toSorted(), [200, ...Array(19).fill(401)])
  const late = await ticketOf(buyer)
  server.shop.pass(61_000)
  assert.equal((await openStream(`${STREAM}?ticket=${late}`)).status, 401)
  assert.equal((await openStream(`${STREAM}?ticket=nonsense`)).status, 401)
  await server.shop.trail.flush()
  const { rows } = await sql<{ noted: string }>`
    select string_agg(request_data::text || coalesce(referer, ''), ' ') as noted from analytics.requests`.execute(
    server.shop.db,
  )
  for (const secret of [ticket, late]) assert.ok(!rows[0]!.noted.includes(secret))
  assert.equal((await openStream(STREAM)).status, 401)
  assert.equal((await server.call('POST', '/api/v1/notifications/ticket/')).status, 401)
  const left = await ticketOf(buyer)
  await server.call('POST', '/api/v1/auth/logout/', { token: buyer.access, body: { refresh: buyer.refresh } })
  assert.equal((await openStream(`${STREAM}?ticket=${left}`)).status, 401)
})

test('V1-374 V1-442 the same comes by WebSocket: with the token in the header, or a ticket', async () => {
  const buyer = await signedUp(server)
  const messages: string[] = []
  const byHeader = await openSocket(base, WS, buyer)
  byHeader.on('message', (data) => messages.push(String(data)))
  const byTicket = new WebSocket(`ws://${base}${WS}?ticket=${await ticketOf(buyer)}`)
  opened.push(byTicket)
  byTicket.addEventListener('message', ({ data }) => messages.push(String(data)))
  await new Promise((resolve) => byTicket.addEventListener('open', resolve))
  await order(buyer)
  await until(
    () => messages,
    (came) => came.length === 2,
  )
  const { body } = await server.call('GET', '/api/v1/notifications/', { token: buyer.access })
  for (const message of messages) assert.deepEqual(JSON.parse(message), body.results[0])
  await assert.rejects(openSocket(base, WS), /401/)
  await assert.rejects(openSocket(base, `${WS}?ticket=nonsense`), /401/)
  assert.equal((await server.call('GET', WS)).status, 426)
})

test('V1-374 an account has ten streams at most; who leaves makes room', async () => {
  const buyer = await signedUp(server)
  const streams = await Promise.all(Array.from({ length: 10 }, () => streamOf(buyer)))
  assert.deepEqual(
    streams.map(({ status }) => status),
    Array(10).fill(200),
  )
  assert.equal((await streamOf(buyer)).status, 429)
  streams[0]!.close()
  await until(
    async () => (await streamOf(buyer)).status,
    (status) => status === 200,
  )
})

test('V1-374 a comment keeps a quiet stream alive; who has signed out is told nothing more', async () => {
  const live = openLiveNotices(server.shop, { beatMs: 50, askMs: 1000 })
  const buyer = await signedUp(server)
  const { body } = await server.call('GET', '/api/v1/auth/sessions/', { token: buyer.access })
  const sessionId =
    JSON.parse(Buffer.from(buyer.access.split('.')[1]!, 'base64url').toString()).session_id ?? body[0]?.id
  const seen: string[] = []
  const leave = await live.join({
    accountId: buyer.accountId,
    sessionId,
    send: () => void seen.push('notice'),
    beat: () => void seen.push('beat'),
    end: () => void seen.push('end'),
  })
  await until(
    () => seen.length,
    (count) => count >= 2,
  )
  assert.deepEqual(new Set(seen), new Set(['beat']))
  await server.call('POST', '/api/v1/auth/logout/', { token: buyer.access, body: { refresh: buyer.refresh } })
  await until(
    () => seen,
    (came) => came.includes('end'),
  )
  leave()
  assert.equal(live.count(), 0)
  live.close()
})

for (const redisUrl of [undefined, process.env.REDIS_URL ?? 'none'])
  test(`V1-374 what another process tells is heard ${redisUrl ? 'by Redis' : 'by the database'}`, {
    skip: redisUrl && !process.env.REDIS_URL,
  }, async () => {
    const { shop } = server
    const feed = (hears: boolean) =>
      openChangeFeed({
        db: shop.db,
        url: shop.databaseUrl,
        redisUrl,
        hears,
        log: shop.log,
      })
    const [hearing, telling] = [await feed(true), await feed(false)]
    const live = openLiveNotices({ ...shop, changes: hearing }, { beatMs: 60_000, askMs: 50 })
    const buyer = await signedUp(server)
    const told: number[] = []
    const leave = await live.join({
      ...{ accountId: buyer.accountId, sessionId: '', beat: () => {}, end: () => {} },
      send: ({ id }) => void told.push(id),
    })
    listenToChanges(shop.db, telling.tell)
    await order(buyer)
    await until(
      () => told,
      (came) => came.length === 1,
    )
    listenToChanges(shop.db, shop.changes.tell)
    leave()
    live.close()
    await hearing.close()
    await telling.close()
  })

test('V1-374 a server that stops waits for no stream', async () => {
  const own = await openTestServer()
  await own.server.listen({ port: 0, host: '127.0.0.1' })
  const host = `127.0.0.1:${(own.server.server.address() as AddressInfo).port}`
  const buyer = await signedUp(own)
  const stream = await openStream(STREAM, { authorization: `Bearer ${buyer.access}` }, host)
  const socket = await openSocket(host, WS, buyer)
  const gone = new Promise((resolve) => socket.on('close', resolve))
  const begun = performance.now()
  await own.close()
  assert.ok(performance.now() - begun < 3000)
  await gone
  await until(
    () => stream.isOver,
    (isOver) => isOver,
  )
})
