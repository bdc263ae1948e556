/**
 * Inventory: how many units of each variant there are, where, and why; who is told when few are left, and what to order
 * again. Owns the schema "inventory".
 * Invariant: a level is never below zero, and is always the sum of its ledger; a low variant has exactly one alert.
 */

export { type Alert, keepAlertsQuiet, listAlerts, resolveAlert, takeUntoldAlerts, type UntoldAlert } from './alerts.ts'
export { type LedgerFilter, listLedger } from './ledger.ts'
export { changeReorderRule, changeThreshold, type Level, type LevelFilter, listLevels } from './levels.ts'
export { listLocations } from './locations.queries.ts'
export {
  addLocation,
  changeLocation,
  getLocation,
  type Location,
  type NewLocation,
  removeLocation,
} from './locations.ts'
export { type LedgerEntry, MOVEMENTS, type Movement, POSTED_MOVEMENTS, type PostedMovement } from './movement.ts'
export { type Posting, postMovement } from './post-movement.ts'
export {
  decideReorder,
  listReorderProposals,
  PROPOSAL_STATUSES,
  proposeReorders,
  type ReorderProposal,
} from './reorder-proposals.ts'
export { holdLevels, relabelLevels, type StockTarget, setStock, setThresholds } from './set-stock.ts'
export { receiveStock, restockUnits, returnStock, takeStock } from './stock.ts'
export { type Transfer, type TransferOrder, transferStock } from './transfer-stock.ts'
