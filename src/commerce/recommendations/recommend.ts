import type { App } from '../app.ts'
import { blend } from './blend.ts'
import { type Chosen, chooseFrom } from './choose.queries.ts'
import { findKept, keepPicks } from './kept.queries.ts'
import { findAlike, findAlikeFor, findLikely, findNeighbours, type Scored } from './likely.queries.ts'

export const ALGORITHMS = ['collaborative', 'content_based', 'hybrid'] as const
export type Algorithm = (typeof ALGORITHMS)[number]

/** `score` is 0…1, falling along the list; `popular` is what fills it. */
export type Recommendation = {
  productId: number
  score: number
  algorithm: Algorithm | 'popular'
  generatedAt: Date
}
export type Asked = { limit: number; algorithm: Algorithm }

const KEPT_MS = 5 * 60_000

/**
 * What an account may like: of what it did until this moment. Only what is sold and in stock, nothing that it has bought; where that is too
 * little, popular products follow (V1-395, MP-150, MP-153…155). Worked out anew after each interaction, else kept for five minutes.
 * At most six statements.
 */
export async function recommendFor(
  app: App,
  accountId: number,
  { limit, algorithm }: Asked,
): Promise<Recommendation[]> {
  const now = app.now()
  await app.trail.flush()
  const kept = await findKept(app.db, accountId, algorithm, new Date(now.getTime() - KEPT_MS))
  const { picks, generatedAt } = kept ?? { picks: await pickFor(app, accountId, algorithm), generatedAt: now }
  if (!kept) await keepPicks(app.db, accountId, algorithm, picks, now)
  const chosen = await chooseFrom(app.db, picks, { limit, accountId, without: null })
  return toRecommendations(chosen, algorithm, generatedAt)
}

/** What is like a product: the same for a page of it (V1-395, MP-151). `accountId` is who looks, and has perhaps bought some of it. */
export async function recommendLike(
  app: App,
  productId: number,
  accountId: number | null,
  { limit, algorithm }: Asked,
): Promise<Recommendation[]> {
  const picks = await byAlgorithm(algorithm, {
    collaborative: () => findNeighbours(app.db, productId),
    content: () => findAlike(app.db, productId),
  })
  const chosen = await chooseFrom(app.db, picks, { limit, accountId, without: productId })
  return toRecommendations(chosen, algorithm, app.now())
}

const pickFor = ({ db }: App, accountId: number, algorithm: Algorithm): Promise<Scored[]> =>
  byAlgorithm(algorithm, {
    collaborative: () => findLikely(db, accountId),
    content: () => findAlikeFor(db, accountId),
  })

type Ways = Record<'collaborative' | 'content', () => Promise<Scored[]>>

async function byAlgorithm(algorithm: Algorithm, { collaborative, content }: Ways): Promise<Scored[]> {
  if (algorithm === 'collaborative') return collaborative()
  if (algorithm === 'content_based') return content()
  return blend(await collaborative(), await content())
}

/** What fills a list scores no more than the last one before it. */
function toRecommendations(chosen: Chosen[], algorithm: Algorithm, generatedAt: Date): Recommendation[] {
  const least = chosen.filter(({ isPopular }) => !isPopular).at(-1)?.score ?? 1
  return chosen.map(({ productId, score, isPopular }) => ({
    productId,
    score: Math.min(isPopular ? score * least : score, 1),
    algorithm: isPopular ? 'popular' : algorithm,
    generatedAt,
  }))
}
