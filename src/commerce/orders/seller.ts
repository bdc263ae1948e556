import { readSender } from '#platform/mail'
import type { Config } from '../../config.ts'

/** Who sells: what stands at the head of an invoice. `state` decides how the Indian tax is split. */
export type Seller = { name: string; email: string; address: string[]; taxNumber: string; state: string }

type Told = Pick<Config, 'MAIL_FROM' | 'SELLER_NAME' | 'SELLER_ADDRESS' | 'SELLER_STATE' | 'SELLER_TAX_NUMBER'>

/** The shop of the configuration; without a name of its own, that of its mails. */
export function sellerOf(config: Told): Seller {
  const { name, address } = readSender(config.MAIL_FROM)
  return {
    name: config.SELLER_NAME || name || 'Souk',
    email: address,
    address: config.SELLER_ADDRESS,
    taxNumber: config.SELLER_TAX_NUMBER,
    state: config.SELLER_STATE,
  }
}
