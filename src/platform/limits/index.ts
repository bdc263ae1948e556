/** How often something may happen: sliding windows kept in the database, so that they hold across processes. */
export { claimHit, forgetHits, type Limit, purgeLimits, releaseHit, settleHits } from './queries.ts'
export { claimTry, type Try } from './tries.ts'
