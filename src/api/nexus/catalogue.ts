/** What nexus has under /api/catalog, a file a noun. */
import type { Routes } from '../http/server.ts'
import { reviewRoutes } from './reviews.ts'

export const catalogueNouns: Routes[] = [reviewRoutes]
