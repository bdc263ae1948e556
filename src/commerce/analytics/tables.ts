/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type AnalyticsInteractionKind = 'CART' | 'CHECKOUT' | 'PURCHASE' | 'RATING' | 'VIEW' | 'WISHLIST'

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export interface AnalyticsDailyRequests {
  clientErrors: number
  day: string
  elapsedMs: number
  requests: number
  route: string
  serverErrors: number
}

export interface AnalyticsDailyVisitors {
  day: string
  lastSeenAt: Date
  visitor: string
  visits: number
}

export interface AnalyticsEndpoints {
  id: number
  path: string
  route: string
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
