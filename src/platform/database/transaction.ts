import { assertNoTransaction, asTransaction } from '../scope.ts'
import type { Db, Tx } from './connection.ts'

const DEADLOCK = '40P01'
const SERIALIZATION_FAILURE = '40001'
/** What the work refers to went since it looked, or what it removes came into use: the next time it sees that, and refuses. */
const FOREIGN_KEY_VIOLATION = '23503'
const PASSING: ReadonlySet<unknown> = new Set([DEADLOCK, SERIALIZATION_FAILURE, FOREIGN_KEY_VIOLATION])
const ATTEMPTS_MAX = 3

/**
 * Runs work in one transaction: commits when it returns, rolls back when it throws.
 * Work may run again after a deadlock, or where a row that it refers to went meanwhile, so it changes nothing but the database. No transaction may be open already.
 */
export async function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  assertNoTransaction()
  for (let attempt = 1; ; attempt += 1) {
    const following: (() => Promise<void>)[] = []
    let result: Result
    try {
      result = await db.transaction().execute((tx) => {
        origins.set(tx, { db, following })
        return asTransaction(() => work(tx))
      })
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isPassing(error)) throw error
      continue
    }
    for (const follow of following) await follow()
    return result
  }
}

type Origin = { db: Db; following: (() => Promise<void>)[] }
const origins = new WeakMap<Tx, Origin>()

function originOf(tx: Tx): Origin {
  const origin = origins.get(tx)
  if (!origin) throw new Error('this transaction was not begun by inTransaction')
  return origin
}

/** The database a transaction was begun on: events find their subscribers by it. */
export const databaseOf = (tx: Tx): Db => originOf(tx).db

/** Has something done once the transaction is committed, before its caller goes on. It must not throw: what is committed is done. */
export function afterCommit(tx: Tx, follow: () => Promise<void>): void {
  originOf(tx).following.push(follow)
}

function isPassing(error: unknown): boolean {
  return PASSING.has((error as { code?: unknown }).code)
}
