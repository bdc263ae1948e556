/** How often something may happen: sliding windows kept in the database, so that they hold across processes. */
export {
  claimHit,
  countShut,
  findShutUntil,
  forgetHits,
  type Limit,
  purgeLimits,
  releaseHits,
  settleHits,
} from './queries.ts'
export { type AllowedTry, claimTry } from './tries.ts'
