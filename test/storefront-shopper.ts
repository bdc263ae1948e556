/** Somebody who shops on the storefront, for tests: tea by weight, a cart, an address. */
import { createHmac } from 'node:crypto'
import { signedUp } from './accounts.ts'
import { type ProductWishes, type StockedProduct, stockedProduct } from './products.ts'
import type { Called, TestServer } from './server.ts'
import { ADDRESS_LINES } from './storefront.ts'

let count = 0

/** Tea at 599.99 for 200g and at 1100.00 for 400g, ten of each, in rupees. */
export function tea(server: TestServer, wishes: ProductWishes = {}): Promise<StockedProduct> {
  count += 1
  return stockedProduct(server, {
    name: `Tea ${count}`,
    currency: 'INR',
    variants: [
      { sku: `TEA-${process.pid}-${count}-S`, weightLabel: '200g', priceMinor: 59999 },
      { sku: `TEA-${process.pid}-${count}-L`, weightLabel: '400g', priceMinor: 110000 },
    ],
    ...wishes,
  })
}
export const SMALL = { price: '599.99', weight: '200g' }
export const LARGE = { price: '1100.00', weight: '400g' }

export type Shopper = Awaited<ReturnType<typeof shopper>>

/** Signed in on the storefront, with an address in the book. */
export async function shopper(server: TestServer) {
  const account = await signedUp(server, { surface: 'storefront' })
  const token = account.access
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers = {}) =>
    server.call(method, `/api${path}`, { token, headers, ...(body === undefined ? {} : { body }) })
  const { body } = await ask('POST', '/users/addresses/', ADDRESS_LINES)
  const addressId: number = body[0].id
  const add = (product: { id: number }, quantity = 1, price_weight: object = SMALL): Promise<Called> =>
    ask('POST', '/cart/add_to_cart/', { product_id: product.id, quantity, price_weight })
  const checkOut = (payment_data?: object, headers: Record<string, string> = {}): Promise<Called> =>
    ask('POST', '/orders/checkout/', { address_id: addressId, ...(payment_data && { payment_data }) }, headers)
  return { ...account, ask, add, checkOut, addressId }
}

type Told = { payment_id: string; order_id: string; status: string; amount: unknown }

/** What the shop's own gateway tells; the signature may be of another secret, or of another body. */
export function tellPayment(
  server: TestServer,
  told: Told,
  { secret = 'webhook-secret-of-tests', signed = told } = {},
) {
  const signature = createHmac('sha256', secret).update(JSON.stringify(signed)).digest('hex')
  return server.call('POST', '/api/payments/webhook/', {
    body: JSON.stringify(told),
    headers: { 'x-webhook-signature': `sha256=${signature}` },
  })
}
