// Events on a real database: what is published, who hears of it, and when.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type Db, inTransaction, openDatabase } from '#platform/database'
import { workOnce } from '#platform/jobs'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { connectSubscriptions, defineEvent, deliver, eventDeliveries, on, publish, type Subscription } from './index.ts'

const kettleSold = defineEvent<{ kettleId: number }>('kettle.sold')
type Listener = { heard: string[]; fails: boolean }

let shop: TestShop
let db: Db
const listener: Listener = { heard: [], fails: false }
const subscriptions: Subscription<Listener>[] = [
  on(kettleSold, {
    during: {
      noteInTransaction: async (tx, event) => {
        await sql`insert into platform.answers values ('kettle', ${String(event.payload.kettleId)}, '', 200, '')`.execute(
          tx,
        )
      },
    },
    after: {
      tellOne: async (app, event) => {
        if (app.fails) throw new Error('not now')
        app.heard.push(`one:${event.id}:${event.payload.kettleId}`)
      },
      tellTwo: async (app, event) => void app.heard.push(`two:${event.id}:${event.payload.kettleId}`),
    },
  }),
]

before(async () => {
  shop = await openTestShop()
  db = openDatabase({ url: shop.databaseUrl, poolSize: 4 })
  connectSubscriptions(db, subscriptions, shop.jobs)
})
beforeEach(async () => {
  listener.heard = []
  listener.fails = false
  await sql`truncate platform.events, platform.answers restart identity`.execute(db)
  await sql`delete from jobs.job`.execute(db)
})
after(async () => {
  await db.destroy()
  await shop.close()
})

const work = () =>
  workOnce(shop.jobs, [{ queue: eventDeliveries, work: (delivery) => deliver(listener, subscriptions, delivery) }])
const sell = (kettleId: number) => inTransaction(db, (tx) => publish(tx, kettleSold({ kettleId })))

async function count(table: 'events' | 'answers'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(`platform.${table}`)}`.execute(db)
  return rows[0]!.count
}

test('what listens during the transaction has happened when it commits, what listens after has a job each', async () => {
  await sell(7)
  assert.equal(await count('answers'), 1)
  assert.deepEqual(listener.heard, [])
  await work()
  assert.deepEqual(listener.heard.toSorted(), ['one:1:7', 'two:1:7'])
  await work()
  assert.equal(listener.heard.length, 2, 'each once')
})

test('of a transaction that did not happen nothing is heard', async () => {
  const undone = inTransaction(db, async (tx) => {
    await publish(tx, kettleSold({ kettleId: 7 }))
    throw new Error('no')
  })
  await assert.rejects(undone, /^Error: no$/)
  await work()
  assert.deepEqual([listener.heard, await count('events'), await count('answers')], [[], 0, 0])
})

test('what fails during the transaction undoes its cause', async () => {
  await sell(7)
  await assert.rejects(sell(7), /answers_pkey/)
  assert.equal(await count('events'), 1)
})

test('one subscriber that fails is tried again by itself, with the same event', async () => {
  listener.fails = true
  await sell(7)
  await assert.rejects(work(), /not now/)
  assert.deepEqual(listener.heard, ['two:1:7'])
  listener.fails = false
  await sql`update jobs.job set start_after = now()`.execute(db)
  await work()
  assert.deepEqual(listener.heard, ['two:1:7', 'one:1:7'])
})

test('a job whose subscriber the code no longer has is refused, not lost', async () => {
  const delivery = { subscriber: 'tellThree', event: { id: 1, name: 'kettle.sold', payload: {} } }
  await assert.rejects(deliver(listener, subscriptions, delivery), /nobody called tellThree listens to kettle.sold/)
})

test('publishing in a transaction of an unconnected database is a mistake that is told', async () => {
  const stranger = openDatabase({ url: shop.databaseUrl, poolSize: 1 })
  await assert.rejects(
    inTransaction(stranger, (tx) => publish(tx, kettleSold({ kettleId: 7 }))),
    /no subscriptions/,
  )
  await stranger.destroy()
})
