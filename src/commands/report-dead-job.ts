import type { OnDead } from '#platform/jobs'
import { maskText } from '#platform/mask-text.ts'
import type { App } from '../commerce/app.ts'

/** A job that failed and is not tried again: reported (MP-204), and in the log of errors that staff reads (SF-433). */
export function reportDeadJob({ errors, trail, now }: App): OnDead {
  return (error, { queue, job }) => {
    errors.report(error, { queue, job })
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
    trail.noteError({
      happenedAt: now(),
      endpoint: `job ${queue}`,
      message: maskText(message),
      stackTrace: stack ? maskText(stack) : null,
      accountId: null,
    })
  }
}
