/** /api/admin/core/salesmetrics/, and the same by week and by month (SF-434, SF-458). */
import { Type } from 'typebox'
import { type Span, type VisitDayFilters, type VisitDayRow, visitListing } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { percentOf } from '../../http/rates.ts'
import { Day, Money } from '../../http/wire.ts'
import { figureResource } from './figure-resource.ts'
import { timeReaders } from './filter-readers.ts'
import { showMoney, showPercent } from './shown-figures.ts'

/** What customers cost to win is not known to the shop; nothing is spent that it knows of. */
const SPENT_ON_WINNING = { minor: 0, currency: 'INR' }

const VisitDayWire = Type.Object(
  {
    id: Type.Integer(),
    date: Day,
    total_visitors: Type.Integer({ description: 'visits: whoever is silent for half an hour begins another' }),
    unique_visitors: Type.Integer(),
    conversion_rate: Type.Number({ description: 'paid orders of 100 unique visitors' }),
    conversion_rate_display: Type.String(),
    cart_abandonment_rate: Type.Number(),
    cart_abandonment_rate_display: Type.String(),
    new_customers: Type.Integer({ description: 'who ordered for the first time' }),
    returning_customers: Type.Integer(),
    customer_acquisition_cost: Money,
    customer_acquisition_cost_display: Type.String(),
  },
  { title: 'AdminSalesMetrics' },
)

export const visitResource = (span: Span) => {
  const suffix = span === 'day' ? '' : span === 'week' ? '-weekly' : '-monthly'
  const noun = `SalesMetrics${span === 'day' ? '' : span === 'week' ? 'Weekly' : 'Monthly'}`
  return figureResource<VisitDayRow, VisitDayFilters, typeof VisitDayWire>({
    path: `core/salesmetrics${suffix}`,
    noun: { one: `${noun}Row`, many: noun },
    listing: visitListing(span),
    usual: '-date',
    filters: timeReaders,
    row: VisitDayWire,
    toRow: (row) => {
      const conversion = percentOf(row.paidOrders, row.visitors)
      const abandonment = percentOf(row.abandonedCarts, row.carts)
      const { minor, currency } = SPENT_ON_WINNING
      return {
        id: row.id,
        date: row.day,
        total_visitors: row.visits,
        unique_visitors: row.visitors,
        conversion_rate: conversion,
        conversion_rate_display: showPercent(conversion),
        cart_abandonment_rate: abandonment,
        cart_abandonment_rate_display: showPercent(abandonment),
        new_customers: row.newCustomers,
        returning_customers: row.returningCustomers,
        customer_acquisition_cost: toDecimal(minor, currency),
        customer_acquisition_cost_display: showMoney(minor, currency),
      }
    },
  })
}
