/** A shop of its own database that the test furnishes by the modules' faces and a real process serves. */
import { type SignedUp, signedUp } from '../accounts.ts'
import { ADDRESS, type Article, fillCart } from '../goods.ts'
import { openTestShop, type TestShop } from '../shop.ts'
import { type Answer, call, type Environment, makeShopFolder, settingsFor } from './souk-process.ts'

export type ProcessShop = {
  shop: TestShop
  settings: Environment
  close(): Promise<void>
}

/** The database is there, and the settings with which a process serves it. */
export async function openProcessShop(over: Environment = {}): Promise<ProcessShop> {
  const shop = await openTestShop()
  const { SECRET_KEY, PAYMENT_WEBHOOK_SECRET } = shop.config
  const same = { DATABASE_URL: shop.databaseUrl, SECRET_KEY, PAYMENT_WEBHOOK_SECRET }
  return { shop, settings: await settingsFor(makeShopFolder(), { ...same, ...over }), close: shop.close }
}

export type Buyer = SignedUp & { article: Article; quantity: number }

/** Somebody signed in, with this many units of an article in the cart. */
export async function buyerOf(shop: TestShop, article: Article, quantity = 1): Promise<Buyer> {
  const account = await signedUp({ shop })
  await fillCart(shop, account.accountId, [article, quantity])
  return { ...account, article, quantity }
}

/** Asks a serving process to make an order of the buyer's cart; rejects when there is no answer. */
export function placeOrder(url: string, buyer: Buyer, key?: string): Promise<Answer> {
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  return call(`${url}/api/v1/orders/`, { body, token: buyer.access, ...(key && { key }) })
}
