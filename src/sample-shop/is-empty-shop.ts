import { listProducts } from '#commerce/browse'
import { listOrders } from '#commerce/orders'
import type { Db } from '#platform/database'

/** Whether nothing was ever offered or sold here. */
export async function isEmptyShop(db: Db): Promise<boolean> {
  const one = { limit: 1, offset: 0 }
  if ((await listProducts(db, { includesInactive: true }, one)).count > 0) return false
  const anyOrder = { accountId: null, ordering: { by: 'placedAt', descending: true } } as const
  return (await listOrders(db, anyOrder, one)).count === 0
}
