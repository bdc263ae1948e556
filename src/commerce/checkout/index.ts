/**
 * Checkout: the deeds that join cart, stock, orders and payments. Owns no table.
 * Invariant: an order and its effects (stock, coupon, refund) stand or fall together.
 */
export { advanceOrder } from './advance-order.ts'
export { cancelOrder } from './cancel-order.ts'
export { cancelPayment } from './cancel-payment.ts'
export { cancelUnpaidOrders } from './cancel-unpaid-orders.ts'
export { finishOpenRefunds } from './finish-refunds.ts'
export { type Buyer, type Checkout, placeOrder } from './place-order.ts'
export { type QuoteWanted, quoteShipping } from './quote-shipping.ts'
export { receiveGatewayEvent } from './receive-gateway-event.ts'
export { finishBookings } from './shipments/book-shipment.ts'
export { followShipments } from './shipments/follow-shipments.ts'
export { getLabel } from './shipments/get-label.ts'
export { labelOrder } from './shipments/label-order.ts'
export { noteShipmentEvent, type Observation } from './shipments/note-shipment-event.ts'
export { quoteRoute } from './shipments/quote-route.ts'
export { receiveCarrierEvent } from './shipments/receive-carrier-event.ts'
export { type ParcelWish, shipOrder } from './shipments/ship-order.ts'
export { stopParcels } from './shipments/stop-parcels.ts'
export { finishUnansweredPayments, type PaymentWish, startPayment } from './start-payment.ts'
