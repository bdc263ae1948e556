/** A shop for tests of the shared search: tea in a category of that name, and what is called alike. */
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { signedUp } from './accounts.ts'
import { type ProductWishes, stockedProduct } from './products.ts'
import type { TestServer } from './server.ts'

/** Each product is a minute newer than the one before; the last one is hidden. */
export async function fillTeaShop(server: TestServer) {
  const seller = await signedUp(server, { isSeller: true, firstName: 'Sela', lastName: 'Trader' })
  const category = (name: string, traits: object = {}) =>
    inTransaction(server.shop.db, (tx) => createCategory(tx, { name, ...traits }))
  const teas = await category('Tea', { code: '001', description: 'Leaves and flowers', tags: ['hot'] })
  const ware = await category('Tea ware', { code: '002', description: 'Made for Assam' })
  const goods: ProductWishes[] = [
    { name: 'Assam', description: 'Strong leaves, steeped', categoryId: teas.id, tags: ['black'], priceMinor: 900 },
    { name: 'Green Steamer', description: 'For dumplings', priceMinor: 4500, sellerId: seller.accountId },
    { name: 'Teapot', description: 'Round', categoryId: ware.id, priceMinor: 3000, stock: 0 },
    { name: 'Teapot lid', description: 'For the pot', categoryId: ware.id, priceMinor: 500 },
    {
      name: 'Shirt "Émile" 100% o\'cotton \\ white_blue',
      variants: [
        { sku: 'SH-1', name: 'S', weightLabel: '100g', priceMinor: 200000 },
        { sku: 'SH-2', name: 'L', weightLabel: '150g', priceMinor: 210000 },
      ],
      pictures: [{ url: '/files/a.webp', altText: 'A shirt' }],
    },
    { name: 'Secret teapot', categoryId: teas.id, isActive: false },
  ]
  for (const [minute, wishes] of goods.entries())
    await stockedProduct(server, { createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)), ...wishes })
  return { seller, teas }
}
