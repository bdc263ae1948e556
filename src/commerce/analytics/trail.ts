/**
 * What is asked of the shop and done in it, as it happens (SF-415, MP-147, MP-152). Noting costs a request nothing and cannot
 * fail: notes are kept in memory and written together a moment later; what was not written when a process is killed is lost.
 */
import { type Batches, openBatches } from '#platform/batches.ts'
import type { Db } from '#platform/database'
import type { Log } from '#platform/log'
import { insertErrors, type NotedError } from './errors.queries.ts'
import { type Interaction, insertInteractions } from './interactions.queries.ts'
import { openRequestLog } from './request-log.ts'
import type { TrackedRequest } from './requests.queries.ts'

const FLUSH_MS = 250

export type Trail = {
  /** What somebody did with a product, or a page that was looked at. */
  note(interaction: Interaction): void
  noteRequest(request: TrackedRequest): void
  noteError(error: NotedError): void
  /** Writes what this process noted so far, so that a question after it knows. */
  flush(): Promise<void>
  /** Writes the rest, and notes no more. */
  close(): Promise<void>
}

/** Starts noting. Close it before the database. */
export function openTrail({ db, log }: { db: Db; log: Log }): Trail {
  const open = <Item>(what: string, write: (items: Item[]) => Promise<void>): Batches<Item> =>
    openBatches({ what, log, everyMs: FLUSH_MS, write })
  const interactions = open<Interaction>('interactions', (items) => insertInteractions(db, items))
  const requests = openRequestLog(db, log)
  const errors = open<NotedError>('errors', (items) => insertErrors(db, items))
  const all = [interactions, requests, errors]
  return {
    note: interactions.note,
    noteRequest: requests.note,
    noteError: errors.note,
    flush: async () => void (await Promise.all(all.map(({ flush }) => flush()))),
    close: async () => void (await Promise.all(all.map(({ close }) => close()))),
  }
}
