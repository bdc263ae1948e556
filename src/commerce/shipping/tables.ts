/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type ShippingShipmentStatus =
  | 'delivered'
  | 'exception'
  | 'in_transit'
  | 'label_created'
  | 'out_for_delivery'
  | 'pending'

export interface ShippingCarrierEvents {
  carrier: string
  eventId: string
  receivedAt: Date
}

export interface ShippingMethods {
  carrier: string
  code: string
  currency: string
  daysMax: number
  daysMin: number
  freeAboveMinor: number | null
  id: number
  isActive: boolean
  name: string
  position: number
  rateMinor: number
}

export interface ShippingShipmentEvents {
  description: string
  happenedAt: Date
  id: number
  location: string
  shipmentId: number
  status: ShippingShipmentStatus
}

export interface ShippingShipmentLines {
  lineId: number
  quantity: number
  shipmentId: number
}

export interface ShippingShipments {
  accountId: number | null
  attempts: number
  carrier: string
  carrierReference: string | null
  createdAt: Date
  estimatedDelivery: string | null
  id: number
  isSent: boolean
  labelKey: string
  labelUrl: string | null
  orderId: number
  orderNumber: string
  service: string
  status: ShippingShipmentStatus
  trackingNumber: string | null
  trackingUrl: string | null
  updatedAt: Date
}

export interface ShippingZoneRates {
  baseMinor: number
  id: number
  includedGrams: number
  methodId: number
  perKgMinor: number
  volumetricDivisor: number
  zoneId: number
}

export interface ShippingZones {
  countries: string[]
  id: number
  name: string
  position: number
  postalPrefixes: string[]
}
