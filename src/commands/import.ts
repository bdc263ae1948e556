import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { findImport, findImportErrors, type ImportResult, importProducts, readProductSheet } from '#commerce/assortment'
import type { App } from '../commerce/app.ts'
import type { Config } from '../config.ts'
import { explainRefusal } from './explain-refusal.ts'
import { openProgressBar, type ProgressBar } from './progress-bar.ts'
import { withShop } from './with-shop.ts'

/** What somebody has on this machine may be larger than what is sent over the network. */
const LIMITS = { maxBytes: 2 ** 30, maxRows: 1_048_576, maxUnpackedBytes: 2 ** 32 }
const ASK_EVERY_MS = 250
const ERRORS_PAGE = 1000

/** Brings in the products of a file, all or none; --dry-run only checks them. Every error is printed, and then it ends with 1. */
export async function importFile(config: Config, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean' } },
  })
  const [path] = positionals
  if (path === undefined || positionals.length > 1) throw new Error('Say which file: import products.csv [--dry-run]')
  const isDryRun = values['dry-run'] ?? false
  await withShop(config, async (app) => {
    const result = await run(app, path, isDryRun).catch((error) => {
      throw explainRefusal(`Nothing of ${path} was imported`, error)
    })
    await report(app, result, path)
  })
}

async function run(app: App, path: string, isDryRun: boolean): Promise<ImportResult> {
  const bar = openProgressBar(isDryRun ? 'checking' : 'importing')
  const follower = new AbortController()
  // Reading is about a third of it.
  const readShare = isDryRun ? 1 : 1 / 3
  const sheet = readProductSheet(path, { ...LIMITS, onRead: (share) => bar.show(share * readShare) })
  try {
    return await importProducts(app, sheet, { isDryRun, startedBy: null }, (importId) => {
      if (!isDryRun) void follow(app, importId, bar, readShare, follower.signal)
    })
  } finally {
    follower.abort()
    bar.close()
  }
}

async function follow(app: App, importId: number, bar: ProgressBar, from: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const found = await findImport(app.db, importId).catch(() => undefined)
    if (found && !signal.aborted) {
      const { rowsRead, rowsWritten } = found
      bar.show(from + (1 - from) * (rowsWritten / Math.max(1, rowsRead)), `${rowsWritten} of ${rowsRead} rows`)
    }
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

async function report(app: App, { id, status, errors, rowsRead, isDryRun }: ImportResult, path: string): Promise<void> {
  if (status === 'done') {
    console.log(isDryRun ? `Nothing is wrong with ${path}: ${rowsRead} rows.` : `${rowsRead} products were imported.`)
    return
  }
  process.exitCode = 1
  if (errors === 0) throw new Error(`Nothing of ${path} was imported: the import was given up.`)
  console.log(`${'Row'.padStart(8)}  ${'Column'.padEnd(20)}  What is wrong`)
  for (let offset = 0; offset < errors; offset += ERRORS_PAGE) {
    for (const error of await findImportErrors(app.db, id, { limit: ERRORS_PAGE, offset }))
      console.log(`${String(error.row).padStart(8)}  ${error.field.padEnd(20)}  ${error.message}`)
  }
  console.log(`Nothing of ${path} was imported: ${errors} errors.`)
}
