/** Tickets to the live stream, for browsers that can send no header (V1-374). */
import { createHash, randomBytes } from 'node:crypto'
import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { insertTicket, takeTicket } from './tickets.queries.ts'

export type Holder = { accountId: number; sessionId: string }

export const TICKET_SECONDS = 60

/** A ticket that admits once, within a minute. */
export async function issueTicket(app: App, holder: Holder): Promise<string> {
  const ticket = randomBytes(32).toString('base64url')
  const now = app.now()
  const expiresAt = new Date(now.getTime() + TICKET_SECONDS * 1000)
  await inTransaction(app.db, (tx) => insertTicket(tx, hashOf(ticket), holder, expiresAt, now))
  return ticket
}

/** Whose it is; it is worth nothing afterwards, on any node. Refuses `token_not_valid`. */
export async function redeemTicket(app: App, ticket: string): Promise<Holder> {
  const holder = await inTransaction(app.db, (tx) => takeTicket(tx, hashOf(ticket), app.now()))
  if (!holder) throw new Refusal('unauthenticated', 'token_not_valid', 'The ticket is not valid')
  return holder
}

const hashOf = (ticket: string): Buffer => createHash('sha256').update(ticket).digest()
