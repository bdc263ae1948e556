import type { App } from '../commerce/app.ts'

/**
 * An error that nobody caught ends the process, as it does in any Node; but first it is logged and reported, for three
 * seconds at most. What is under way then is lost, and found again at the next start as after a kill.
 */
export function reportCrash({ log, errors }: App): void {
  let isEnding = false
  process.on('uncaughtException', (error, origin) => {
    if (isEnding) process.exit(1)
    isEnding = true
    log.error({ err: error, origin }, 'an error that nobody caught: the process ends')
    errors.report(error, { origin })
    void errors.close().finally(() => process.exit(1))
  })
}
