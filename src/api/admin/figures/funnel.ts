/** /api/admin/core/conversionfunnel/ (SF-436, SF-460). */
import { Type } from 'typebox'
import { type FunnelFilters, type FunnelRow, funnelListing } from '#commerce/backoffice'
import { Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, timeReaders, wordFilter } from './filter-readers.ts'
import { ProductRefWire } from './product-days.ts'
import { BadgeWire } from './shown-figures.ts'

const COLORS: Record<string, string> = { VIEW: 'gray', CART: 'blue', CHECKOUT: 'orange', PURCHASE: 'green' }

const FunnelWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    user_name: Type.String(),
    session_id: Nullable(Type.String()),
    stage: Type.String(),
    stage_badge: BadgeWire,
    product: ProductRefWire,
    product_name: Type.String(),
    timestamp: Time,
    metadata: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'AdminConversionFunnel' },
)

export const funnelResource = figureResource<FunnelRow, FunnelFilters, typeof FunnelWire>({
  path: 'core/conversionfunnel',
  noun: { one: 'FunnelStep', many: 'FunnelSteps' },
  listing: funnelListing,
  usual: '-timestamp',
  filters: {
    stage: wordFilter('stage'),
    accountId: idFilter('user_id'),
    productId: idFilter('product'),
    ...timeReaders,
  },
  row: FunnelWire,
  toRow: (row) => {
    const name = row.productName ?? ''
    return {
      id: row.id,
      user: toUserRef(row),
      user_name: row.username ?? 'Anonymous',
      session_id: row.sessionId,
      stage: row.stage,
      stage_badge: { label: row.stage, color: COLORS[row.stage] ?? 'gray' },
      product: { id: row.productId, name },
      product_name: name,
      timestamp: row.happenedAt.toISOString(),
      metadata: row.details,
    }
  },
})
