/**
 * Watches: who waits for an article to be there again, or to cost less. Owns the schema "watches".
 * Invariant: an account waits for the same thing once; who is told is taken in the transaction that writes what he is told.
 */
export { deleteWatches, findWatchesOf, listWatchedProducts, takeFallen, takeRestocked } from './queries.ts'
export { type Sold, soldOf } from './sold.ts'
export { WATCH_KINDS, type Watch, type WatchKind } from './watch.ts'
export { listWatches, startWatch, stopWatch, type WatchedProduct } from './watches.ts'
