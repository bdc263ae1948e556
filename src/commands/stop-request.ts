import { constants } from 'node:os'

/** `asked` resolves with the signal that asks this process to stop; `isAsked` tells whether it has come. */
export type StopRequest = { asked: Promise<NodeJS.Signals>; isAsked(): boolean }

/** npm passes on a Ctrl-C that the terminal has sent here already: what comes so soon after the first is the same one. */
const SAME_WITHIN_MS = 500

/** From now on a signal asks instead of ending the process: Ctrl-C, a closed terminal, SIGTERM. A second one ends it at once. */
export function awaitStopRequest(): StopRequest {
  let askedAt: number | undefined
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        askedAt ??= performance.now()
        if (performance.now() - askedAt > SAME_WITHIN_MS) endAtOnce(signal)
        resolve(signal)
      })
    }
  })
  return { asked, isAsked: () => askedAt !== undefined }
}

function endAtOnce(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): never {
  console.error('Ended at once: what was under way is not finished.')
  process.exit(128 + constants.signals[signal])
}
