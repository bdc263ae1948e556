import { constants } from 'node:os'

/** `asked` resolves with the signal that asks this process to stop; `isAsked` tells whether it has come. */
export type StopRequest = { asked: Promise<NodeJS.Signals>; isAsked(): boolean }

/** npm passes on a Ctrl-C that the terminal has sent here already: what comes so soon after the first is the same one. */
const SAME_WITHIN_MS = 500
const PARENT_CHECK_MS = 250

/** From now on a signal asks instead of ending the process: Ctrl-C, a closed terminal, SIGTERM. A second one ends it at once. */
export function awaitStopRequest(): StopRequest {
  let askedAt: number | undefined
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    const ask = (signal: NodeJS.Signals) => {
      askedAt ??= performance.now()
      resolve(signal)
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => {
        ask(signal)
        if (performance.now() - askedAt! > SAME_WITHIN_MS) endAtOnce(signal)
      })
    }
    if (process.env.npm_lifecycle_event) whenParentEnds(() => ask('SIGTERM'))
  })
  return { asked, isAsked: () => askedAt !== undefined }
}

/**
 * npm sends the SIGTERM that it gets to the shell between it and us. Many a shell ends by it and tells nobody, and a
 * server that nobody watches would keep the port.
 */
function whenParentEnds(deed: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    deed()
  }, PARENT_CHECK_MS)
  watch.unref()
}

function endAtOnce(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): never {
  console.error('Ended at once: what was under way is not finished.')
  process.exit(128 + constants.signals[signal])
}
