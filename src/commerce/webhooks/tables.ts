/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type WebhooksDeliveryStatus = 'delivered' | 'failed' | 'pending'

export interface WebhooksDeliveries {
  attemptedAt: Date | null
  attempts: number
  body: string
  createdAt: Date
  deliveredAt: Date | null
  durationMs: number | null
  endpointId: number
  eventType: string
  failure: string | null
  id: number
  messageId: string
  nextAttemptAt: Date | null
  responseBody: string | null
  responseStatus: number | null
  status: WebhooksDeliveryStatus
}

export interface WebhooksEndpoints {
  createdAt: Date
  description: string
  disabledReason: string | null
  events: string[]
  failingSince: Date | null
  failures: number
  formerSecret: string | null
  formerUntil: Date | null
  id: number
  isActive: boolean
  resumesAt: Date | null
  sealedSecret: string
  updatedAt: Date
  url: string
}
