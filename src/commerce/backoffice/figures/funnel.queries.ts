/** The steps from looking to buying (SF-436, SF-460). */
import { sql } from 'kysely'
import type { InteractionKind } from '#commerce/analytics'
import { type Listing, partPattern } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type FunnelRow = Owner & {
  id: number
  stage: InteractionKind
  happenedAt: Date
  sessionId: string | null
  productId: number
  productName: string | null
  details: Record<string, unknown>
}
export type FunnelFilters = { stage: string; accountId: number; productId: number } & TimeFilters

const accountId = sql`step.account_id`

export const funnelListing: Listing<FunnelRow, FunnelFilters> = {
  source: sql`(
      select * from analytics.interactions where kind in ('VIEW', 'CART', 'CHECKOUT', 'PURCHASE') and product_id is not null
    ) step left join catalog.products product on product.id = step.product_id ${joinAccount(accountId)}`,
  columns: sql<FunnelRow>`step.id, step.kind as stage, step.happened_at, step.session_id, step.product_id, product.name as product_name,
    step.details, ${OWNER}`,
  id: sql`step.id`,
  date: sql`step.happened_at`,
  search: (words) => sql`(${isNamed(accountId, words)} or step.session_id = ${words}
    or step.product_id in (select id from catalog.products where lower(name) like ${partPattern(words)}))`,
  filters: {
    stage: (stage) => sql`step.kind::text = ${stage}`,
    accountId: (id) => sql`step.account_id = ${id}`,
    productId: (id) => sql`step.product_id = ${id}`,
    ...timeFilters(sql`step.happened_at`),
  },
  orderings: { timestamp: sql`step.happened_at` },
}
