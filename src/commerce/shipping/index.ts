/**
 * Shipping: the ways in which goods travel, and what each costs. Owns the schema "shipping".
 * Invariant: a rate is in the currency of its method; what an order cannot pay in is not offered to it.
 */

export { listMethods } from './queries.ts'
export { type Parcel, type Quote, quotesFor, type ShippingMethod } from './quote.ts'
