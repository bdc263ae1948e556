const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** After each failed try: quickly at first, then over two days; eleven tries in all. */
const PAUSES_MS = [1, 5, 15, 30, 60, 120, 240, 480, 720, 1440].map((minutes) => minutes * MINUTE_MS)
/** As long as an endpoint may ask to be left alone. */
const ASKED_MAX_MS = 24 * HOUR_MS
/** An endpoint that fails is left alone with everything, so that it holds up nobody else; never for long. */
const REST_MAX_MS = 10 * MINUTE_MS
/** Between ninety and a hundred and ten per cent, so that what failed together does not come back together. */
const SPREAD = 0.1

/** When to try again after so many tries; undefined after the last one. `retryAfter`: what the endpoint asked for, in seconds or as a date. */
export function nextAttempt(
  attempts: number,
  now: Date,
  retryAfter: string | undefined,
  random = Math.random,
): Date | undefined {
  const pause = PAUSES_MS[attempts - 1]
  if (pause === undefined) return undefined
  const spread = pause * (1 + SPREAD * (2 * random() - 1))
  return new Date(now.getTime() + Math.max(spread, askedPause(retryAfter, now)))
}

/** Until when an endpoint that has failed so often in a row is left alone. */
export function restUntil(failures: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(5000 * 2 ** (failures - 1), REST_MAX_MS))
}

function askedPause(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now.getTime()
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), ASKED_MAX_MS)
}
