import type { FastifyRequest } from 'fastify'
import { mergeCarts } from '#commerce/cart'
import type { App } from '../../commerce/app.ts'
import { cartTokenOf } from '../http/visitor-session.ts'

/** The cart of a visitor who signs in comes along (SF-284). Whatever is wrong with it, the user is signed in. */
export async function bringVisitorCart(app: App, { visitorId }: FastifyRequest, accountId: number): Promise<void> {
  if (visitorId === undefined) return
  await mergeCarts(app, accountId, cartTokenOf(visitorId, app.config)).catch((error) =>
    app.log.warn({ err: error, account: accountId }, 'cart not merged'),
  )
}
