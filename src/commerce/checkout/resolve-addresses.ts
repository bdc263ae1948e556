import { type Address, findAddresses } from '#commerce/customers'
import type { OrderAddress } from '#commerce/orders'
import type { Db } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'

/** An address from the buyer's book, which goes before one written out; billing goes where shipping goes unless it is said. */
export type AddressChoice = {
  shippingAddressId?: number
  shippingAddress?: OrderAddress
  billingAddressId?: number
}

/** Whose book it is, and what stands in an address that names nobody. */
export type Recipient = { accountId: number; name?: string; phone?: string | null }

/**
 * The addresses of an order, copied out of the book: later changes there do not touch the order. One that names nobody gets the name
 * and the phone of the recipient. One statement. Refuses an id that is not in the buyer's own book, and no address at all (V1-302).
 */
export async function resolveAddresses(db: Db, recipient: Recipient, choice: AddressChoice) {
  const { shippingAddressId, shippingAddress, billingAddressId } = choice
  const ids = [shippingAddressId, billingAddressId].filter((id) => id !== undefined)
  const book = ids.length > 0 ? await findAddresses(db, recipient.accountId, ids) : []
  const fromBook = (id: number, field: string): OrderAddress => {
    const address = book.find((each) => each.id === id)
    if (!address) throw invalidFields({ [field]: 'address_unknown' })
    return toOrderAddress(address)
  }
  const chosen = shippingAddressId === undefined ? shippingAddress : fromBook(shippingAddressId, 'shipping_address_id')
  if (!chosen) throw invalidFields({ shipping_address: 'required' })
  const billing = billingAddressId === undefined ? chosen : fromBook(billingAddressId, 'billing_address_id')
  return {
    addressId: shippingAddressId ?? null,
    shippingAddress: namedFor(recipient, chosen),
    billingAddress: namedFor(recipient, billing),
  }
}

function namedFor({ name = '', phone = null }: Recipient, address: OrderAddress): OrderAddress {
  return address.full_name ? address : { ...address, full_name: name, phone: address.phone ?? phone }
}

const toOrderAddress = (address: Address): OrderAddress => ({
  full_name: address.fullName,
  phone: address.phone,
  address_line1: address.addressLine1,
  address_line2: address.addressLine2,
  city: address.city,
  state: address.state,
  postal_code: address.postalCode,
  country: address.country,
})
