/**
 * Analytics: what happens in the shop, for who looks back on it. Owns the schema "analytics". Listens only.
 * Invariant: an event is written once, however often its job runs.
 */
export { noteSignIn, noteSignOut } from './note-activity.ts'
export { forgetActivities, listActivitiesOf } from './queries.ts'
