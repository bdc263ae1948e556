/** A surface is a sales channel: it has a currency, and says what becomes of the tax. */
import type { OrderDraft } from './order.ts'

export type Channel = OrderDraft['channel']
export type ChannelTerms = { currency: string; taxPercent: number; taxIncluded: boolean }

/** The storefront sells in rupees, and its prices hold the goods and services tax (C-35). */
const STOREFRONT: ChannelTerms = { currency: 'INR', taxPercent: 18, taxIncluded: true }

/** On what terms a channel sells. All but the storefront add the tax of the configuration to their prices. */
export function termsOf(channel: Channel, config: { CURRENCY: string; TAX_RATE: number }): ChannelTerms {
  if (channel === 'storefront') return STOREFRONT
  return { currency: config.CURRENCY, taxPercent: config.TAX_RATE, taxIncluded: false }
}
