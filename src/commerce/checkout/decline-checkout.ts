import { readCart } from '#commerce/cart'
import { findAddresses } from '#commerce/customers'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'

/**
 * A checkout whose payment the buyer wants to see fail, for those who build a shop front (SF-297): what would be refused
 * anyway is refused as ever, and then the payment. Nothing changes.
 */
export async function declineCheckout(app: App, accountId: number, addressId: number): Promise<never> {
  const cart = await readCart(app.db, { accountId }, { now: app.now(), currency: app.config.CURRENCY })
  if (cart.lines.length === 0) throw new Refusal('invalid', 'empty_cart', 'The cart is empty')
  const [address] = await findAddresses(app.db, accountId, [addressId])
  if (!address) throw missing('address')
  throw new Refusal('invalid', 'payment_declined', 'The payment was declined, as was asked for')
}
