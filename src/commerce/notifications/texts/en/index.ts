/** All that people are told, in English. The other languages have the same keys, or the compiler says which is missing. */
import type { Language } from '#platform/language.ts'
import { account } from './account.ts'
import { carts, stock, watches } from './goods.ts'
import { orders } from './orders.ts'
import { security } from './security.ts'
import { shipments } from './shipments.ts'

export const en = {
  language: 'en' as Language,
  account,
  security,
  orders,
  shipments,
  carts,
  stock,
  watches,
  frame: { ifNoButton: 'If the button does not work, open this address:' },
}
