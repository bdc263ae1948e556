/**
 * Inventory: how many units of each variant there are, where, and why. Owns the schema "inventory".
 * Invariant: a level is never below zero, and is always the sum of its ledger.
 */
export { holdLevels, relabelLevels, type StockTarget, setStock, setThresholds } from './set-stock.ts'
export { receiveStock, returnStock, takeStock } from './stock.ts'
