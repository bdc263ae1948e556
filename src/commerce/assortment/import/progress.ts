import { setTimeout as sleep } from 'node:timers/promises'
import { outsideOfAnyScope } from '#platform/database'
import type { App } from '../../app.ts'
import { updateRowsWritten } from './imports.queries.ts'

const TELL_EVERY_MS = 500

/** Notes for others how far a transaction has come of which they see nothing yet. */
export type Progress = { tell(rowsWritten: number): void; close(): Promise<void> }

export function openProgress(app: App, importId: number): Progress {
  const closed = new AbortController()
  let told = 0
  let telling: Promise<void> | undefined
  const tellOn = async () => {
    for (let last = 0; last !== told && !closed.signal.aborted; ) {
      await sleep(TELL_EVERY_MS, undefined, { signal: closed.signal }).catch(() => {})
      if (closed.signal.aborted) return
      last = told
      // What is not told is no harm: the import goes on.
      await updateRowsWritten(app.db, importId, last, app.now()).catch((error) =>
        app.log.warn({ err: error, import: importId }, 'how far an import has come could not be noted'),
      )
    }
    telling = undefined
  }
  return {
    tell(rowsWritten) {
      told = rowsWritten
      telling ??= outsideOfAnyScope(tellOn)
    },
    close: async () => {
      closed.abort()
      await telling
    },
  }
}
