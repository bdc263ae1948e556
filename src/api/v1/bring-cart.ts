/** The cart of a guest who signs in, by whatever way: it comes along (V1-086). */
import type { FastifyRequest } from 'fastify'
import { mergeCarts } from '#commerce/cart'
import type { App } from '../../commerce/app.ts'

/**
 * Merges the guest's cart, named by `cart_token` in the body or `X-Cart-Token`, into that of the account. Whatever is wrong with
 * it, the user is signed in: what is no token counts as none, and a cart that is gone is a line in the log.
 */
export async function bringCart(app: App, request: FastifyRequest, accountId: number): Promise<void> {
  const { cart_token } = (request.body ?? {}) as { cart_token?: unknown }
  const token = cart_token || request.headers['x-cart-token']
  if (typeof token !== 'string') return
  await mergeCarts(app, accountId, token).catch((error) =>
    app.log.warn({ err: error, account: accountId }, 'cart not merged'),
  )
}
