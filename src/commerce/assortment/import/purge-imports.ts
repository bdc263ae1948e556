import { inTransaction } from '#platform/database'
import type { App } from '../../app.ts'
import { deleteImportsBefore, endStaleImports } from './imports.queries.ts'
import { deleteLeftRows } from './rows.queries.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const KEPT_MS = 30 * DAY_MS
/** Longer than any step of an import takes between two signs of life. */
const STALE_MS = 15 * MINUTE_MS
/** Workers may have been stopped over a night. */
const QUEUED_MS = 2 * DAY_MS

/** Ends the imports that a process left which was killed, takes left rows away, and forgets imports after thirty days. */
export function purgeImports(app: App): Promise<void> {
  const now = app.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  return inTransaction(app.db, async (tx) => {
    await endStaleImports(tx, before(STALE_MS), before(QUEUED_MS), now)
    await deleteLeftRows(tx)
    await deleteImportsBefore(tx, before(KEPT_MS))
  })
}
