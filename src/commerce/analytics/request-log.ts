import { type Batches, openBatches } from '#platform/batches.ts'
import type { Db } from '#platform/database'
import type { Log } from '#platform/log'
import { openRequestFigures } from './request-figures.ts'
import { openRequestWriter, type TrackedRequest } from './requests.queries.ts'

const FLUSH_MS = 250
/** A flood leaves no more rows than this between two batches; in the figures all are counted. */
const ROWS_MAX = 5000
/** Of the time at most a twentieth goes into writing: the shop is there for its customers. */
const REST = 20

/** Starts to note requests. Each counts in the figures of its day; its row is written as long as there are not absurdly many. */
export function openRequestLog(db: Db, log: Log): Batches<TrackedRequest> {
  const figures = openRequestFigures()
  const writeRequests = openRequestWriter(db)
  const rows = openBatches<TrackedRequest>({
    ...{ what: 'tracked requests', log, everyMs: FLUSH_MS, itemsMax: ROWS_MAX, restFor: REST },
    write: async (requests) => {
      const taken = figures.take()
      await writeRequests(requests, taken).catch((error) => {
        figures.giveBack(taken)
        throw error
      })
    },
  })
  return {
    ...rows,
    note: (request) => {
      figures.add(request)
      rows.note(request)
    },
  }
}
