import { afterCommit, type Db, databaseOf, type Tx } from '#platform/database'
import type { Changes } from './heard.ts'

type Listener = (changes: Changes) => Promise<void>

const noted = new WeakMap<Tx, Set<string>>()
const listeners = new WeakMap<Db, Listener>()

/** Says who is told of what changes in the transactions of a database. Done once, where the app is put together. */
export function listenToChanges(db: Db, listener: Listener): void {
  listeners.set(db, listener)
}

/** Notes that what is kept under these tags is no longer current once this transaction is committed. Costs no statement. */
export function noteChange(tx: Tx, ...tags: string[]): void {
  let known = noted.get(tx)
  if (!known) {
    const changes = new Set<string>()
    known = changes
    noted.set(tx, changes)
    afterCommit(tx, async () => listeners.get(databaseOf(tx))?.(changes))
  }
  for (const tag of tags) known.add(tag)
}
