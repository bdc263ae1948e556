/**
 * Tries of which only the failures count: a wrong password does, a right one does not, and which it is shows only
 * afterwards. Each try is counted before it begins, so that of fifty at once no more than the limit are let through,
 * and is given back when it turns out well.
 */
import type { Db } from '#platform/database'
import { type Ask, type Claim, claimHits, type Hit, releaseHits } from './queries.ts'

type Refused = Extract<Claim, { allowed: false }>
export type AllowedTry = {
  allowed: true
  /** What to give back by `releaseHits` when the try does not count after all. */
  hits: Hit[]
  /** How many each of the keys counts now, this try among them, in the order in which they were asked for. */
  counted: number[]
  /** To be called once the outcome stands, and is committed: others may wait for it. */
  decided(): void
}
export type Try = AllowedTry | Refused

/** The tries of one key that this process has under way, and the turn of who asks next. */
type Line = { key: string; undecided: Set<Promise<void>>; turn: Promise<unknown>; waiting: number }
const lines = new WeakMap<Db, Map<string, Line>>()

/**
 * Counts a try against each of the keys, or refuses it, and then it counts nowhere. While others are under way that may yet
 * give their place back, it waits for them: ten people of one office who sign in at once all get in. Who asks for the same
 * key asks one after another, as the row of the key would have them do anyway.
 */
export async function claimTry(db: Db, asks: Ask[], now: () => Date): Promise<Try> {
  const asked = asks.map(({ key }) => lineOf(db, key))
  for (const line of asked) line.waiting += 1
  const claim = Promise.all(asked.map(({ turn }) => turn)).then(() => claimInTurn(db, asks, asked, now))
  for (const line of asked) line.turn = claim.catch(() => undefined)
  try {
    return await claim
  } finally {
    for (const line of asked) {
      line.waiting -= 1
      forgetEmptyLine(db, line)
    }
  }
}

async function claimInTurn(db: Db, asks: Ask[], asked: Line[], now: () => Date): Promise<Try> {
  for (;;) {
    const at = now()
    const claims = await claimHits(db, asks, at)
    const hits = asks.filter((_, index) => claims[index]!.allowed).map(({ key }) => ({ key, at }))
    const refused = claims.findIndex(({ allowed }) => !allowed)
    if (refused < 0) {
      const counted = claims.map((claim) => (claim.allowed ? claim.counted : 0))
      return { allowed: true, hits, counted, decided: noteUndecided(db, asked) }
    }
    if (hits.length > 0) await releaseHits(db, hits)
    const { undecided } = asked[refused]!
    if (undecided.size === 0) return claims[refused] as Refused
    await Promise.race(undecided)
  }
}

function noteUndecided(db: Db, asked: Line[]): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const { undecided } of asked) undecided.add(promise)
  return () => {
    for (const line of asked) {
      line.undecided.delete(promise)
      forgetEmptyLine(db, line)
    }
    resolve()
  }
}

function lineOf(db: Db, key: string): Line {
  const linesOfDb = lines.get(db) ?? new Map<string, Line>()
  lines.set(db, linesOfDb)
  const line = linesOfDb.get(key) ?? { key, undecided: new Set(), turn: Promise.resolve(), waiting: 0 }
  linesOfDb.set(key, line)
  return line
}

function forgetEmptyLine(db: Db, line: Line): void {
  if (line.waiting === 0 && line.undecided.size === 0) lines.get(db)?.delete(line.key)
}
