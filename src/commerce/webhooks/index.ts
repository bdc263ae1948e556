/**
 * Webhooks: others are told of what happens in the shop. Owns the schema "webhooks".
 * Invariant: a message has the same id and bytes at each try; it is delivered, given up, or has a time at which it is tried again.
 */
export { attemptDelivery, deliveryAttempts, retryDeliveries } from './deliver.ts'
export {
  countUndelivered,
  type Delivery,
  type DeliveryStatus,
  getDelivery,
  listDeliveries,
  purgeDeliveries,
} from './deliveries.queries.ts'
export { deleteEndpoint, type Endpoint, type EndpointContent, getEndpoint, listEndpoints } from './endpoints.queries.ts'
export { addEndpoint, changeEndpoint, rotateSecret, type WithSecret } from './endpoints.ts'
export { EVENT_TYPES, type EventType } from './event-types.ts'
export { pingEndpoint, replayDelivery, replayFailed, tellEndpoints } from './tell-endpoints.ts'
