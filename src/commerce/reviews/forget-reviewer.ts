import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { deleteVotesOf, findReviewedProducts } from './votes.queries.ts'

/** Takes the votes of an account back. Its reviews stay: once the account has no name, they are nobody's. */
export async function forgetReviewer(tx: Tx, accountId: number): Promise<void> {
  const changed = [...(await deleteVotesOf(tx, accountId)), ...(await findReviewedProducts(tx, accountId))]
  noteChange(tx, ...changed.map((productId) => `reviews:${productId}`))
}
