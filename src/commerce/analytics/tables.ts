/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type AnalyticsInteractionKind = 'CART' | 'CHECKOUT' | 'PURCHASE' | 'RATING' | 'VIEW' | 'WISHLIST'

export type AnalyticsReportStatus = 'failed' | 'ready' | 'waiting'

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export type OrdersOrderStatus =
  | 'cancelled'
  | 'completed'
  | 'delivered'
  | 'pending'
  | 'processing'
  | 'refunded'
  | 'shipped'

export interface AnalyticsAbandonedCarts {
  abandonedAt: Date
  accountId: number | null
  cartCreatedAt: Date
  cartId: number
  currency: string
  id: number
  recoveredAt: Date | null
  remindedAt: Date | null
  sessionId: string | null
  stage: string
  units: number
  valueMinor: number
}

export interface AnalyticsClosedDays {
  day: string
}

export interface AnalyticsCountedOrders {
  accountId: number | null
  channel: IdentitySurface | null
  currency: string | null
  id: number | null
  isBooked: boolean | null
  isPaid: boolean | null
  number: string | null
  placedAt: Date | null
  revenueMinor: string | null
  shippingMinor: number | null
  status: OrdersOrderStatus | null
  totalMinor: number | null
}

export interface AnalyticsCustomerValues {
  accountId: number
  currency: string
  firstOrderAt: Date
  lastOrderAt: Date
  orders: number
  spentMinor: number
  updatedAt: Date
}

export interface AnalyticsDailyOrders {
  bookedMinor: number
  cancelled: number
  completed: number
  currency: string
  day: string
  orders: number
  paid: number
  revenueMinor: number
  shippingMinor: number
  units: number
}

export interface AnalyticsDailyProducts {
  cartAdditions: number
  currency: string | null
  day: string
  productId: number
  purchases: number
  revenueMinor: number
  units: number
  views: number
  wishlistAdditions: number
}

export interface AnalyticsDailyRequests {
  clientErrors: number
  day: string
  elapsedMs: number
  requests: number
  route: string
  serverErrors: number
}

export interface AnalyticsDailyTraffic {
  day: string
  pageViews: number
  visitors: number
  visits: number
}

export interface AnalyticsDailyVisits {
  abandonedCarts: number
  carts: number
  day: string
  newCustomers: number
  returningCustomers: number
  visitors: number
  visits: number
}

export interface AnalyticsEndpoints {
  id: number
  path: string
  route: string
  seenOn: string
}

export interface AnalyticsErrors {
  accountId: number | null
  endpoint: string
  happenedAt: Date
  id: number
  message: string
  stackTrace: string | null
}

export interface AnalyticsInteractions {
  accountId: number | null
  details: unknown
  happenedAt: Date
  id: number
  ipAddress: string | null
  kind: AnalyticsInteractionKind
  productId: number | null
  sessionId: string | null
  userAgent: string | null
  value: number
}

export interface AnalyticsKeptDays {
  day: string | null
}

export interface AnalyticsOpenDays {
  beginsAt: Date | null
  day: string | null
  endsAt: Date | null
}

export interface AnalyticsOpenOrderDays {
  bookedMinor: number | null
  cancelled: number | null
  completed: number | null
  currency: string | null
  day: string | null
  orders: number | null
  paid: number | null
  revenueMinor: number | null
  shippingMinor: number | null
  units: number | null
}

export interface AnalyticsOpenProductDays {
  cartAdditions: number | null
  currency: string | null
  day: string | null
  productId: number | null
  purchases: number | null
  revenueMinor: number | null
  units: number | null
  views: number | null
  wishlistAdditions: number | null
}

export interface AnalyticsOpenVisitDays {
  abandonedCarts: number | null
  carts: number | null
  day: string | null
  newCustomers: number | null
  returningCustomers: number | null
  visitors: number | null
  visits: number | null
}

export interface AnalyticsOrderDays {
  bookedMinor: number | null
  cancelled: number | null
  completed: number | null
  currency: string | null
  day: string | null
  orders: number | null
  paid: number | null
  revenueMinor: number | null
  shippingMinor: number | null
  units: number | null
}

export interface AnalyticsProductDays {
  cartAdditions: number | null
  currency: string | null
  day: string | null
  productId: number | null
  purchases: number | null
  revenueMinor: number | null
  units: number | null
  views: number | null
  wishlistAdditions: number | null
}

export interface AnalyticsReports {
  askedBy: number | null
  content: Buffer | null
  createdAt: Date
  finishedAt: Date | null
  format: string
  fromDay: string
  id: number
  report: string
  span: string
  status: AnalyticsReportStatus
  untilDay: string
}

export interface AnalyticsRequests {
  accountId: number | null
  elapsedMs: number
  endpointId: number
  errorMessage: string | null
  happenedAt: Date
  id: number
  ipAddress: string | null
  method: string
  referer: string | null
  requestData: string | null
  requestSize: number
  responseSize: number
  sessionId: string | null
  status: number
  userAgent: string | null
}

export interface AnalyticsStaleDays {
  day: string
  id: number
}

export interface AnalyticsUserActivities {
  accountId: number | null
  activityType: string
  details: unknown
  eventId: number
  happenedAt: Date
  id: number
  ipAddress: string | null
  surface: IdentitySurface
  userAgent: string | null
}

export interface AnalyticsVisitDays {
  abandonedCarts: number | null
  carts: number | null
  day: string | null
  newCustomers: number | null
  returningCustomers: number | null
  visitors: number | null
  visits: number | null
}

export interface AnalyticsVisitors {
  lastSeenAt: Date
  visitor: string
}
