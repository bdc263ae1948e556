import { type Static, Type } from 'typebox'
import {
  type LedgerEntry,
  type LedgerFilter,
  MOVEMENTS,
  POSTED_MOVEMENTS,
  type Posting,
  type Transfer,
  type TransferOrder,
} from '#commerce/inventory'
import { readDay } from '../http/filters.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, Filled, Nullable, sent, Time } from '../http/wire.ts'
import { ArticleWire, readStockFilter, StockQuery } from './inventory-filters.ts'
import { LocationWire, toLocationWire } from './inventory-locations.wire.ts'

const UNITS_MAX = 1_000_000_000
const ITEMS_MAX = 500
const DAY_MS = 86_400_000

export const TransactionWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    variant: Type.Integer(),
    location: Type.Integer(),
    type: Choice(MOVEMENTS),
    quantity: Type.Integer({ description: 'negative where units went out' }),
    balance_after: Type.Integer({ description: 'of the variant at this location' }),
    reference: Type.String({ description: 'the number of an order, the code of a transfer; may be empty' }),
    notes: Type.String(),
    recorded_by: Nullable(Type.Integer({ description: 'a user; null where the shop did it by itself' })),
    timestamp: Time,
  },
  { title: 'StockTransaction' },
)
export const TransactionPageWire = PageOf(TransactionWire)

export function toTransactionWire(entry: LedgerEntry): Static<typeof TransactionWire> {
  return {
    id: entry.id,
    product: entry.productId,
    variant: entry.variantId,
    location: entry.locationId,
    type: entry.movement,
    quantity: entry.quantity,
    balance_after: entry.balanceAfter,
    reference: entry.reference ?? '',
    notes: entry.notes,
    recorded_by: entry.recordedBy,
    timestamp: entry.recordedAt.toISOString(),
  }
}

export const TransactionQuery = Type.Object({
  ...PageQuery,
  ...StockQuery,
  type: Type.Optional(Choice(MOVEMENTS)),
  start_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, UTC, inclusive' })),
  end_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, UTC, inclusive' })),
})

export function toLedgerFilter(query: Static<typeof TransactionQuery>): LedgerFilter {
  const from = readDay('start_date', query.start_date)
  const last = readDay('end_date', query.end_date)
  const until = last && new Date(last.getTime() + DAY_MS)
  return { ...readStockFilter(query), ...sent({ movements: query.type && [query.type], from, until }) }
}

export const AdjustmentWire = Type.Object({
  ...ArticleWire,
  location_id: Type.Optional(Nullable(Type.Integer({ description: 'default: the default location' }))),
  quantity_delta: Type.Integer({
    minimum: -UNITS_MAX,
    maximum: UNITS_MAX,
    description: 'not 0; IN and RETURN are positive, OUT and DAMAGE negative',
  }),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
  type: Type.Optional(Choice(POSTED_MOVEMENTS)),
})

export function toPosting(body: Static<typeof AdjustmentWire>, recordedBy: number): Posting {
  return {
    productId: body.product_id,
    movement: body.type ?? 'ADJUSTMENT',
    delta: body.quantity_delta,
    notes: body.reason ?? '',
    recordedBy,
    ...sent({ variantId: body.variant_id ?? undefined, locationId: body.location_id ?? undefined }),
  }
}

const LocationChoice = Type.Union([Type.Integer(), Filled({ maxLength: 50 })], { description: 'id or code' })

export const TransferInputWire = Type.Object({
  from_location: LocationChoice,
  to_location: LocationChoice,
  items: Type.Array(Type.Object({ ...ArticleWire, quantity: Type.Integer({ minimum: 1, maximum: UNITS_MAX }) }), {
    minItems: 1,
    maxItems: ITEMS_MAX,
  }),
  notes: Type.Optional(Type.String({ maxLength: 1000 })),
})

export function toTransferOrder(body: Static<typeof TransferInputWire>, recordedBy: number): TransferOrder {
  return {
    from: body.from_location,
    to: body.to_location,
    items: body.items.map(({ product_id: productId, variant_id: variantId, quantity }) => ({
      productId,
      quantity,
      ...sent({ variantId: variantId ?? undefined }),
    })),
    notes: body.notes ?? '',
    recordedBy,
  }
}

export const TransferWire = Type.Object(
  {
    reference: Type.String({ description: 'what both transactions of each article name' }),
    from_location: LocationWire,
    to_location: LocationWire,
    transactions: Type.Array(TransactionWire),
  },
  { title: 'StockTransfer' },
)

export function toTransferWire({ reference, from, to, entries }: Transfer): Static<typeof TransferWire> {
  return {
    reference,
    from_location: toLocationWire(from),
    to_location: toLocationWire(to),
    transactions: entries.map(toTransactionWire),
  }
}
