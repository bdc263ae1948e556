/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type InventoryMovementType = 'ADJUSTMENT' | 'DAMAGE' | 'IN' | 'OUT' | 'RETURN' | 'TRANSFER'

export type InventoryProposalStatus = 'dismissed' | 'open' | 'ordered' | 'restocked'

export interface InventoryAlerts {
  available: number
  createdAt: Date
  endedAt: Date | null
  id: number
  productId: number
  resolvedAt: Date | null
  resolvedBy: number | null
  threshold: number
  toldAt: Date | null
  variantId: number
}

export interface InventoryLedger {
  balanceAfter: number
  id: number
  locationId: number
  movement: InventoryMovementType
  notes: string
  productId: number
  quantity: number
  recordedAt: Date
  recordedBy: number | null
  reference: string | null
  variantId: number
}

export interface InventoryLevels {
  changedAt: Date
  locationId: number
  lowStockThreshold: number
  onHand: number
  productId: number
  reorderPoint: number | null
  reorderQuantity: number | null
  sku: string
  variantId: number
}

export interface InventoryLocations {
  address: string
  code: string
  id: number
  isActive: boolean
  isDefault: boolean
  name: string
  removedAt: Date | null
}

export interface InventoryReorderProposals {
  createdAt: Date
  decidedAt: Date | null
  decidedBy: number | null
  endedAt: Date | null
  id: number
  locationId: number
  onHand: number
  productId: number
  quantity: number
  reorderPoint: number
  sku: string
  status: InventoryProposalStatus
  variantId: number
}
