/** /api/admin/core/cartabandonmentanalytics/ (SF-437, SF-461). */
import { Type } from 'typebox'
import { type CartLeftFilters, type CartLeftRow, cartLeftListing } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { toYesNo } from '../../http/filters.ts'
import { Money, Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { timeReaders, wordFilter } from './filter-readers.ts'
import { BadgeWire, showMoney } from './shown-figures.ts'

const CartLeftWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    session_id: Nullable(Type.String()),
    cart_created: Time,
    cart_abandoned: Time,
    currency: Type.String(),
    cart_value: Money,
    cart_value_display: Type.String(),
    items_count: Type.Integer({ description: 'units' }),
    abandonment_stage: Type.String(),
    recovery_email_sent: Type.Boolean(),
    recovered: Type.Boolean(),
    recovery_date: Nullable(Time),
    recovery_status_badge: BadgeWire,
  },
  { title: 'AdminCartAbandonment' },
)

export const cartLeftResource = figureResource<CartLeftRow, CartLeftFilters, typeof CartLeftWire>({
  path: 'core/cartabandonmentanalytics',
  noun: { one: 'AbandonedCart', many: 'AbandonedCarts' },
  listing: cartLeftListing,
  usual: '-cart_abandoned',
  filters: {
    stage: wordFilter('abandonment_stage'),
    isRecovered: { name: 'recovered', read: toYesNo, code: 'not_boolean' },
    ...timeReaders,
  },
  row: CartLeftWire,
  toRow: (row) => ({
    id: row.id,
    user: toUserRef(row),
    session_id: row.sessionId,
    cart_created: row.cartCreatedAt.toISOString(),
    cart_abandoned: row.abandonedAt.toISOString(),
    currency: row.currency,
    cart_value: toDecimal(row.valueMinor, row.currency),
    cart_value_display: showMoney(row.valueMinor, row.currency),
    items_count: row.units,
    abandonment_stage: row.stage,
    recovery_email_sent: row.remindedAt !== null,
    recovered: row.recoveredAt !== null,
    recovery_date: row.recoveredAt?.toISOString() ?? null,
    recovery_status_badge: badgeOf(row),
  }),
})

function badgeOf({ recoveredAt, remindedAt }: CartLeftRow) {
  if (recoveredAt) return { label: 'Recovered', color: 'green' }
  return remindedAt ? { label: 'Email sent', color: 'orange' } : { label: 'Abandoned', color: 'red' }
}
