/** What nexus has under /api/catalog, a file a noun. */
import type { Routes } from '../http/server.ts'
import { brandRoutes } from './brands.ts'
import { categoryRoutes } from './categories.ts'
import { categoryWriteRoutes } from './category-writes.ts'
import { imageRoutes } from './images.ts'
import { productWriteRoutes } from './product-writes.ts'
import { productRoutes } from './products.ts'
import { reviewRoutes } from './reviews.ts'

export const catalogueNouns: Routes[] = [
  categoryRoutes,
  categoryWriteRoutes,
  brandRoutes,
  productRoutes,
  productWriteRoutes,
  imageRoutes,
  reviewRoutes,
]
