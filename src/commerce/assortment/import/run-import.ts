import { setTimeout as sleep } from 'node:timers/promises'
import { causedBy, currentCause, inTransaction } from '#platform/database'
import type { JobQueue } from '#platform/jobs'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { checkRows } from './check-rows.ts'
import { findImport, type ProductImport, updateStatus } from './imports.queries.ts'
import { countRows, deleteRows } from './rows.queries.ts'
import { learnWordsOfRows, writeRows } from './write-rows.ts'

export const importRuns: JobQueue<{ importId: number }> = { name: 'product-imports', concurrency: 1 }

const ATTEMPTS_MAX = 3
const ASK_AGAIN_MS = 250
/** Another import may be long; who waits for this one has given up by then. */
const WAIT_MAX_MS = 30 * 60_000

/**
 * Checks an import whose rows are all there, and writes it when nothing is wrong and it is no dry run. Returns what became
 * of it. Safe to run twice: what a process left that was killed is done from the beginning.
 */
export async function runImport(app: App, importId: number): Promise<ProductImport> {
  for (let attempt = 1; ; attempt += 1) {
    const order = await findImport(app.db, importId)
    if (!order) throw new Refusal('missing', 'import_not_found', 'No such import')
    if (order.endedAt) return order
    if ((await countRows(app.db, importId)) < order.rowsRead) return endImport(app, importId, 'failed')
    if (order.status !== 'writing') await check(app, importId)
    const checked = (await findImport(app.db, importId))!
    if (checked.endedAt) return checked
    if (checked.errors > 0) return endImport(app, importId, 'refused')
    if (checked.isDryRun) return endImport(app, importId, 'done')
    if (attempt > ATTEMPTS_MAX) return endImport(app, importId, 'failed')
    await learnWordsOfRows(app, importId)
    await writeInTurn(app, checked)
  }
}

/** The same for a job: what it changes is changed by whoever began it, and stands in the audit trail (MP-205). */
export async function runImportJob(app: App, { importId }: { importId: number }): Promise<void> {
  const order = await findImport(app.db, importId)
  if (!order || order.endedAt) return
  const { startedBy } = order
  const who =
    startedBy === null ? ({ actor: 'operator' } as const) : ({ actor: 'staff', accountId: startedBy } as const)
  const requestId = currentCause()?.requestId ?? `import-${importId}`
  await causedBy({ requestId, route: `job ${importRuns.name}`, isAudited: true, ...who }, () =>
    runImport(app, importId),
  )
}

async function check(app: App, importId: number): Promise<void> {
  await updateStatus(app.db, importId, 'checking', app.now())
  await checkRows(app, importId, 'writing')
}

/** When the catalogue has moved under it, it is checked again, which finds what is wrong now. */
async function writeInTurn(app: App, order: ProductImport): Promise<void> {
  const giveUpAt = Date.now() + WAIT_MAX_MS
  for (;;) {
    const written = await writeRows(app, order)
    if (written === 'moved') await updateStatus(app.db, order.id, 'checking', app.now())
    if (written !== 'busy') return
    if (Date.now() > giveUpAt) return
    await updateStatus(app.db, order.id, 'writing', app.now())
    await sleep(ASK_AGAIN_MS)
  }
}

/** Ends an import that has not ended, and takes its rows away. */
export async function endImport(
  app: App,
  importId: number,
  status: 'done' | 'refused' | 'failed',
): Promise<ProductImport> {
  await inTransaction(app.db, async (tx) => {
    await updateStatus(tx, importId, status, app.now())
    await deleteRows(tx, importId)
  })
  return (await findImport(app.db, importId))!
}
