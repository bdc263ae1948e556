/** /api/admin/payments/refund/: refunds, and what staff says to those that were asked for (SF-469). */
import { type Static, Type } from 'typebox'
import { type RefundFilters, type RefundRow, refundListing } from '#commerce/backoffice'
import { settleRequestedRefund } from '#commerce/checkout'
import { toRefundNumber } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { Choice, Money, Time } from '../http/wire.ts'
import { saysError } from '../storefront/refusals.ts'
import { toUserRef, UserRefWire } from './owner.wire.ts'
import { change, type Resource } from './resource.ts'

const STATUSES = { pending: 'processing', succeeded: 'completed', failed: 'rejected' } as const
const Status = Choice(Object.values(STATUSES))

const RefundRowWire = Type.Object(
  {
    id: Type.Integer(),
    refund_id: Type.String(),
    order_number: Type.String(),
    user: UserRefWire,
    amount: Money,
    currency: Type.String(),
    reason: Type.String(),
    status: Status,
    created_at: Time,
  },
  { title: 'AdminRefund' },
)
const Verdict = Type.Object({ status: Choice(['completed', 'rejected']) })

const toRefundRowWire = (row: RefundRow): Static<typeof RefundRowWire> => ({
  id: row.id,
  refund_id: toRefundNumber(row.refundId),
  order_number: row.orderNumber,
  user: toUserRef(row),
  amount: toDecimal(row.amountMinor, row.currency),
  currency: row.currency,
  reason: row.reason,
  status: STATUSES[row.status],
  created_at: row.createdAt.toISOString(),
})

export const refundResource: Resource<RefundRow, RefundFilters> = {
  path: 'payments/refund',
  noun: { one: 'Refund', many: 'Refunds' },
  listing: refundListing,
  usual: '-created_at',
  filters: { status: { name: 'status', read: readStatus, code: 'not_choice' } },
  row: RefundRowWire,
  toRow: toRefundRowWire,
  detail: RefundRowWire,
  toDetail: async (_app, row) => toRefundRowWire(row),
  detailBudget: 0,
  change: change<RefundRow, typeof Verdict>({
    summary: 'Give back what was asked for, or do not: once',
    body: Verdict,
    sqlBudget: 30,
    apply: (app, row, { status }, _viewer, alongside) =>
      settleRequestedRefund(app, row.refundId, status, 'staff', alongside),
  }),
  says: { refund_settled: saysError('This refund is settled already.', 400) },
}

function readStatus(text: string): RefundRow['status'] | undefined {
  return (Object.keys(STATUSES) as RefundRow['status'][]).find((status) => STATUSES[status] === text.toLowerCase())
}
