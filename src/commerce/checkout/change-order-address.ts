import {
  getOrder,
  lockOrder,
  moveOrder,
  type Order,
  type OrderAddress,
  type OrderRef,
  type OrderScope,
  setShippingAddress,
} from '#commerce/orders'
import { gramsOf, listMethods, lockShipmentsOfOrder, quotesFor, type ShippingMethod } from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type AddressChoice, type Recipient, resolveAddresses } from './resolve-addresses.ts'

type By = { actor: string; actorId: number }

/**
 * Sends an order elsewhere, as long as no parcel of it is packed. What was agreed stays agreed: an address that the transport would cost
 * something else to is refused (`shipping_address`: `other_shipping_rate`). Refuses `order_not_found`, `address_settled`, and addresses
 * as `resolveAddresses` does.
 */
export async function changeOrderAddress(
  app: App,
  ref: OrderRef,
  scope: OrderScope,
  choice: AddressChoice,
  by: By,
): Promise<Order> {
  const methods = await listMethods(app.db)
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const locked = await lockOrder(tx, ref, scope)
    const order = await getOrder(tx, locked.id)
    const parcels = await lockShipmentsOfOrder(tx, order.id)
    if (!['pending', 'processing'].includes(order.status) || parcels.length > 0)
      throw new Refusal('conflict', 'address_settled', 'The order is packed, or over')
    const { addressId, shippingAddress } = await resolveAddresses(tx, recipientOf(order), choice)
    if (rateTo(order, shippingAddress, methods) !== rateTo(order, order.shippingAddress, methods))
      throw invalidFields({ shipping_address: 'other_shipping_rate' })
    await setShippingAddress(tx, order.id, shippingAddress, addressId)
    await moveOrder(tx, locked, { note: 'Shipping address changed', ...by }, now)
    return getOrder(tx, order.id)
  })
}

/** Whoever it was to go to so far. */
const recipientOf = ({ accountId, shippingAddress: { full_name: name, phone } }: Order): Recipient => ({
  accountId: accountId ?? 0,
  name,
  phone,
})

/** What the way of shipping of an order costs to a place; nothing where it does not go there. */
function rateTo(order: Order, { country, postal_code: postalCode }: OrderAddress, methods: ShippingMethod[]) {
  const lines = order.lines.map(({ quantity, snapshot }) => ({ quantity, weightGrams: snapshot.weightGrams ?? null }))
  const goodsMinor = order.lines.reduce(
    (sum, { lineTotalMinor, discountMinor }) => sum + lineTotalMinor - discountMinor,
    0,
  )
  const parcel = { country, postalCode, currency: order.currency, subtotalMinor: goodsMinor, grams: gramsOf(lines) }
  return quotesFor(methods, parcel).find(({ code }) => code === order.shippingMethod)?.rateMinor
}
