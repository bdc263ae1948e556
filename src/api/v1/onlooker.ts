/** Who looks on at notices: by token in the header, or by a ticket in the address. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { authenticate, findLiveSessions } from '#commerce/identity'
import { type Holder, redeemTicket } from '#commerce/notifications'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { bearerToken } from '../http/access.ts'

export const StreamQuery = Type.Object({
  ticket: Type.Optional(Type.String({ maxLength: 200 })),
  last_event_id: Type.Optional(Type.String({ maxLength: 30, description: 'the id of the last notice that was seen' })),
})
type Asking = FastifyRequest & { query: { ticket?: string; last_event_id?: string } }

/** Refuses as `authenticate` does, and a ticket that was taken, is too old, or whose session is over. */
export async function onlookerOf(app: App, request: Asking): Promise<Holder> {
  const { ticket } = request.query
  const holder = ticket ? await byTicket(app, ticket) : await byToken(app, request)
  request.cause.accountId = holder.accountId
  return holder
}

async function byTicket(app: App, ticket: string): Promise<Holder> {
  const holder = await redeemTicket(app, ticket)
  if ((await findLiveSessions(app, [holder.sessionId])).has(holder.sessionId)) return holder
  throw new Refusal('unauthenticated', 'session_terminated', 'The session has ended')
}

async function byToken(app: App, request: FastifyRequest): Promise<Holder> {
  const token = bearerToken(request)
  if (token === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  const { accountId, sessionId } = await authenticate(app, token)
  return { accountId, sessionId }
}

/** What browsers send by themselves when they come back; what is no number counts as none. */
export function lastSeen({ headers, query }: Asking): number | undefined {
  const told = headers['last-event-id'] ?? query.last_event_id
  return typeof told === 'string' && /^\d{1,15}$/.test(told) ? Number(told) : undefined
}
