/** Carts that were left (SF-437, SF-461). */
import { sql } from 'kysely'
import type { Listing } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type CartLeftRow = Owner & {
  id: number
  sessionId: string | null
  cartCreatedAt: Date
  abandonedAt: Date
  currency: string
  valueMinor: number
  units: number
  stage: 'CART' | 'CHECKOUT'
  remindedAt: Date | null
  recoveredAt: Date | null
}
export type CartLeftFilters = { stage: string; isRecovered: boolean } & TimeFilters

const accountId = sql`cart.account_id`

export const cartLeftListing: Listing<CartLeftRow, CartLeftFilters> = {
  source: sql`analytics.abandoned_carts cart ${joinAccount(accountId)}`,
  columns: sql<CartLeftRow>`cart.id, cart.session_id, cart.cart_created_at, cart.abandoned_at, cart.currency, cart.value_minor, cart.units, cart.stage,
    cart.reminded_at, cart.recovered_at, ${OWNER}`,
  id: sql`cart.id`,
  date: sql`cart.abandoned_at`,
  search: (words) => isNamed(accountId, words),
  filters: {
    stage: (stage) => sql`cart.stage = ${stage}`,
    isRecovered: (is) => (is ? sql`cart.recovered_at is not null` : sql`cart.recovered_at is null`),
    ...timeFilters(sql`cart.abandoned_at`),
  },
  orderings: {
    cart_abandoned: sql`cart.abandoned_at`,
    cart_value: sql`cart.value_minor`,
    items_count: sql`cart.units`,
  },
}
