/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type InventoryMovementType = 'ADJUSTMENT' | 'DAMAGE' | 'IN' | 'OUT' | 'RETURN' | 'TRANSFER'

export interface InventoryLedger {
  balanceAfter: number
  id: number
  locationId: number
  movement: InventoryMovementType
  notes: string
  quantity: number
  recordedAt: Date
  recordedBy: number | null
  reference: string | null
  variantId: number
}

export interface InventoryLevels {
  locationId: number
  lowStockThreshold: number
  onHand: number
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
}
