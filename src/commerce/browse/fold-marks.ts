import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { dropEmptyStretches, findLongStretch, foldMoves, holdMarks, placeMarks, splitStretch } from './marks.queries.ts'

/** Stretches that are counted through for a page: a thousand entries of an index are a fraction of a millisecond. */
const STRETCH = 1024
const SPLITS_MAX = 1000

/**
 * Adds to the marks what has changed since, splits stretches that have grown long, and joins those that are empty (deep
 * pages of V1-200, NX-100, MP-060). Whether it got to it: not while somebody writes products; then it is for the next time.
 */
export function foldMarks(app: App): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    if (!(await holdMarks(tx))) return false
    await foldMoves(tx)
    await dropEmptyStretches(tx)
    for (let splits = 0; splits < SPLITS_MAX; splits += 1) {
      const long = await findLongStretch(tx, 2 * STRETCH)
      if (!long) break
      await splitStretch(tx, long, STRETCH)
    }
    await placeMarks(tx)
    return true
  })
}
