/**
 * Recommendations: what goes with a product, and what somebody may like. Owns the schema "recommendations"; reads what happened in the
 * shop and what it sells.
 * Invariant: nothing is recommended that cannot be had, or that its reader has bought.
 */
export { type Evaluation, evaluateRecommendations, type Quality } from './evaluate.ts'
export { forgetTaste, purgeKept } from './kept.queries.ts'
export { learnPopular, learnTastes, learnTastesInTime } from './learn.ts'
export { ALGORITHMS, type Algorithm, type Recommendation, recommendFor, recommendLike } from './recommend.ts'
export type { TrialInteraction } from './trial.queries.ts'
export { WEIGHTS } from './weights.ts'
