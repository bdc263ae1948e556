/**
 * Inventory: how many units of each variant there are, where, and why. Owns the schema "inventory".
 * Invariant: a level is never below zero, and is always the sum of its ledger.
 */
export { receiveStock, returnStock, takeStock } from './stock.ts'
