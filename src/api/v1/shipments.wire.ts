import { type Static, Type } from 'typebox'
import type { Observation, ParcelWish } from '#commerce/checkout'
import { SHIPMENT_STATUSES, type Shipment } from '#commerce/shipping'
import { Choice, Filled, Nullable, Time } from '../http/wire.ts'

const Status = Choice(SHIPMENT_STATUSES)
/** As carriers write it, and as a bar code can hold it; of a parcel that is booked already. */
const TrackingNumber = Type.String({ maxLength: 100, pattern: '^([!-~]+( [!-~]+)*)?$' })

/** V1-288. */
export const ShipOrderWire = Type.Object(
  {
    order_number: Filled({ maxLength: 40 }),
    carrier: Type.Optional(Nullable(Type.String({ maxLength: 100, description: 'default: the carrier of the shop' }))),
    service: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
    tracking_number: Type.Optional(Nullable(TrackingNumber)),
    items: Type.Optional(
      Nullable(
        Type.Array(
          Type.Object({ order_item_id: Type.Integer(), quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
          { minItems: 1, maxItems: 500, description: 'default: all that is in no shipment yet' },
        ),
      ),
    ),
  },
  { $id: 'ShipOrder' },
)

export const ShipmentEventWire = Type.Object(
  {
    status: Status,
    location: Type.Optional(Nullable(Type.String({ maxLength: 255 }))),
    description: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  },
  { $id: 'NoteShipmentEvent' },
)

export const ShipmentWire = Type.Object(
  {
    id: Type.Integer(),
    order_number: Type.String(),
    carrier: Type.String(),
    service: Type.String(),
    tracking_number: Nullable(Type.String()),
    tracking_url: Nullable(Type.String()),
    status: Status,
    estimated_delivery: Nullable(Type.String({ format: 'date' })),
    items: Type.Array(Type.Object({ order_item_id: Type.Integer(), quantity: Type.Integer() })),
    events: Type.Array(
      Type.Object({ status: Status, location: Type.String(), timestamp: Time, description: Type.String() }),
    ),
    created_at: Time,
  },
  { title: 'Shipment' },
)

export function toShipmentWire(shipment: Shipment): Static<typeof ShipmentWire> {
  return {
    id: shipment.id,
    order_number: shipment.orderNumber,
    carrier: shipment.carrier,
    service: shipment.service,
    tracking_number: shipment.trackingNumber,
    tracking_url: shipment.trackingUrl,
    status: shipment.status,
    estimated_delivery: shipment.estimatedDelivery,
    items: shipment.lines.map(({ lineId, quantity }) => ({ order_item_id: lineId, quantity })),
    events: shipment.events.map(({ status, location, happenedAt, description }) => ({
      status,
      location,
      timestamp: happenedAt.toISOString(),
      description,
    })),
    created_at: shipment.createdAt.toISOString(),
  }
}

/** Blank is as good as not said. */
export function readParcelWish(body: Static<typeof ShipOrderWire>): ParcelWish {
  const carrier = body.carrier?.trim()
  const service = body.service?.trim()
  return {
    orderNumber: body.order_number,
    ...(carrier && { carrier }),
    ...(service && { service }),
    ...(body.tracking_number && { trackingNumber: body.tracking_number }),
    ...(body.items && {
      items: body.items.map(({ order_item_id, quantity }) => ({ lineId: order_item_id, quantity })),
    }),
  }
}

export const readObservation = (body: Static<typeof ShipmentEventWire>): Observation => ({
  status: body.status,
  location: body.location ?? '',
  description: body.description ?? '',
})
