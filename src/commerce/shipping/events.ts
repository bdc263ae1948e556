import { defineEvent } from '#platform/events'

/** A parcel has left the house, or is about to: its buyer is told. */
export const shipmentSent = defineEvent<{ shipmentId: number }>('shipment.sent')
