/**
 * The envelopes in which the marketplace, and the paths that it shares, answer (MP-001, MP-002). Lists have the page of all
 * surfaces (MP-003).
 */
import type { FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { Cause } from '#platform/database'
import type { App } from '../../commerce/app.ts'
import { toUuid } from './response-headers.ts'
import { AnyObject, Time } from './wire.ts'

const frame = { message: Type.String(), status: Type.Integer({ description: 'the HTTP status' }), timestamp: Time }

/** A success. `beside` names what stands at the top level as well. */
export const Ok = <Data extends TSchema & { title?: string }, Beside extends Record<string, TSchema>>(
  data: Data,
  beside: Beside = {} as Beside,
) => Type.Object({ data, ...frame, ...beside }, data.title === undefined ? {} : { title: `${data.title}Answer` })

/** A success that has nothing to tell. */
export const Done = Ok(Type.Object({}, { title: 'MarketplaceNothing' }))

/** A refusal, or a bug. */
export const Err = Type.Object(
  {
    error: Type.String({ description: 'one sentence' }),
    details: { ...AnyObject, description: 'the sentences of each field at fault, or other facts' },
    status: Type.Integer(),
    timestamp: Time,
    request_id: Type.String({ format: 'uuid', description: 'as in X-Request-ID' }),
    detail: Type.Optional(Type.String({ description: 'error again, with 401, 403, 404, 405 and 429' })),
    code: Type.Optional(Type.String()),
  },
  { title: 'MarketplaceError' },
)

/** Puts what a route answers into the envelope. */
export const toOk = <Data extends object>(app: App, message: string, data: Data, status = 200) => ({
  data,
  message,
  status,
  timestamp: app.now().toISOString(),
})

/** The id of a request, which is a UUID here (MP-002): one that came along and is none gives way to a fresh one. */
export function identify(request: FastifyRequest): string {
  request.id = toUuid(request.id)
  // An address that cannot be read has reached no hook.
  const cause: Cause | undefined = request.cause
  if (cause) cause.requestId = request.id
  return request.id
}
