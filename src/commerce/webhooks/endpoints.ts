import { isIP } from 'node:net'
import { seal } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { isPublicAddress } from '#platform/outward'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import {
  type Endpoint,
  type EndpointContent,
  insertEndpoint,
  replaceSecret,
  updateEndpoint,
} from './endpoints.queries.ts'
import { EVENT_TYPES } from './event-types.ts'
import { newSecret } from './sign.ts'

const ENDPOINTS_MAX = 50
const FORMER_SIGNS_MS = 24 * 3_600_000

/** What is told once: afterwards it is only replaced. */
export type WithSecret = Endpoint & { secret: string }

/**
 * Adds an endpoint. Refuses an address that is no `https` one or leads into the house (`url`), and kinds of events that there are not
 * (`events`); more than fifty endpoints.
 */
export async function addEndpoint(app: App, content: EndpointContent): Promise<WithSecret> {
  refuseUnsound(app, content)
  const secret = newSecret()
  const sealed = await sealSecret(app, secret)
  const endpoint = await inTransaction(app.db, (tx) => insertEndpoint(tx, content, sealed, ENDPOINTS_MAX, app.now()))
  if (!endpoint) throw invalidFields({ url: { code: 'too_many_endpoints', limit: ENDPOINTS_MAX } })
  return { ...endpoint, secret }
}

/** Refuses as `addEndpoint` does, and `endpoint_not_found`. */
export async function changeEndpoint(app: App, id: number, content: Partial<EndpointContent>): Promise<Endpoint> {
  refuseUnsound(app, content)
  return inTransaction(app.db, (tx) => updateEndpoint(tx, id, content, app.now()))
}

/** Gives it another secret; for a day the one before signs as well. Refuses `endpoint_not_found`. */
export async function rotateSecret(app: App, id: number): Promise<WithSecret> {
  const secret = newSecret()
  const sealed = await sealSecret(app, secret)
  const until = new Date(app.now().getTime() + FORMER_SIGNS_MS)
  const endpoint = await inTransaction(app.db, (tx) => replaceSecret(tx, id, sealed, until, app.now()))
  return { ...endpoint, secret }
}

const sealSecret = ({ now, config }: App, secret: string): Promise<string> =>
  seal('webhook_secret', secret, { now: now(), config })

function refuseUnsound({ config }: App, { url, events }: Partial<EndpointContent>): void {
  const unknown = events?.find((event) => !(event in EVENT_TYPES))
  if (unknown !== undefined) throw invalidFields({ events: { code: 'not_choice', value: unknown } })
  if (events?.length === 0) throw invalidFields({ events: { code: 'minItems', limit: 1 } })
  if (url === undefined) return
  if (!URL.canParse(url)) throw invalidFields({ url: 'not_web_address' })
  const { protocol, hostname, username, password } = new URL(url)
  const allowed = config.WEBHOOK_ALLOW_PRIVATE ? ['https:', 'http:'] : ['https:']
  if (!allowed.includes(protocol) || username !== '' || password !== '') throw invalidFields({ url: 'not_https' })
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const isInside = (isIP(host) > 0 && !isPublicAddress(host)) || /(^|\.)(localhost|local|internal)\.?$/i.test(host)
  if (isInside && !config.WEBHOOK_ALLOW_PRIVATE) throw invalidFields({ url: 'not_public' })
}
