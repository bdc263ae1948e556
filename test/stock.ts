/** Stock as staff sees and changes it, for tests. */
import { signedUp, staffMember } from './accounts.ts'
import { ADDRESS, fillCart } from './goods.ts'
import type { StockedProduct } from './products.ts'
import type { Called, TestServer } from './server.ts'

const INVENTORY = '/api/v1/inventory'
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls routes below /api/v1/inventory as one member of the staff. */
export async function stockKeeper(server: TestServer) {
  const { access, accountId } = await staffMember(server)
  const ask = (method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Called> =>
    server.call(method, `${INVENTORY}${path}`, { token: access, headers, ...(body === undefined ? {} : { body }) })
  return {
    accountId,
    ask,
    adjust: (product: { id: number }, quantity_delta: number, rest: object = {}) =>
      ask('POST', '/adjustments/', { product_id: product.id, quantity_delta, ...rest }),
    addLocation: async (code: string, rest: object = {}): Promise<number> =>
      (await ask('POST', '/locations/', { code, name: code, ...rest })).body.id,
    /** Units of a product by location. */
    unitsOf: async (product: { id: number }): Promise<Record<number, number>> => {
      const { body } = await ask('GET', `/levels/?product=${product.id}`)
      return Object.fromEntries(
        body.results.map(({ location, on_hand }: { location: number; on_hand: number }) => [location, on_hand]),
      )
    },
    /** The alerts of a product, the latest first: whether each is resolved. */
    alertsOf: async (product: { id: number }): Promise<boolean[]> => {
      const { body } = await ask('GET', `/alerts/?product=${product.id}`)
      return body.results.map(({ resolved }: { resolved: boolean }) => resolved)
    },
  }
}
export type StockKeeper = Awaited<ReturnType<typeof stockKeeper>>

/** An order of so many, paid on delivery, by somebody new. Returns the answer, and who asked. */
export async function buy(server: TestServer, product: StockedProduct, quantity: number) {
  return (await meantToBuy(server, product, quantity))()
}

/** The same with the cart filled already: what is returned places the order. */
export async function meantToBuy(server: TestServer, product: StockedProduct, quantity: number) {
  const buyer = await signedUp(server)
  const article = { ...product, productId: product.id, priceMinor: 0 }
  await fillCart(server.shop, buyer.accountId, [article, quantity])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  return async () => ({ buyer, answer: await server.call('POST', '/api/v1/orders/', { token: buyer.access, body }) })
}
