import { currentCause, outsideOfAnyScope } from '#platform/database'
import type { Log } from '#platform/log'
import { type ErrorReport, type ErrorSink, toReport } from './report.ts'

/** Where it happened, beside what is known of the request or job anyway. Nothing secret, and no bodies. */
export type ErrorContext = Record<string, string | number | undefined>

export type ErrorReports = {
  /** Tells the sinks, later and without a word of failure to the caller. Costs nothing where there is no sink. */
  report(error: unknown, context?: ErrorContext): void
  /** From now on this one is told, too. */
  add(sink: ErrorSink): void
  /** How many were told, held back as repeats, and lost because too many waited. */
  counts(): { told: number; repeated: number; lost: number }
  /** Waits until what waits is told, but not for long. */
  close(): Promise<void>
}

type Options = { sinks: ErrorSink[]; release: string; environment: string; log: Log; now: () => Date }

const WAITING_MAX = 100
const SAME_WITHIN_MS = 60_000
/** As many kinds of error are told apart; beyond it the oldest is told anew. */
const KINDS_MAX = 500
const CLOSE_WITHIN_MS = 3000

/** Begins to take reports (MP-204). The same error is told once a minute, with how often it came meanwhile. */
export function openErrorReports({ sinks: given, release, environment, log, now }: Options): ErrorReports {
  const sinks = [...given]
  const waiting: ErrorReport[] = []
  const toldAt = new Map<string, { at: number; repeats: number }>()
  const counts = { told: 0, repeated: 0, lost: 0 }
  let sending: Promise<void> | undefined

  /** Whether it is news; if so, how often it came since it last was. */
  function takeRepeats(fingerprint: string): number | undefined {
    const at = now().getTime()
    const known = toldAt.get(fingerprint)
    if (known && at - known.at < SAME_WITHIN_MS) {
      known.repeats += 1
      counts.repeated += 1
      return undefined
    }
    if (!known && toldAt.size >= KINDS_MAX) toldAt.delete(toldAt.keys().next().value!)
    toldAt.set(fingerprint, { at, repeats: 0 })
    return known?.repeats ?? 0
  }

  async function sendAll(): Promise<void> {
    for (let report = waiting.shift(); report; report = waiting.shift()) {
      const told = report
      await Promise.all(sinks.map((sink) => tell(sink, told, log)))
      counts.told += 1
    }
    sending = undefined
  }

  return {
    report: (error, context = {}) => {
      if (sinks.length === 0) return
      const report = toReport(error, contextOf(context), { release, environment, now: now() })
      const repeats = takeRepeats(report.fingerprint)
      if (repeats === undefined) return
      if (waiting.length >= WAITING_MAX) {
        counts.lost += 1
        return
      }
      waiting.push({ ...report, repeats })
      sending ??= outsideOfAnyScope(() => new Promise<void>((resolve) => setImmediate(() => resolve(sendAll()))))
    },
    add: (sink) => void sinks.push(sink),
    counts: () => ({ ...counts }),
    close: async () => {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_WITHIN_MS)
      })
      await Promise.race([sending, late])
      clearTimeout(timer)
    },
  }
}

async function tell(sink: ErrorSink, report: ErrorReport, log: Log): Promise<void> {
  try {
    await sink.send(report)
  } catch (error) {
    log.warn({ err: error, sink: sink.name, report: report.id }, 'an error could not be reported')
  }
}

function contextOf(context: ErrorContext): Record<string, string | number> {
  const cause = currentCause()
  const known = cause && { request: cause.requestId, route: cause.route, user: cause.accountId }
  const told = Object.entries({ ...known, ...context }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(told) as Record<string, string | number>
}
