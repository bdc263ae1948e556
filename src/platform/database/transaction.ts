import type { Db, Tx } from './connection.ts'
import { assertNoTransaction, asTransaction } from './scope.ts'

const DEADLOCK = '40P01'
const SERIALIZATION_FAILURE = '40001'
const ATTEMPTS_MAX = 3

/**
 * Runs work in one transaction: commits when it returns, rolls back when it throws.
 * Work may run again after a deadlock, so it changes nothing but the database. No transaction may be open already.
 */
export async function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  assertNoTransaction()
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((tx) => {
        origins.set(tx, db)
        return asTransaction(() => work(tx))
      })
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isPassing(error)) throw error
    }
  }
}

const origins = new WeakMap<Tx, Db>()

/** The database a transaction was begun on: events find their subscribers by it. */
export function databaseOf(tx: Tx): Db {
  const db = origins.get(tx)
  if (!db) throw new Error('this transaction was not begun by inTransaction')
  return db
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return code === DEADLOCK || code === SERIALIZATION_FAILURE
}
