import { type Static, Type } from 'typebox'
import { WATCH_KINDS, type WatchedProduct } from '#commerce/watches'
import { toDecimal } from '#platform/money.ts'
import { Choice, Nullable, Time } from '../http/wire.ts'
import { ProductWire, toProductWire } from './products.wire.ts'

export const AlertInputWire = Type.Object({
  kind: Choice(WATCH_KINDS),
  variant_id: Type.Optional(Nullable(Type.Integer({ description: 'Left out: the product as a whole' }))),
})

export const ProductAlertWire = Type.Object(
  {
    id: Type.Integer(),
    kind: Choice(WATCH_KINDS),
    variant_id: Nullable(Type.Integer()),
    price: Nullable(Type.String({ description: 'Of a price drop: it is told once it costs less than that' })),
    product: ProductWire,
    created_at: Time,
  },
  { title: 'ProductAlert' },
)
export const ProductAlertsWire = Type.Object(
  { items: Type.Array(ProductAlertWire), count: Type.Integer() },
  { title: 'ProductAlerts' },
)

export function toProductAlertWire(watch: WatchedProduct, publicUrl: string): Static<typeof ProductAlertWire> {
  const { id, kind, variantId, priceMinor, product, createdAt } = watch
  return {
    id,
    kind,
    variant_id: variantId,
    price: priceMinor === null ? null : toDecimal(priceMinor, product.currency),
    product: toProductWire(product, publicUrl),
    created_at: createdAt.toISOString(),
  }
}

export const AlertSettingsWire = Type.Object(
  { wishlist_price_drops: Type.Boolean({ description: 'Whether I am told when something I wish for gets cheaper' }) },
  { title: 'ProductAlertSettings' },
)
