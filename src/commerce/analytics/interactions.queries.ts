/** What people do with products, and the pages that they look at. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { AnalyticsInteractionKind } from './tables.ts'

export type InteractionKind = AnalyticsInteractionKind

export type Interaction = {
  happenedAt: Date
  kind: InteractionKind
  accountId: number | null
  /** Of a visitor who is not signed in. */
  sessionId?: string | null
  /** None of a page that shows no single product. */
  productId: number | null
  /** Units, or the stars of a rating; 1 where nothing is said. */
  value?: number
  ip?: string | null
  userAgent?: string | null
  details?: Record<string, unknown>
}

/** All at once. An account that was closed meanwhile is not named. */
export async function insertInteractions(db: Db, interactions: Interaction[]): Promise<void> {
  await sql`
    insert into analytics.interactions
      (happened_at, kind, account_id, session_id, product_id, value, ip_address, user_agent, details)
    select came."happenedAt", came.kind, account.id, came."sessionId", came."productId", coalesce(came.value, 1), came.ip,
      came."userAgent", coalesce(came.details, '{}')
    from json_to_recordset(${JSON.stringify(interactions)}::json) as came (
      "happenedAt" timestamptz, kind analytics.interaction_kind, "accountId" bigint, "sessionId" text, "productId" bigint,
      value int, ip inet, "userAgent" text, details jsonb)
    left join identity.accounts account on account.id = came."accountId" and account.closed_at is null
    order by came."happenedAt"`.execute(db)
}

/** An order's lines as steps of the funnel, at the time of the order's last change. */
export async function insertOrderInteractions(tx: Tx, orderId: number, kind: 'CHECKOUT' | 'PURCHASE'): Promise<void> {
  await sql`
    insert into analytics.interactions (happened_at, kind, account_id, product_id, value, details)
    select "order".updated_at, ${kind}::analytics.interaction_kind, "order".account_id, line.product_id, sum(line.quantity),
      jsonb_build_object('order_number', "order".number)
    from orders.orders "order" join orders.lines line on line.order_id = "order".id
    where "order".id = ${orderId} and line.product_id is not null
    group by "order".id, line.product_id`.execute(tx)
}
