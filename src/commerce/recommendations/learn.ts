import { type Db, inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import {
  analyzeTastes,
  clearTastes,
  dropOlder,
  estimateInteractions,
  gatherTastes,
  HOME,
  type Home,
  interactionsSince,
  learnNeighbours,
  listAudiences,
} from './learn.queries.ts'
import { refreshPopular } from './popular.queries.ts'

const DAY_MS = 24 * 3_600_000
const LOOKS_BACK_MS = 365 * DAY_MS
/** So many tastes are taken in one transaction: a second or two of work. */
const TASTES_AT_ONCE = 50_000
/** A shop with more interactions learns at night; a smaller one does so every hour. */
const HOURLY_MAX = 500_000
const NIGHT_UTC = 3

/**
 * Works out anew what goes with what, from the interactions of a year (MP-153, MP-156). Readers go on meanwhile; killed half-way,
 * the next run does it all.
 */
export async function learnTastes(app: App): Promise<void> {
  const now = app.now()
  await app.trail.flush()
  const since = new Date(now.getTime() - LOOKS_BACK_MS)
  await inTransaction(app.db, clearTastes)
  await inTransaction(app.db, (tx) => gatherTastes(tx, HOME, interactionsSince(since)))
  await learnAll(app.db, HOME, now)
  await inTransaction(app.db, (tx) => dropOlder(tx, HOME, now))
}

/** The same on schedule: every hour, or every night where that takes minutes. */
export async function learnTastesInTime(app: App): Promise<void> {
  const isNight = app.now().getUTCHours() === NIGHT_UTC
  if (isNight || (await estimateInteractions(app.db)) <= HOURLY_MAX) await learnTastes(app)
}

/** Neighbours of all products that somebody likes, a handful of them at a time. `onLearned` hears the share that is done. */
export async function learnAll(
  db: Db,
  home: Home,
  now: Date,
  onLearned: (share: number) => void = () => {},
): Promise<void> {
  await analyzeTastes(db, home)
  const audiences = await listAudiences(db, home)
  let batch: number[] = []
  let tastes = 0
  const learnBatch = async () => {
    const products = batch
    batch = []
    tastes = 0
    if (products.length > 0) await inTransaction(db, (tx) => learnNeighbours(tx, home, products, now))
  }
  for (const [at, { productId, people }] of audiences.entries()) {
    batch.push(productId)
    tastes += people
    if (tastes < TASTES_AT_ONCE) continue
    await learnBatch()
    onLearned(at / audiences.length)
  }
  await learnBatch()
}

/** What is popular, of the last thirty days (MP-154). */
export const learnPopular = (app: App): Promise<void> =>
  inTransaction(app.db, (tx) => refreshPopular(tx, new Date(app.now().getTime() - 30 * DAY_MS)))
