import type { Words } from '../words.ts'
import { account } from './account.ts'
import { carts, stock, watches } from './goods.ts'
import { orders } from './orders.ts'
import { security } from './security.ts'
import { shipments } from './shipments.ts'

export const hi: Words = {
  language: 'hi',
  account,
  security,
  orders,
  shipments,
  carts,
  stock,
  watches,
  frame: { ifNoButton: 'यदि बटन काम न करे, तो यह पता खोलें:' },
}
