/** Refunds as staff sees them. */
import { sql } from 'kysely'
import type { Refund } from '#commerce/payments'
import { accountsNamed } from './accounts.queries.ts'
import { type Listing, partPattern } from './listing.ts'
import type { Owner } from './orders.queries.ts'

/** `id` is the number that staff names it by. */
export type RefundRow = Owner & {
  id: number
  refundId: string
  orderNumber: string
  amountMinor: number
  currency: string
  reason: string
  status: Refund['status']
  createdAt: Date
}
export type RefundFilters = { status: Refund['status'] }

export const refundListing: Listing<RefundRow, RefundFilters> = {
  source: sql`payments.refunds refund left join payments.payments payment on payment.id = refund.payment_id
    left join identity.accounts account on account.id = payment.account_id`,
  columns: sql<RefundRow>`refund.number as id, refund.id as refund_id, payment.order_number, refund.amount_minor, payment.currency,
    refund.reason, refund.status, refund.created_at, payment.account_id, account.username, account.email as account_email`,
  id: sql`refund.number`,
  date: sql`refund.created_at`,
  search: (words) => sql`payment.order_id in (
    select id from orders.orders where lower(number) like ${partPattern(words)}
    union all
    select id from orders.orders where account_id in (${accountsNamed(words)}))`,
  filters: { status: (status) => sql`refund.status = ${status}` },
  orderings: { created_at: sql`refund.created_at`, amount: sql`refund.amount_minor` },
}
