/** What an address is. */
export const ADDRESS_TYPES = ['shipping', 'billing', 'other'] as const
export type AddressType = (typeof ADDRESS_TYPES)[number]

/** The lines that go on a parcel or an invoice. */
type AddressLines = {
  fullName: string
  phone: string | null
  addressLine1: string
  addressLine2: string
  city: string
  state: string
  postalCode: string
  country: string
}

export type Address = AddressLines & {
  id: number
  addressType: AddressType
  isDefault: boolean
  createdAt: Date
  updatedAt: Date
}

type Required = 'addressLine1' | 'city' | 'postalCode' | 'country'
/** A new address; without a type it is for shipping. */
export type AddressInput = Pick<AddressLines, Required> &
  Partial<Omit<AddressLines, Required>> & { addressType?: AddressType; isDefault?: boolean }
export type AddressChanges = Partial<AddressInput>

/** What is stored of an address; who owns it and when it was written stands beside it. */
export type AddressContent = AddressLines & { addressType: AddressType; isDefault: boolean }

/** The input completed by defaults, without the blanks around it. `isDefault` is what was wished. */
export function toContent(input: AddressInput): AddressContent {
  return {
    addressType: input.addressType ?? 'shipping',
    fullName: input.fullName?.trim() ?? '',
    phone: input.phone?.trim() || null,
    addressLine1: input.addressLine1.trim(),
    addressLine2: input.addressLine2?.trim() ?? '',
    city: input.city.trim(),
    state: input.state?.trim() ?? '',
    postalCode: input.postalCode.trim(),
    country: input.country.trim(),
    isDefault: input.isDefault ?? false,
  }
}
