import { type Address, findAddresses } from '#commerce/customers'
import { findAccount } from '#commerce/identity'
import type { OrderAddress } from '#commerce/orders'
import type { Db } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'

/** An address from the buyer's book, which goes before one written out; billing goes where shipping goes unless it is said. */
export type AddressChoice = {
  shippingAddressId?: number
  shippingAddress?: OrderAddress
  billingAddressId?: number
}

/**
 * The addresses of an order, copied out of the book: later changes there do not touch the order. One that names nobody gets the name
 * and the phone of the buyer's account. One statement, or two. Refuses an id that is not in the buyer's own book, and no address at all
 * (V1-302).
 */
export async function resolveAddresses(db: Db, accountId: number, choice: AddressChoice) {
  const { shippingAddressId, shippingAddress, billingAddressId } = choice
  const ids = [shippingAddressId, billingAddressId].filter((id) => id !== undefined)
  const book = ids.length > 0 ? await findAddresses(db, accountId, ids) : []
  const fromBook = (id: number, field: string): OrderAddress => {
    const address = book.find((each) => each.id === id)
    if (!address) throw invalidFields({ [field]: 'address_unknown' })
    return toOrderAddress(address)
  }
  const shipping =
    shippingAddressId === undefined ? shippingAddress : fromBook(shippingAddressId, 'shipping_address_id')
  if (!shipping) throw invalidFields({ shipping_address: 'required' })
  const billing = billingAddressId === undefined ? shipping : fromBook(billingAddressId, 'billing_address_id')
  const named = [shipping, billing].every(({ full_name }) => full_name) ? asIs : await namesBuyer(db, accountId)
  return { addressId: shippingAddressId ?? null, shippingAddress: named(shipping), billingAddress: named(billing) }
}

const asIs = (address: OrderAddress) => address

async function namesBuyer(db: Db, accountId: number): Promise<typeof asIs> {
  const { firstName = '', lastName = '', phone = null } = (await findAccount(db, accountId)) ?? {}
  const full_name = `${firstName} ${lastName}`.trim()
  return (address) => (address.full_name ? address : { ...address, full_name, phone: address.phone ?? phone })
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
