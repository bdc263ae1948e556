/**
 * Customers: the person behind an account: profile, addresses and wishes. Owns the schema "customers".
 * Invariant: of each type, an account has at most one default address, and the first one of a type is it.
 */
export type { Address, AddressChanges, AddressInput, AddressType } from './address.ts'
export { ADDRESS_TYPES } from './address.ts'
export {
  addAddress,
  addAddressStep,
  changeAddress,
  getAddress,
  removeAddress,
  setDefaultAddress,
} from './addresses.ts'
export { type AddressEntry, changeAddressBook } from './change-address-book.ts'
export { type Customer, type CustomerChanges, changeCustomer, getCustomer } from './change-customer.ts'
export type { Profile, ProfileChanges } from './profile.ts'
export { deleteCustomer, findAddresses, findProfile, listAddressBook, listAddresses, upsertProfile } from './queries.ts'
export { type Person, registerCustomer } from './register-customer.ts'
export { type FallenWish, findLanguages, listWatchedWishes, takeFallenWishes } from './wish-alerts.queries.ts'
export { setWishAlerts } from './wish-alerts.ts'
export { addWish, moveWishToCart, readWishlist, removeWish, type WishedProduct } from './wishlist.ts'
