/**
 * Tries of which only the failures count: a wrong password does, a right one does not, and which it is shows only
 * afterwards. Each try is counted before it begins, so that of fifty at once no more than the limit are let through,
 * and is given back when it turns out well.
 */
import type { Db } from '#platform/database'
import { claimHit, type Limit } from './queries.ts'

export type Try =
  | {
      allowed: true
      /** What to give back by `releaseHit` when the try does not count after all. */
      hit: { key: string; at: Date }
      /** To be called once the outcome stands, and is committed: others may wait for it. */
      decided(): void
    }
  | { allowed: false; retryAfterS: number }

/** The tries of one key that this process has under way, and the turn of who asks next. */
type Line = { undecided: Set<Promise<void>>; turn: Promise<unknown>; waiting: number }
const lines = new WeakMap<Db, Map<string, Line>>()

/**
 * Counts a try, or refuses it. While others are under way that may yet give their place back, it waits for them: ten people
 * of one office who sign in at once all get in. Who asks for the same key asks one after another, as the row of the key
 * would have them do anyway.
 */
export async function claimTry(db: Db, key: string, limit: Limit, now: () => Date): Promise<Try> {
  const line = lineOf(db, key)
  line.waiting += 1
  const claim = line.turn.then(() => claimInTurn(db, key, limit, now, line))
  line.turn = claim.catch(() => undefined)
  try {
    return await claim
  } finally {
    line.waiting -= 1
    forgetEmptyLine(db, key, line)
  }
}

async function claimInTurn(db: Db, key: string, limit: Limit, now: () => Date, line: Line): Promise<Try> {
  for (;;) {
    const at = now()
    const claim = await claimHit(db, key, limit, at)
    if (claim.allowed) return { allowed: true, hit: { key, at }, decided: noteUndecided(db, key, line) }
    if (line.undecided.size === 0) return claim
    await Promise.race(line.undecided)
  }
}

function noteUndecided(db: Db, key: string, line: Line): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  line.undecided.add(promise)
  return () => {
    line.undecided.delete(promise)
    resolve()
    forgetEmptyLine(db, key, line)
  }
}

function lineOf(db: Db, key: string): Line {
  const linesOfDb = lines.get(db) ?? new Map<string, Line>()
  lines.set(db, linesOfDb)
  const line = linesOfDb.get(key) ?? { undecided: new Set(), turn: Promise.resolve(), waiting: 0 }
  linesOfDb.set(key, line)
  return line
}

function forgetEmptyLine(db: Db, key: string, line: Line): void {
  if (line.waiting === 0 && line.undecided.size === 0) lines.get(db)?.delete(key)
}
