/**
 * Who may call a route. Each route says it in `config.access`; the server does not boot otherwise.
 *
 *   public     anybody; who calls is not looked at
 *   visitor    anybody; a token that is sent must be good, and the route sees the viewer
 *   user       signed in
 *   seller     signed in, and a seller or staff; the route looks at whose it is
 *   staff      signed in, and staff
 *   token      whoever has a token that the route looks at itself: to leave, to exchange it
 *   signature  a machine; the route checks the signature of the raw body
 */
import assert from 'node:assert/strict'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { authenticate, type Viewer } from '#commerce/identity'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'

export type Access = 'public' | 'visitor' | 'user' | 'seller' | 'staff' | 'token' | 'signature'
const ACCESS: readonly Access[] = ['public', 'visitor', 'user', 'seller', 'staff', 'token', 'signature']
/** The routes of these look themselves at who calls. */
const UNGUARDED: readonly Access[] = ['public', 'token', 'signature']

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** SQL statements that the route may run, sign-in included; counted in tests, listed in access.txt. */
    sqlBudget?: number
  }
  interface FastifyRequest {
    viewer: Viewer | undefined
  }
}

/** Refuses to register a route without access, and guards each route by what it says. */
export function guardRoutes(server: FastifyInstance, app: App): void {
  server.decorateRequest('viewer', undefined)
  server.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access
    assert(access && ACCESS.includes(access), `${route.method} ${route.url} does not say who may call it`)
    if (UNGUARDED.includes(access)) return
    const guard = (request: FastifyRequest, _reply: FastifyReply) => admit(app, request, access)
    route.onRequest = [guard, ...[route.onRequest ?? []].flat()]
  })
}

async function admit(app: App, request: FastifyRequest, access: Access): Promise<void> {
  const token = bearerToken(request)
  if (token === undefined) {
    if (access === 'visitor') return
    throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  }
  const viewer = await authenticate(app, token)
  if (access === 'seller' && !viewer.isSeller && !viewer.isStaff)
    throw new Refusal('forbidden', 'sellers_only', 'Sellers and staff only')
  if (access === 'staff' && !viewer.isStaff) throw new Refusal('forbidden', 'staff_only', 'Staff only')
  request.viewer = viewer
  request.cause.accountId = viewer.accountId
  request.cause.actor = viewer.isStaff ? 'staff' : viewer.isSeller ? 'seller' : 'user'
}

/** The token of the Authorization header; undefined without one. Another scheme counts as no credentials. */
export function bearerToken(request: FastifyRequest): string | undefined {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').trim().split(/\s+/)
  if (scheme?.toLowerCase() !== 'bearer') return undefined
  return token !== undefined && rest.length === 0 ? token : ''
}

/** The signed-in viewer of a `user`, `seller` or `staff` route. */
export function viewerOf(request: FastifyRequest): Viewer {
  assert(request.viewer, 'this route has no signed-in viewer')
  return request.viewer
}
