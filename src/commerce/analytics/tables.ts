/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

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
