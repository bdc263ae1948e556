import { type Static, Type } from 'typebox'
import { type Delivery, type Endpoint, type EndpointContent, EVENT_TYPES } from '#commerce/webhooks'
import { PageOf } from '../http/paging.ts'
import { Choice, Nullable, sent, Time } from '../http/wire.ts'

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const

export const EventTypesWire = Type.Array(
  Type.Object({ type: Type.String(), description: Type.String() }, { title: 'WebhookEventType' }),
)

const content = {
  url: Type.String({ minLength: 1, maxLength: 2000, description: 'https' }),
  description: Type.Optional(Type.String({ maxLength: 500 })),
  events: Type.Array(Type.String({ maxLength: 100 }), {
    maxItems: 100,
    description: Object.keys(EVENT_TYPES).join(', '),
  }),
  is_active: Type.Optional(Type.Boolean()),
}
export const NewEndpointWire = Type.Object(content)
export const EndpointChangesWire = Type.Partial(Type.Object(content))

const endpoint = {
  id: Type.Integer(),
  url: Type.String(),
  description: Type.String(),
  events: Type.Array(Type.String()),
  is_active: Type.Boolean(),
  failing_since: Nullable(Time),
  disabled_reason: Nullable(Type.String({ description: 'why the shop switched it off' })),
  former_secret_until: Nullable(Time),
  created_at: Time,
  updated_at: Time,
}
export const EndpointWire = Type.Object(endpoint, { title: 'WebhookEndpoint' })
export const EndpointListWire = Type.Array(EndpointWire)
export const EndpointWithSecretWire = Type.Object(
  { ...endpoint, secret: Type.String({ description: 'shown this once' }) },
  { title: 'WebhookEndpointWithSecret' },
)

export const DeliveryWire = Type.Object(
  {
    id: Type.Integer(),
    endpoint_id: Type.Integer(),
    message_id: Type.String({ description: 'the header webhook-id, the same at each try' }),
    event_type: Type.String(),
    status: Choice(DELIVERY_STATUSES),
    attempts: Type.Integer(),
    next_attempt_at: Nullable(Time),
    attempted_at: Nullable(Time),
    delivered_at: Nullable(Time),
    response_status: Nullable(Type.Integer()),
    response_body: Nullable(Type.String({ description: 'its first KiB' })),
    failure: Nullable(Type.String()),
    duration_ms: Nullable(Type.Integer()),
    created_at: Time,
  },
  { title: 'WebhookDelivery' },
)
export const DeliveryWithBodyWire = Type.Object(
  { ...DeliveryWire.properties, body: Type.String({ description: 'as it is sent' }) },
  { title: 'WebhookDeliveryWithBody' },
)
export const DeliveryPageWire = PageOf(DeliveryWire)

export const ReplayFailedWire = Type.Object({ since: Type.String({ description: 'ISO 8601' }) })
export const ReplayedWire = Type.Object({ replayed: Type.Integer() })

export const readEndpoint = (body: Static<typeof EndpointChangesWire>): Partial<EndpointContent> => {
  const { url, description, events, is_active: isActive } = body
  return sent({ url: url?.trim(), description, events: events && [...new Set(events)], isActive })
}

export const toEndpointWire = (one: Endpoint): Static<typeof EndpointWire> => ({
  id: one.id,
  url: one.url,
  description: one.description,
  events: one.events,
  is_active: one.isActive,
  failing_since: one.failingSince?.toISOString() ?? null,
  disabled_reason: one.disabledReason,
  former_secret_until: one.formerUntil?.toISOString() ?? null,
  created_at: one.createdAt.toISOString(),
  updated_at: one.updatedAt.toISOString(),
})

export const toDeliveryWire = (one: Delivery): Static<typeof DeliveryWire> => ({
  id: one.id,
  endpoint_id: one.endpointId,
  message_id: one.messageId,
  event_type: one.eventType,
  status: one.status,
  attempts: one.attempts,
  next_attempt_at: one.nextAttemptAt?.toISOString() ?? null,
  attempted_at: one.attemptedAt?.toISOString() ?? null,
  delivered_at: one.deliveredAt?.toISOString() ?? null,
  response_status: one.responseStatus,
  response_body: one.responseBody,
  failure: one.failure,
  duration_ms: one.durationMs,
  created_at: one.createdAt.toISOString(),
})
