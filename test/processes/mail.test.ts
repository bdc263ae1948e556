// Who sends the mail, and that it is sent once, whoever is killed meanwhile.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { stockedArticle } from '../goods.ts'
import { openPostbox } from './postbox.ts'
import { buyerOf, openProcessShop, type ProcessShop, placeOrder } from './shop-process.ts'
import { call, findFreePort, onThisMachine, spawnSouk, startServing, until } from './souk-process.ts'

let home: ProcessShop
before(async () => {
  home = await openProcessShop()
})
beforeEach(async () => {
  await sql`delete from jobs.job`.execute(home.shop.db)
})
after(() => home.close())

/** No event and no letter waits for anybody, or is under way. */
async function isAllDone(): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from jobs.job
    where name in ('event-deliveries', 'letters') and state in ('created', 'retry', 'active')`.execute(home.shop.db)
  return rows[0]!.count === 0
}

test('V1-300 the mail of an order whose server was killed while sending it arrives once after the restart', async () => {
  const postbox = await openPostbox({ closed: true })
  const settings = { ...home.settings, SMTP_URL: postbox.url }
  const buyer = await buyerOf(home.shop, await stockedArticle(home.shop))
  const first = await startServing(settings)
  assert.equal((await placeOrder(first.url, buyer)).status, 201)
  await until('the mail server is asked', () => postbox.waiting() > 0)
  first.signal('SIGKILL')
  await first.ended

  postbox.open()
  const second = await startServing(settings)
  await until('the mail arrives', () => postbox.taken.length > 0, onThisMachine(5000))
  await until('nothing waits any more', isAllDone)
  assert.match(second.output(), /jobs of a worker that was killed are tried again/)
  assert.deepEqual(
    postbox.taken.map(({ to }) => to?.[0]?.address),
    [buyer.email],
  )
  second.signal('SIGTERM')
  assert.equal((await second.ended).code, 0)
})

test('a server without a worker takes orders, and a worker beside it sends their mail', async () => {
  const postbox = await openPostbox()
  const buyer = await buyerOf(home.shop, await stockedArticle(home.shop))
  // Nobody listens there: what the server itself sends does not arrive.
  const souk = await startServing({ ...home.settings, SMTP_URL: 'smtp://127.0.0.1:1' }, ['--no-worker'])
  assert.equal((await placeOrder(souk.url, buyer)).status, 201)
  assert.equal(await isAllDone(), false)
  const worker = spawnSouk(['worker'], { ...home.settings, SMTP_URL: postbox.url })
  await until('the mail arrives', () => postbox.taken.length > 0)
  await until('nothing waits any more', isAllDone)
  assert.equal(postbox.taken.length, 1)

  const told = await placeOrder(souk.url, await buyerOf(home.shop, buyer.article))
  assert.equal(told.status, 201)
  await until('a worker at work hears of the next at once', () => postbox.taken.length === 2, onThisMachine(5000))
  for (const each of [souk, worker]) {
    each.signal('SIGTERM')
    const { code, errors } = await each.ended
    assert.deepEqual([code, errors], [0, ''])
  }
})

test('SF-330 SF-503 while the mail server is down orders are taken and cancelled; within a minute after, the mails are there', async () => {
  const port = await findFreePort()
  const souk = await startServing({ ...home.settings, SMTP_URL: `smtp://127.0.0.1:${port}` })
  const buyer = await buyerOf(home.shop, await stockedArticle(home.shop))
  const placed = await placeOrder(souk.url, buyer)
  assert.equal(placed.status, 201)
  const cancelled = await call(`${souk.url}/api/v1/orders/${placed.body.order_number}/cancel/`, {
    ...{ token: buyer.access, body: {} },
  })
  assert.equal(cancelled.status, 200)
  await until('sending has failed', hasFailed)
  const postbox = await openPostbox({ port: Number(port) })
  await until('both mails arrive', () => postbox.taken.length === 2, 60_000)
  assert.deepEqual(new Set(postbox.taken.map(({ to }) => to?.[0]?.address)), new Set([buyer.email]))
  souk.signal('SIGTERM')
  assert.equal((await souk.ended).code, 0)
})

async function hasFailed(): Promise<boolean> {
  const { rows } = await sql`select from jobs.job where name = 'letters' and state = 'retry'`.execute(home.shop.db)
  return rows.length > 0
}
