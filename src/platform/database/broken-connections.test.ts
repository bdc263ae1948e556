// PostgreSQL is restarted, or an operator ends a session: whoever works fails, and the process goes on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { eventually } from '../../../test/eventually.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { inTransaction, openDatabase } from './index.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const CASES = {
  'while a statement runs': { meanwhile: async () => {}, seconds: 10 },
  'between two statements': { meanwhile: (ended: Promise<unknown>) => ended, seconds: 0 },
}

for (const [when, { meanwhile, seconds }] of Object.entries(CASES)) {
  test(`a connection that breaks in a transaction, ${when}, fails it, and the next one works`, async (t) => {
    const db = openDatabase({ url: shop.databaseUrl, poolSize: 1 })
    t.after(() => db.destroy())
    let pid: number | undefined
    const ended = eventually(async () => {
      if (pid === undefined) return undefined
      await sql`select pg_terminate_backend(${pid}::int)`.execute(shop.db)
      return true
    })
    const work = inTransaction(db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      pid = rows[0]!.pid
      await meanwhile(ended)
      await sql`select pg_sleep(${seconds})`.execute(tx)
      // The word that it ended may come after an answer.
      for (let asked = 0; asked < 50; asked += 1) await sql`select pg_sleep(0.05)`.execute(tx)
    })
    await assert.rejects(work)
    await ended
    const { rows } = await sql`select 1 as one`.execute(db)
    assert.deepEqual(rows, [{ one: 1 }])
  })
}
