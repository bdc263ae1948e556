/** /api/admin/analytics/orderanalytics/ (SF-430). */
import { Type } from 'typebox'
import { type OrderDayFilters, type OrderDayRow, orderDayListing } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { Day, Money } from '../../http/wire.ts'
import { figureResource } from './figure-resource.ts'
import { timeReaders, wordFilter } from './filter-readers.ts'

const OrderDayWire = Type.Object(
  {
    id: Type.Integer(),
    date: Day,
    currency: Type.String(),
    total_orders: Type.Integer({ description: 'placed on that day' }),
    total_revenue: Money,
    avg_order_value: Money,
    shipping_revenue: Money,
  },
  { title: 'AdminOrderAnalytics' },
)

export const orderDayResource = figureResource<OrderDayRow, OrderDayFilters, typeof OrderDayWire>({
  path: 'analytics/orderanalytics',
  noun: { one: 'OrderAnalytics', many: 'OrderAnalyticsDays' },
  listing: orderDayListing,
  usual: '-date',
  filters: { currency: wordFilter('currency'), ...timeReaders },
  row: OrderDayWire,
  toRow: ({ id, day, currency, orders, paid, revenueMinor, shippingMinor }) => ({
    id,
    date: day,
    currency,
    total_orders: orders,
    total_revenue: toDecimal(revenueMinor, currency),
    avg_order_value: toDecimal(paid === 0 ? 0 : Math.round(revenueMinor / paid), currency),
    shipping_revenue: toDecimal(shippingMinor, currency),
  }),
})
