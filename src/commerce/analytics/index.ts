/**
 * Analytics: what happens in the shop, for who looks back on it. Owns the schema "analytics"; listens, and reads others' tables.
 * Invariant: an event is written once, however often its job runs; what was noted of a request never stands in its way.
 */
export type { NotedError } from './errors.queries.ts'
export type { Interaction, InteractionKind } from './interactions.queries.ts'
export { keepMonths } from './keep-months.ts'
export { noteSignIn, noteSignOut } from './note-activity.ts'
export { noteCheckout, notePurchase } from './note-order.ts'
export { forgetActivities, listActivitiesOf } from './queries.ts'
export type { TrackedRequest } from './requests.queries.ts'
export { openTrail, type Trail } from './trail.ts'
