/** The account of somebody who comes from Google for the first time. */
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { makeUsername } from '../accounts/account.ts'
import { insertAccount } from '../accounts/accounts.queries.ts'
import { deleteWaysIn } from '../accounts/closed-accounts.queries.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { credentialsChanged } from '../events.ts'
import { deleteCodes } from '../proofs/one-time-codes.queries.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { logSessions } from '../sessions/session-log.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import { forgetFailures } from '../sign-in/sign-in-limits.ts'
import { claimUnprovenAccount, insertGoogleLink, releaseUnprovenEmail } from './google-links.queries.ts'

/** Somebody whose address Google has made sure of. */
export type GooglePerson = { subject: string; email: string; firstName: string; lastName: string }

/** Thrown to roll back: somebody else came to it first, and it is to be looked at anew. */
export class Overtaken extends Error {}

/**
 * A new account, active, without a password. `formerId` is an account in use that has the address, and never proved it: it
 * stays with who uses it, and loses the address. Throws `Overtaken` where the address or the subject has an account by now.
 */
export async function openGoogleAccount(
  app: App,
  person: GooglePerson,
  attempt: Attempt,
  formerId?: number,
): Promise<void> {
  const now = app.now()
  const { subject, email, firstName, lastName } = person
  const names = { email, username: makeUsername(email), firstName, lastName }
  const fresh = { ...names, passwordHash: null, isActive: true, emailVerifiedAt: now, joinedAt: now }
  await inTransaction(app.db, async (tx) => {
    if (formerId !== undefined) await releaseAddress(tx, formerId, email, now)
    const { id: accountId } = await insertAccount(tx, fresh).catch(overtakenIfTaken)
    if (!(await insertGoogleLink(tx, { subject, accountId, email }, now))) throw new Overtaken()
    await recordAttempt(tx, { ...attempt, type: 'register', accountId }, now)
  })
}

/** What was mailed there leads into that account no more. */
async function releaseAddress(tx: Tx, accountId: number, email: string, now: Date): Promise<void> {
  if (!(await releaseUnprovenEmail(tx, accountId, email))) throw new Overtaken()
  await voidTokens(tx, accountId, ['verify_email', 'reset_password'], now)
  await deleteCodes(tx, accountId, ['verify_email', 'reset_by_email'])
  await publish(tx, credentialsChanged({ accountId, what: 'email_changed' }))
}

function overtakenIfTaken(error: unknown): never {
  throw error instanceof Refusal && error.details.fields?.email ? new Overtaken() : error
}

/**
 * Takes over an account that could not be used yet, as its address was never proven. A stranger may have prepared it, so
 * every way in ends that there was, sessions and links included, before its owner comes in. Throws `Overtaken`.
 */
export async function takeOverAccount(
  app: App,
  accountId: number,
  person: GooglePerson,
  attempt: Attempt,
): Promise<void> {
  const now = app.now()
  const ended = await inTransaction(app.db, async (tx) => {
    if (!(await claimUnprovenAccount(tx, { ...person, accountId }, now))) throw new Overtaken()
    await deleteWaysIn(tx, accountId)
    await forgetFailures(tx, accountId)
    await recordAttempt(tx, { ...attempt, type: 'email_verification', accountId }, now)
    await linkGoogle(tx, accountId, person, now)
    return endSessionsBut(app, tx, accountId, null, 'password_changed')
  })
  logSessions(app, 'password_changed', accountId, ended)
}

/** Links an account whose address is proven, and tells its owner. Throws `Overtaken`, where it is not his any more as well. */
export async function linkGoogle(
  tx: Tx,
  accountId: number,
  { subject, email }: GooglePerson,
  now: Date,
): Promise<void> {
  if (!(await insertGoogleLink(tx, { subject, accountId, email }, now))) throw new Overtaken()
  await publish(tx, credentialsChanged({ accountId, what: 'google_linked' }))
}
