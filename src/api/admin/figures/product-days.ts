/** /api/admin/core/productanalytics/ (SF-435, SF-459). */
import { Type } from 'typebox'
import { type ProductDayFilters, type ProductDayRow, productDayListing } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { percentOf } from '../../http/rates.ts'
import { Day, Money } from '../../http/wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, textFilter, timeReaders } from './filter-readers.ts'
import { showMoney, showPercent } from './shown-figures.ts'

export const ProductRefWire = Type.Object({ id: Type.Integer(), name: Type.String() }, { title: 'ProductRef' })

const ProductDayWire = Type.Object(
  {
    id: Type.Integer(),
    product: ProductRefWire,
    product_name: Type.String(),
    date: Day,
    views: Type.Integer(),
    cart_additions: Type.Integer(),
    purchases: Type.Integer({ description: 'paid orders that hold it' }),
    currency: Type.String(),
    revenue: Money,
    revenue_display: Type.String(),
    conversion_rate: Type.Number(),
    conversion_rate_display: Type.String(),
    cart_to_purchase_rate: Type.Number(),
    cart_to_purchase_rate_display: Type.String(),
  },
  { title: 'AdminProductAnalytics' },
)

export const productDayResource = figureResource<ProductDayRow, ProductDayFilters, typeof ProductDayWire>({
  path: 'core/productanalytics',
  noun: { one: 'ProductAnalytics', many: 'ProductAnalyticsDays' },
  listing: productDayListing,
  usual: '-date',
  filters: {
    productId: idFilter('product'),
    category: textFilter('category', 'its code, id, slug or name'),
    ...timeReaders,
  },
  row: ProductDayWire,
  toRow: (row) => {
    const conversion = percentOf(row.purchases, row.views)
    const fromCart = percentOf(row.purchases, row.cartAdditions)
    const name = row.productName ?? ''
    return {
      id: row.id,
      product: { id: row.productId, name },
      product_name: name,
      date: row.day,
      views: row.views,
      cart_additions: row.cartAdditions,
      purchases: row.purchases,
      currency: row.currency,
      revenue: toDecimal(row.revenueMinor, row.currency),
      revenue_display: showMoney(row.revenueMinor, row.currency),
      conversion_rate: conversion,
      conversion_rate_display: showPercent(conversion),
      cart_to_purchase_rate: fromCart,
      cart_to_purchase_rate_display: showPercent(fromCart),
    }
  },
})
