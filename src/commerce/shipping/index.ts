/**
 * Shipping: the ways in which goods travel, what each costs, and the parcels themselves. Owns the schema "shipping".
 * Invariant: a rate is in the currency of its method; what an order cannot pay in is not offered to it; a parcel that was
 * delivered stays so, and an event of a carrier is worked once.
 */

export {
  claimBooking,
  findQuietShipments,
  findUnbooked,
  isBeingAsked,
  markHeard,
  releaseBooking,
} from './bookings.queries.ts'
export type {
  Booking,
  BookingAsked,
  Carrier,
  CarrierEvent,
  Carriers,
  Route,
  WebhookHeaders,
} from './carriers/carrier.ts'
export { carrierCalled, carrierFor, nameOfCarrier, openCarriers } from './carriers/index.ts'
export type { OrderedGoods } from './carriers/parcel-asked.ts'
export { shipmentSent } from './events.ts'
export type { Place } from './place.ts'
export { listMethods } from './queries.ts'
export { gramsOf, type Load, type Parcel, type Quote, quotesFor, type ShippingMethod, type ZoneRate } from './quote.ts'
export {
  estimateDelivery,
  hasLeft,
  type ParcelLine,
  SHIPMENT_STATUSES,
  type Shipment,
  type ShipmentEvent,
  type ShipmentStatus,
  statusAfter,
  unpackedOf,
} from './shipment.ts'
export {
  acceptCarrierEvent,
  deleteShipment,
  findShipments,
  findShipmentsByTracking,
  getShipment,
  getShipmentByLabelKey,
  getShipmentByTracking,
  type Happening,
  insertEvents,
  insertShipment,
  listShipments,
  listShipmentsOf,
  listShipmentsOfOrder,
  lockShipmentsOfOrder,
  markSent,
  recordBooking,
  type ShipmentFilter,
  type ShipmentScope,
} from './shipments.queries.ts'
export { listAllMethods, listZones } from './tariff.queries.ts'
export {
  addMethod,
  addZone,
  changeMethod,
  changeZone,
  getMethod,
  getZone,
  type Method,
  type MethodContent,
  type RateContent,
  removeMethod,
  removeRate,
  removeZone,
  setRate,
  type Zone,
  type ZoneContent,
} from './tariff.ts'
