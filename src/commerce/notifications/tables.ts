/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export interface NotificationsNotices {
  accountId: number
  body: string
  createdAt: Date
  data: unknown
  id: number
  isRead: boolean
  key: string
  title: string
  type: string
}

export interface NotificationsPreferences {
  accountId: number
  category: string
  email: boolean | null
  inApp: boolean
  sms: boolean
}

export interface NotificationsTickets {
  accountId: number
  expiresAt: Date
  hash: Buffer
  sessionId: string
}
