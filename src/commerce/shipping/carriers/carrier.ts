/** What any carrier must do for us. Our shipment id is what a parcel is told by: asked twice, it is booked once. */

import type { Place } from '../place.ts'
import type { Load, Quote } from '../quote.ts'
import type { Shipment, ShipmentEvent } from '../shipment.ts'
import type { OrderedGoods } from './parcel-asked.ts'

/** A way through a country, and what is to go it. */
export type Route = { from: Place; to: Place; load: Load; currency: string }
/** A parcel, with what was sold and to whom. `isRepeated`: it was asked for before, and the answer may have been lost. */
export type BookingAsked = { shipment: Shipment; goods: OrderedGoods; isRepeated: boolean }
export type Booking = {
  trackingNumber: string
  trackingUrl: string | null
  /** What the carrier calls it besides. */
  reference: string | null
  /** How it goes there; null: as it was asked for. */
  service: string | null
  /** YYYY-MM-DD; null: as the shop reckons. */
  estimatedDelivery: string | null
}
/** What a webhook told: `id` for telling it from its repetition. */
export type CarrierEvent = { id: string; trackingNumber: string; event: ShipmentEvent }
export type WebhookHeaders = Record<string, string | string[] | undefined>

export type Carrier = {
  /** As it stands on a shipment. */
  name: string
  /** Whether it takes what was sold in this currency to a country. */
  serves(parcel: { currency: string; country: string }): boolean
  /** Whether nobody is asked: it answers at once, and the same each time. */
  isLocal: boolean
  /** What a parcel would cost; the money goes by the route's currency. */
  quote(route: Route): Promise<Quote[]>
  /** Refuses `carrier_refused` for what it will not take. Throws anything else where it does not answer. */
  book(asked: BookingAsked): Promise<Booking>
  /** Takes a booked parcel back; of one that is unknown there is nothing to take back. */
  cancel(shipment: Shipment): Promise<void>
  /** What happened to it, as far as the carrier tells when asked. */
  track(shipment: Shipment): Promise<ShipmentEvent[]>
  /** The label as a PDF; undefined: the shop draws it. */
  label(shipment: Shipment): Promise<Buffer | undefined>
  /** Reads a webhook. Undefined where another carrier sends such; refuses `invalid_signature`. Null: it means nothing here. */
  readEvent(headers: WebhookHeaders, rawBody: string, now: Date): CarrierEvent | null | undefined
}

/** Where nobody is named, the first that serves a parcel books it; the last one serves all. */
export type Carriers = Carrier[]
