/** Who may work on what is sold: its staff, and the seller whose it is (V1-204, V1-201). */
import type { Viewer } from '#commerce/identity'
import { Refusal } from '#platform/refusal.ts'

/** Refuses whoever neither is staff nor sells this product: `staff_only`. A product without a seller is the house's. */
export function mayManage(viewer: Viewer, product: { sellerId?: number | null }): void {
  if (viewer.isStaff || product.sellerId === viewer.accountId) return
  throw new Refusal('forbidden', 'staff_only', 'Only staff and the seller of a product may change it')
}
