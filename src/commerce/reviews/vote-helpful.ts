import { noteChange } from '#platform/changes'
import { inTransaction } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { insertVote } from './votes.queries.ts'

/**
 * Says that a review was helpful; a second time changes nothing (V1-239). Returns how many accounts found it so. Refuses
 * `review_not_found`, for what is not shown too, and one's own (`own_review`): the order by helpfulness is made by others.
 */
export function voteHelpful(app: App, reviewId: number, accountId: number): Promise<number> {
  return inTransaction(app.db, async (tx) => {
    const vote = await insertVote(tx, reviewId, accountId, app.now())
    if (!vote) throw missing('review')
    if (vote.authorId === accountId) throw new Refusal('conflict', 'own_review', 'Nobody votes on his own review')
    if (vote.isNew) noteChange(tx, `reviews:${vote.productId}`)
    return vote.helpfulCount
  })
}
