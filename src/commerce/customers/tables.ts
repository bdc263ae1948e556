/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type CustomersAddressType = 'billing' | 'other' | 'shipping'

export interface CustomersAddresses {
  accountId: number
  addressLine1: string
  addressLine2: string
  addressType: CustomersAddressType
  city: string
  country: string
  createdAt: Date
  fullName: string
  id: number
  isDefault: boolean
  phone: string | null
  postalCode: string
  state: string
  updatedAt: Date
}

export interface CustomersProfiles {
  accountId: number
  avatarUrl: string | null
  dateOfBirth: string | null
  language: string | null
  marketingOptIn: boolean
  wishAlerts: boolean
}

export interface CustomersWishlistItems {
  accountId: number
  addedAt: Date
  priceMinor: number
  productId: number
}
