import { type Static, Type } from 'typebox'
import type { Load, Place, Quote, Shipment, ShipmentStatus } from '#commerce/shipping'
import { toDecimal } from '#platform/money.ts'
import { type FieldCodes, type FieldProblem, invalidFields } from '#platform/refusal.ts'
import { Money, Nullable, Time } from '../http/wire.ts'

const Day = Type.String({ format: 'date' })

export const TrackingWire = Type.Object(
  {
    awb_number: Type.String(),
    current_status: Type.String(),
    current_location: Type.String(),
    expected_delivery_date: Day,
    tracking_history: Type.Array(
      Type.Object({ status: Type.String(), location: Type.String(), timestamp: Time, description: Type.String() }),
    ),
    courier: Type.String(),
    order_number: Type.String(),
  },
  { title: 'StorefrontTracking' },
)

export const LabelWire = Type.Object(
  {
    label_url: Type.String(),
    shipping_details: Type.Object({
      courier: Type.String(),
      service_type: Type.String(),
      estimated_delivery: Day,
    }),
    awb_number: Type.String(),
    order_number: Type.String(),
  },
  { title: 'StorefrontLabel' },
)

/** The surface writes states in capitals. */
const toStatus = (status: ShipmentStatus): string => status.toUpperCase()
const dayOf = ({ estimatedDelivery, createdAt }: Shipment): string =>
  estimatedDelivery ?? createdAt.toISOString().slice(0, 10)

/** Of a parcel that is booked. */
export function toTrackingWire(shipment: Shipment): Static<typeof TrackingWire> {
  return {
    awb_number: shipment.trackingNumber!,
    current_status: toStatus(shipment.status),
    current_location: shipment.events.findLast(({ location }) => location !== '')?.location ?? '',
    expected_delivery_date: dayOf(shipment),
    tracking_history: shipment.events.map(({ status, location, happenedAt, description }) => ({
      status: toStatus(status),
      location,
      timestamp: happenedAt.toISOString(),
      description,
    })),
    courier: shipment.carrier,
    order_number: shipment.orderNumber,
  }
}

export function toLabelWire(shipment: Shipment, publicUrl: string): Static<typeof LabelWire> {
  return {
    label_url: `${publicUrl}/api/shipping/labels/${shipment.labelKey}.pdf`,
    shipping_details: {
      courier: shipment.carrier,
      service_type: shipment.service,
      estimated_delivery: dayOf(shipment),
    },
    awb_number: shipment.trackingNumber!,
    order_number: shipment.orderNumber,
  }
}

const Numeric = Type.Union([Type.Number(), Type.String({ maxLength: 30 })])

/** Pincodes have six digits, the weight is in kilograms, dimensions are in centimetres; numbers may be text (SF-342). */
export const RatesQueryWire = Type.Object({
  pickup_pincode: Numeric,
  delivery_pincode: Numeric,
  weight: Numeric,
  dimensions: Type.Optional(Nullable(Type.Object({ length: Numeric, width: Numeric, height: Numeric }))),
})

export const RatesWire = Type.Object(
  {
    available_services: Type.Array(Type.Object({ courier: Type.String(), rate: Money, estimated_days: Type.String() })),
  },
  { title: 'StorefrontRates' },
)

export function toRatesWire(quotes: Quote[]): Static<typeof RatesWire> {
  return {
    available_services: quotes.map(({ carrier, name, rateMinor, currency, daysMin, daysMax }) => ({
      courier: carrier === name ? carrier : `${carrier} ${name}`,
      rate: toDecimal(rateMinor, currency),
      estimated_days: daysMin === daysMax ? String(daysMin) : `${daysMin}-${daysMax}`,
    })),
  }
}

/** No parcel of a shop weighs ten tons, or is a hundred metres long. */
const NUMBER_MAX = 10_000
const INDIA = 'IN'

/** Where from, where to, and how heavy; tells all that is wrong together. */
export function readRatesQuery(body: Static<typeof RatesQueryWire>): { from: Place; to: Place; load: Load } {
  const faults: FieldCodes = {}
  const pincode = (field: 'pickup_pincode' | 'delivery_pincode'): Place => {
    const postalCode = String(body[field]).trim()
    if (!/^\d{6}$/.test(postalCode)) faults[field] = 'not_pincode'
    return { country: INDIA, postalCode }
  }
  const [from, to] = [pincode('pickup_pincode'), pincode('delivery_pincode')]
  const grams = Math.ceil(readPositive(body.weight, (problem) => (faults.weight = problem)) * 1000)
  const { length, width, height } = body.dimensions ?? {}
  const sides = [length, width, height].map((side) =>
    side === undefined ? 0 : readPositive(side, (problem) => (faults.dimensions = problem)),
  )
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return { from, to, load: { grams, volumeCm3: Math.ceil(sides.reduce((product, side) => product * side, 1)) } }
}

function readPositive(sent: string | number, tell: (problem: FieldProblem) => void): number {
  const text = String(sent).trim()
  const number = typeof sent === 'number' || /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(number)) tell('not_number')
  else if (number <= 0) tell({ code: 'exclusiveMinimum', limit: 0 })
  else if (number > NUMBER_MAX) tell({ code: 'maximum', limit: NUMBER_MAX })
  return number
}
