import { type Static, Type } from 'typebox'
import type { Summary } from '#commerce/analytics'
import type { ActivityRow, ApiEventRow, Milestone, OrderEventRow, SearchRow } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { toUserRef, UserRefWire } from '../admin/owner.wire.ts'
import { percentOf, round } from '../http/rates.ts'
import { Choice, Day, Money, Nullable, Time } from '../http/wire.ts'
import { toStatus } from './orders.wire.ts'

const Text = Nullable(Type.String())
const Details = Type.Record(Type.String(), Type.Unknown())

export const ApiEventWire = Type.Object(
  {
    id: Type.Integer(),
    endpoint: Type.String(),
    method: Type.String(),
    status: Choice(['success', 'error']),
    status_code: Type.Integer(),
    response_time: Type.Number({ description: 'seconds' }),
    timestamp: Time,
    user: UserRefWire,
    ip_address: Text,
    user_agent: Text,
    request_size: Type.Integer(),
    response_size: Type.Integer(),
    session_id: Text,
    referer: Text,
    request_data: Text,
    error_message: Text,
  },
  { title: 'ApiEvent' },
)

export const toApiEventWire = (row: ApiEventRow): Static<typeof ApiEventWire> => ({
  id: row.id,
  endpoint: row.path,
  method: row.method,
  status: row.status < 400 ? 'success' : 'error',
  status_code: row.status,
  response_time: round(row.elapsedMs / 1000, 4),
  timestamp: row.happenedAt.toISOString(),
  user: toUserRef(row),
  ip_address: row.ipAddress,
  user_agent: row.userAgent,
  request_size: row.requestSize,
  response_size: row.responseSize,
  session_id: row.sessionId,
  referer: row.referer,
  request_data: row.requestData,
  error_message: row.errorMessage,
})

export const ActivityWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    activity_type: Type.String(),
    timestamp: Time,
    ip_address: Text,
    user_agent: Text,
    additional_data: Details,
  },
  { title: 'UserActivity' },
)

export const toActivityWire = (row: ActivityRow): Static<typeof ActivityWire> => ({
  id: row.id,
  user: toUserRef(row),
  activity_type: row.activityType,
  timestamp: row.happenedAt.toISOString(),
  ip_address: row.ipAddress,
  user_agent: row.userAgent,
  additional_data: row.details,
})

export const EVENT_TYPES = {
  ORDER_CREATED: 'placed',
  ORDER_COMPLETED: 'completed',
  ORDER_CANCELLED: 'cancelled',
} as const satisfies Record<string, Milestone>
const typeOf = Object.fromEntries(Object.entries(EVENT_TYPES).map(([type, milestone]) => [milestone, type]))

export const OrderEventWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    order: Type.Object({ order_number: Type.String(), total_price: Money, status: Type.String() }),
    event_type: Choice(Object.keys(EVENT_TYPES)),
    timestamp: Time,
    order_value: Money,
    additional_data: Type.Object({
      payment_method: Type.String(),
      items_count: Type.Integer({ description: 'units' }),
    }),
  },
  { title: 'OrderEvent' },
)

export function toOrderEventWire(row: OrderEventRow): Static<typeof OrderEventWire> {
  const total = toDecimal(row.totalMinor, row.currency)
  return {
    id: row.id,
    user: toUserRef(row),
    order: { order_number: row.number, total_price: total, status: toStatus(row) },
    event_type: typeOf[row.milestone]!,
    timestamp: row.happenedAt.toISOString(),
    order_value: total,
    additional_data: { payment_method: row.paymentMethod, items_count: row.units },
  }
}

export const SearchWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    query: Type.String(),
    timestamp: Time,
    results_count: Type.Integer(),
    additional_data: Type.Object({ search_type: Type.String(), filters_applied: Type.Array(Type.String()) }),
  },
  { title: 'SearchEvent' },
)

export const toSearchWire = (row: SearchRow): Static<typeof SearchWire> => ({
  id: row.id,
  user: toUserRef(row),
  query: row.query,
  timestamp: row.searchedAt.toISOString(),
  results_count: row.results,
  additional_data: { search_type: row.kind, filters_applied: Object.keys(row.filters) },
})

const Percent = Type.Number({ description: 'percent' })

export const SummaryWire = Type.Object(
  {
    period: Type.String(),
    start_date: Day,
    end_date: Day,
    user_activities: Type.Object({
      total_logins: Type.Integer(),
      unique_users: Type.Integer(),
      page_views: Type.Integer(),
    }),
    orders: Type.Object({
      total_orders: Type.Integer(),
      completed_orders: Type.Integer(),
      cancelled_orders: Type.Integer(),
      total_revenue: Money,
      average_order_value: Money,
    }),
    searches: Type.Object({
      total_searches: Type.Integer(),
      unique_queries: Type.Integer(),
      average_results_per_search: Type.Number(),
      top_search_terms: Type.Array(Type.Object({ query: Type.String(), count: Type.Integer() })),
    }),
    api_performance: Type.Object({
      total_requests: Type.Integer(),
      success_rate: Percent,
      average_response_time: Type.Number({ description: 'seconds' }),
      error_rate: Percent,
      top_endpoints: Type.Array(Type.Object({ endpoint: Type.String(), requests: Type.Integer() })),
      error_breakdown: Type.Object({ '4xx_errors': Type.Integer(), '5xx_errors': Type.Integer() }),
    }),
    sales_metrics: Type.Object({
      conversion_rate: Percent,
      cart_abandonment_rate: Percent,
      average_customer_lifetime_value: Money,
    }),
  },
  { title: 'AnalyticsSummary' },
)

/** The figures of the storefront's currency. */
export function toSummaryWire(
  { period, from, until, behaviour, orders, searches, requests, visits }: Summary,
  currency: string,
): Static<typeof SummaryWire> {
  const average = (sum: number, count: number) => (count === 0 ? 0 : sum / count)
  const money = (minor: number) => toDecimal(Math.round(minor), currency)
  const errors = requests.clientErrors + requests.serverErrors
  return {
    period,
    start_date: from,
    end_date: until,
    user_activities: {
      total_logins: behaviour.logins,
      unique_users: behaviour.users,
      page_views: behaviour.pageViews,
    },
    orders: {
      total_orders: orders.placed,
      completed_orders: orders.completed,
      cancelled_orders: orders.cancelled,
      total_revenue: money(orders.revenueMinor),
      average_order_value: money(average(orders.revenueMinor, orders.paid)),
    },
    searches: {
      total_searches: searches.searches,
      unique_queries: searches.queries,
      average_results_per_search: round(average(searches.results, searches.searches), 2),
      top_search_terms: searches.top,
    },
    api_performance: {
      total_requests: requests.requests,
      success_rate: percentOf(requests.requests - errors, requests.requests),
      average_response_time: round(average(requests.elapsedMs, requests.requests) / 1000, 4),
      error_rate: percentOf(errors, requests.requests),
      top_endpoints: requests.top,
      error_breakdown: { '4xx_errors': requests.clientErrors, '5xx_errors': requests.serverErrors },
    },
    sales_metrics: {
      conversion_rate: percentOf(orders.paid, visits.visitors),
      cart_abandonment_rate: percentOf(visits.abandonedCarts, visits.carts),
      average_customer_lifetime_value: money(average(visits.spentMinor, visits.customers)),
    },
  }
}
