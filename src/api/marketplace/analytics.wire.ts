import { type Static, Type } from 'typebox'
import type { Days, ProductFigures, readSales, Span } from '#commerce/analytics'
import { toDecimal } from '#platform/money.ts'
import { Ok } from '../http/envelope.ts'
import { percentOf } from '../http/rates.ts'
import { Day, Money } from '../http/wire.ts'

const metrics = {
  views: Type.Integer(),
  unique_viewers: Type.Integer(),
  cart_additions: Type.Integer(),
  wishlist_additions: Type.Integer(),
  purchases: Type.Integer({ description: 'orders that hold it and are not cancelled' }),
  units_sold: Type.Integer(),
  revenue: Money,
  conversion_rate: Type.Number({ description: 'purchases of 100 views' }),
}
const MetricsWire = Type.Object(metrics, { title: 'ProductMetrics' })

export const ProductFiguresWire = Ok(
  Type.Object(
    {
      product_id: Type.Integer(),
      product: Type.Object({ id: Type.Integer(), title: Type.String() }),
      start_date: Day,
      end_date: Day,
      totals: MetricsWire,
      daily: Type.Array(Type.Object({ date: Day, ...metrics })),
    },
    { title: 'ProductAnalytics' },
  ),
)

export const toMetrics = (row: ProductFigures, currency: string): Static<typeof MetricsWire> => ({
  views: row.views,
  unique_viewers: row.viewers,
  cart_additions: row.cartAdditions,
  wishlist_additions: row.wishlistAdditions,
  purchases: row.purchases,
  units_sold: row.units,
  revenue: toDecimal(row.amountMinor, currency),
  conversion_rate: percentOf(row.purchases, row.views),
})

const SalesWire = Type.Object(
  {
    group_by: Type.String(),
    start_date: Day,
    end_date: Day,
    summary: Type.Object({
      total_orders: Type.Integer({ description: 'placed, cancelled or not' }),
      total_revenue: Money,
      average_order_value: Money,
      units_sold: Type.Integer(),
      total_customers: Type.Integer(),
      cancelled_orders: Type.Integer(),
    }),
    results: Type.Array(
      Type.Object({
        period: Type.String({ format: 'date', description: 'the first day of the group' }),
        orders: Type.Integer(),
        units: Type.Integer(),
        revenue: Money,
      }),
    ),
    top_products: Type.Array(
      Type.Object({ product_id: Type.Integer(), title: Type.String(), units: Type.Integer(), revenue: Money }),
    ),
  },
  { title: 'MarketplaceSales' },
)
export const SalesAnswerWire = Ok(SalesWire)

/** Revenue is of what was placed and not cancelled (MP-146). */
export function toSales(
  sales: Awaited<ReturnType<typeof readSales>>,
  { span, days, currency }: { span: Span; days: Days; currency: string },
): Static<typeof SalesWire> {
  const money = (minor: number) => toDecimal(minor, currency)
  const kept = sales.orders - sales.cancelled
  return {
    group_by: span,
    start_date: days.from,
    end_date: days.until,
    summary: {
      total_orders: sales.orders,
      total_revenue: money(sales.bookedMinor),
      average_order_value: money(kept === 0 ? 0 : Math.round(sales.bookedMinor / kept)),
      units_sold: sales.units,
      total_customers: sales.buyers,
      cancelled_orders: sales.cancelled,
    },
    results: sales.results.map(({ period, orders, units, bookedMinor }) => ({
      period,
      orders,
      units,
      revenue: money(bookedMinor),
    })),
    top_products: sales.topProducts.map(({ productId, name, units, amountMinor }) => ({
      product_id: productId,
      title: name,
      units,
      revenue: money(amountMinor),
    })),
  }
}

export const NewEventWire = Type.Object({
  event_type: Type.Optional(Type.Unsafe<'page_view'>({ type: 'string', enum: ['page_view'] })),
  path: Type.String({ minLength: 1, maxLength: 500, description: 'the page of the front end' }),
  product_id: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
})
