import type { Db } from '#platform/database'
import { findNamed, listCounted, type StockCriteria, type StockFilter } from './criteria.ts'
import { countEntries, findEntries } from './ledger.queries.ts'
import type { Window } from './levels.queries.ts'
import type { LedgerEntry, Movement } from './movement.ts'

/** `movements` holds at least one; `until` is the first moment that does not count any more. */
type Traits = { movements?: readonly Movement[]; from?: Date; until?: Date }
export type LedgerFilter = StockFilter & Traits
export type LedgerCriteria = StockCriteria & Traits

/** A page of what changed stock, the newest first (V1-354, MP-100). Nothing in the ledger is ever changed. */
export async function listLedger(db: Db, { product, location, ...rest }: LedgerFilter, window: Window) {
  const named = await findNamed(db, { product, location })
  if (!named) return { rows: [], count: 0 }
  const criteria: LedgerCriteria = { ...rest, ...named }
  return listCounted<LedgerEntry>(db, criteria, window, {
    name: 'ledger',
    rows: (known) => findEntries(db, criteria, window, known),
    count: () => countEntries(db, criteria),
  })
}
