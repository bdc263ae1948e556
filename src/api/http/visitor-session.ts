/**
 * Who looks around without an account is told again by a cookie (SF-023): it names the guest's cart, and whom statistics
 * count. Nothing is kept for it here: it is signed, so that one that we did not give is none (SF-268).
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'
import { readCookie, securesCookies } from './cookies.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A guest who reads this is told again by a cookie; where its answer is kept, too. So are public reads, unless they say no. */
    beginsVisits?: boolean
  }
  interface FastifyRequest {
    /** Of a guest, by the cookie; undefined where none came, and none is given. */
    visitorId: string | undefined
    /** The `Set-Cookie` of the answer, where the visit begins with it. */
    visitCookie?: string
  }
}

/** No cache may hand the cookie of one to another. */
export const VISIT_CACHE_CONTROL = 'private, no-cache'

/** `setCookie` is the value of `Set-Cookie` for a guest who brought neither a token nor this cookie. */
export type VisitorSession = { visitorId: string | undefined; setCookie: string | undefined }

/** 128 bits: nobody guesses the one of another. */
const ID_BYTES = 16
const VALUE = /^([\w-]{22})\.([\w-]{22})$/
type Signing = Pick<Config, 'PUBLIC_URL' | 'SECURE_COOKIES' | 'SECRET_KEY'>

/** Whose visit this is, by the headers of a request alone; a new one has a random id. */
export function visitorSession(
  { cookie, authorization }: Pick<IncomingHttpHeaders, 'cookie' | 'authorization'>,
  config: Signing,
): VisitorSession {
  const isSecure = securesCookies(config)
  // A browser takes this beginning only from the very host, and by TLS.
  const name = isSecure ? '__Host-visitor' : 'visitor'
  const known = readVisitor(readCookie(cookie, name), config)
  if (known !== undefined) return { visitorId: known, setCookie: undefined }
  if (authorization !== undefined) return { visitorId: undefined, setCookie: undefined }
  const visitorId = randomBytes(ID_BYTES).toString('base64url')
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return { visitorId, setCookie: `${name}=${visitorId}.${sign(visitorId, 'visitor', config)}; ${attributes}` }
}

/** The token of a visitor's cart: who reads the id in statistics does not have it. */
export const cartTokenOf = (visitorId: string, config: Signing): string => sign(visitorId, 'cart of visitor', config)

function readVisitor(value: string | undefined, config: Signing): string | undefined {
  const [, id, signature] = VALUE.exec(value ?? '') ?? []
  if (!id || !signature) return undefined
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id, 'visitor', config))) ? id : undefined
}

const sign = (id: string, use: string, { SECRET_KEY }: Signing): string =>
  createHmac('sha256', SECRET_KEY).update(`${use} ${id}`).digest().subarray(0, ID_BYTES).toString('base64url')

/** Within this server's scope, requests know whose visit they belong to, and public reads begin one. */
export function keepVisitors(server: FastifyInstance, signing: Signing): void {
  server.decorateRequest('visitorId', undefined)
  server.decorateRequest('visitCookie')
  server.addHook('onRoute', ({ method, config }) => {
    if (config?.access === 'visitor' && ['GET', 'HEAD'].includes(String(method))) config.beginsVisits ??= true
  })
  server.addHook('onRequest', (request, reply, done) => {
    const { visitorId, setCookie } = visitorSession(request.headers, signing)
    const { beginsVisits } = request.routeOptions.config
    if (!setCookie || beginsVisits) request.visitorId = visitorId
    if (setCookie && beginsVisits) {
      request.visitCookie = setCookie
      reply.header('Set-Cookie', setCookie).header('Cache-Control', VISIT_CACHE_CONTROL)
    }
    done()
  })
}
