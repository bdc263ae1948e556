/** What the papers of an order, and the letters about it, have in common. */
import type { Language } from '#platform/language.ts'
import { formatMoney } from '#platform/money.ts'
import { moneyInWords } from '#platform/money-in-words.ts'
import type { Paper } from '#platform/pdf'
import type { Document } from './document.ts'
import type { Order, OrderAddress, OrderLine } from './order.ts'
import type { Seller } from './seller.ts'

/** Who sends the paper, as it stands at its head. */
export function issuerOf({ name, email, address, taxNumber }: Seller, taxName: string): Paper['issuer'] {
  const taxLine = taxNumber ? [`${taxName === 'GST' ? 'GSTIN' : 'Tax number'} ${taxNumber}`] : []
  return { name, lines: [...address, email, ...taxLine] }
}

/** For whom, and where it went. */
export function parties(order: Order): Paper['blocks'] {
  const billed = [...listAddressLines(order.billingAddress), ...(order.email ? [order.email] : [])]
  return [
    { heading: 'Billed to', lines: billed },
    { heading: 'Shipped to', lines: listAddressLines(order.shippingAddress) },
  ]
}

/** An address as it stands on a parcel, without empty lines. */
export function listAddressLines(address: OrderAddress, language: Language = 'en'): string[] {
  const city = [address.postal_code, address.city].filter(Boolean).join(' ')
  return [
    address.full_name,
    address.address_line1,
    address.address_line2,
    [city, address.state].filter(Boolean).join(', '),
    nameCountry(address.country, language),
    address.phone,
  ].filter((line): line is string => Boolean(line))
}

const countries = {
  en: new Intl.DisplayNames('en', { type: 'region' }),
  hi: new Intl.DisplayNames('hi', { type: 'region' }),
} satisfies Record<Language, Intl.DisplayNames>

/** "IN" is a code for people who sort letters, not for those who read them. */
function nameCountry(country: string, language: Language): string {
  return /^[A-Z]{2}$/.test(country) ? (countries[language].of(country) ?? country) : country
}

/** Options and stock keeping unit, as they were when the order was placed. */
export function describeVariant(line: OrderLine): string {
  const { attributes } = line.snapshot
  const options = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : []
  return [...options.map(([name, value]) => `${name}: ${value}`), `SKU ${line.sku}`].join(' · ')
}

/** In India the tax has a name. */
export const taxNameOf = ({ currency }: Pick<Order, 'currency'>, words = paperWords): string =>
  currency === 'INR' ? 'GST' : words.tax

/** How the lines of a sum are called. */
export type SumWords = Record<'subtotal' | 'discount' | 'tax' | 'shipping' | 'free' | 'grandTotal' | 'total', string>

/** As they stand on papers, whatever language their reader is written to in. */
export const paperWords: SumWords = {
  subtotal: 'Subtotal',
  discount: 'Discount',
  tax: 'Tax',
  shipping: 'Shipping',
  free: 'Free',
  grandTotal: 'Grand total',
  total: 'Total',
}

type Telling = { sellerState?: string; language?: Language; words?: SumWords }

/** The sum of an order, line by line, for people to read; the last line is what is due. */
export function listTotals(
  order: Order,
  { sellerState = '', language = 'en', words = paperWords }: Telling = {},
): Paper['totals'] {
  const money = (amountMinor: number) => formatMoney(amountMinor, order.currency, language)
  const discount = order.couponCode ? `${words.discount} (${order.couponCode})` : words.discount
  return [
    { label: words.subtotal, value: money(order.subtotalMinor) },
    ...(order.discountMinor > 0 ? [{ label: discount, value: money(-order.discountMinor) }] : []),
    ...listTaxes(order, order.taxMinor, { sellerState, language, words }),
    { label: words.shipping, value: order.shippingMinor === 0 ? words.free : money(order.shippingMinor) },
    { label: order.taxIncluded ? words.grandTotal : words.total, value: money(order.totalMinor), due: true },
  ]
}

/**
 * The tax by whom it goes to: within a state of India half to the state and half to the union, between two states whole to the
 * union. Where the seller does not say his state it is not split.
 */
export function listTaxes(
  order: Order,
  taxMinor: number,
  { sellerState = '', language = 'en', words = paperWords }: Telling,
): Paper['totals'] {
  const percent = Number(order.taxPercent)
  const line = (name: string, rate: number, minor: number) => ({
    label: `${name} (${rate} %)`,
    value: formatMoney(minor, order.currency, language),
  })
  const name = taxNameOf(order, words)
  if (name !== 'GST' || !sellerState) return [line(name, percent, taxMinor)]
  if (!isSame(sellerState, order.shippingAddress.state)) return [line('IGST', percent, taxMinor)]
  const halfMinor = Math.floor(taxMinor / 2)
  return [line('CGST', percent / 2, taxMinor - halfMinor), line('SGST', percent / 2, halfMinor)]
}

const isSame = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** The total in words, as accountants want it. */
export const inWords = (amountMinor: number, { currency }: Pick<Order, 'currency'>): string =>
  `In words: ${moneyInWords(amountMinor, currency)}`

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The number of a document, and its day. */
export const documentFacts = (name: string, { number, issuedAt }: Document): Paper['facts'] => [
  { label: `${name} number`, value: number },
  { label: `${name} date`, value: day.format(issuedAt) },
]

export const orderFacts = (order: Order): Paper['facts'] => [
  { label: 'Order number', value: order.number },
  { label: 'Order date', value: day.format(order.placedAt) },
  { label: 'Currency', value: order.currency },
]
