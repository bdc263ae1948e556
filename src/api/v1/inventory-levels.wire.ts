import { type Static, Type } from 'typebox'
import type { Level } from '#commerce/inventory'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Nullable } from '../http/wire.ts'
import { ArticleWire, StockQuery } from './inventory-filters.ts'

const UNITS_MAX = 1_000_000_000
const Units = (minimum: number) => Type.Integer({ minimum, maximum: UNITS_MAX })

export const LevelQuery = Type.Object({
  ...PageQuery,
  ...StockQuery,
  low_stock: Type.Optional(Type.Boolean({ description: 'true: at their threshold or below; false: above it' })),
})

export const LevelWire = Type.Object(
  {
    product: Type.Integer(),
    variant: Type.Integer(),
    sku: Type.String(),
    location: Type.Integer(),
    on_hand: Type.Integer(),
    reserved: Type.Integer({ description: 'always 0: an order takes its units when it is placed' }),
    available: Type.Integer({ description: 'the same as on_hand, since nothing is reserved' }),
    low_stock_threshold: Type.Integer(),
    reorder_point: Nullable(Type.Integer({ description: 'null: not ordered again by itself' })),
    reorder_quantity: Nullable(Type.Integer()),
  },
  { title: 'StockLevel' },
)
export const LevelPageWire = PageOf(LevelWire)

export function toLevelWire(level: Level): Static<typeof LevelWire> {
  return {
    product: level.productId,
    variant: level.variantId,
    sku: level.sku,
    location: level.locationId,
    on_hand: level.onHand,
    reserved: 0,
    available: level.onHand,
    low_stock_threshold: level.lowStockThreshold,
    reorder_point: level.reorderPoint,
    reorder_quantity: level.reorderQuantity,
  }
}

export const ThresholdInputWire = Type.Object({
  product_id: Type.Integer(),
  variant_id: Type.Optional(Nullable(Type.Integer({ description: 'default: all variants of the product' }))),
  low_stock_threshold: Units(0),
})
export const ThresholdWire = Type.Object(
  { product: Type.Integer(), variant: Nullable(Type.Integer()), low_stock_threshold: Type.Integer() },
  { title: 'StockThreshold' },
)

/** Both numbers, or null for both: never by itself. */
export const ReorderInputWire = Type.Object({
  ...ArticleWire,
  location_id: Type.Optional(Nullable(Type.Integer({ description: 'default: the default location' }))),
  reorder_point: Nullable(Units(0)),
  reorder_quantity: Nullable(Units(1)),
})
