/** The trail of what people do (SF-078, SF-114). May run twice: the event's id and its time are the key. */
import { findAttempt, type signedIn, type signedOut } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import type { App } from '../app.ts'
import { insertActivity } from './activities.queries.ts'

/** Somebody came: from where, by what surface. */
export async function noteSignIn(app: App, { id: eventId, payload }: EventOf<typeof signedIn>): Promise<void> {
  const attempt = await findAttempt(app.db, payload.attemptId)
  if (!attempt) return
  const { accountId, surface, ipAddress, userAgent, attemptedAt: happenedAt, location } = attempt
  const activity = { eventId, accountId, activityType: 'LOGIN', surface, ipAddress, userAgent, details: { location } }
  await inTransaction(app.db, (tx) => insertActivity(tx, { ...activity, happenedAt }))
}

/** Somebody left. */
export async function noteSignOut(app: App, { id: eventId, payload }: EventOf<typeof signedOut>): Promise<void> {
  const { accountId, surface, ip: ipAddress, userAgent, at } = payload
  const activity = { eventId, accountId, activityType: 'LOGOUT', surface, ipAddress, userAgent, details: {} }
  await inTransaction(app.db, (tx) => insertActivity(tx, { ...activity, happenedAt: at ? new Date(at) : app.now() }))
}
