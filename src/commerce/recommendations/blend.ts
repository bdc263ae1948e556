import type { Scored } from './likely.queries.ts'

const COLLABORATIVE = 0.6
const CONTENT = 0.4

/**
 * Both lists in one, the best first: six parts of what others liked and four of what is alike, each measured by the best of its list
 * (MP-153). Where nobody has liked anything yet, what is alike decides.
 */
export function blend(collaborative: Scored[], content: Scored[]): Scored[] {
  const scores = new Map<number, number>()
  for (const [list, part] of [
    [collaborative, COLLABORATIVE],
    [content, CONTENT],
  ] as const) {
    const best = list[0]?.score || 1
    for (const { productId, score } of list) {
      scores.set(productId, (scores.get(productId) ?? 0) + (part * score) / best)
    }
  }
  return [...scores]
    .map(([productId, score]) => ({ productId, score }))
    .sort((one, other) => other.score - one.score || one.productId - other.productId)
}
