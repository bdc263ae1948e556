/** What becomes of each SQL statement's time: counted, and logged where it was long (V1-446). */
import { currentCause, type StatementListener } from '#platform/database'
import { type Log, loggerOf } from '#platform/log'
import type { Metrics } from '#platform/metrics'

const TEXT_MAX = 4000

/** `slowMs`: from so many milliseconds on a statement is logged: its text without values, the request and its route. 0: none is. */
export function watchStatements(metrics: Metrics, log: Log, slowMs: number): StatementListener {
  const database = loggerOf(log, 'database')
  return (text, ms, isFailed) => {
    metrics.noteStatement(ms, isFailed)
    if (slowMs === 0 || ms < slowMs) return
    const route = currentCause()?.route
    // Who fills a shop or moves a catalogue at the command line expects long statements, and wants its result alone.
    if (route?.startsWith('command ')) return
    const sql = text.replaceAll(/\s+/g, ' ').trim().slice(0, TEXT_MAX)
    database.warn(
      { ...(route && { route }), ms: Math.round(ms), sql, ...(isFailed && { failed: true }) },
      'slow statement',
    )
  }
}
