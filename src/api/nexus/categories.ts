/** /api/catalog/categories/: how the shop is ordered, for everybody (NX-080, NX-081). */
import { findAllCategories, findBranch, toTree } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import { showsPage } from '../http/cached/cached-routes.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { CategoryDetailWire, CategoryTreeWire, toCategoryDetailWire, toCategoryWire } from './categories.wire.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const tags = ['nexus catalogue']
/** Who has signed in has more requests (NX-003), and is shown the same. */
const access = 'visitor'
const shows = ['categories', 'products'] as const

export const categoryRoutes: Routes = (server, app) => {
  const { PUBLIC_URL: publicUrl } = app.config

  server.get(
    '/categories/',
    {
      schema: {
        operationId: 'nexusListCategories',
        tags,
        summary: 'All active categories as a tree, siblings by name',
        response: { 200: CategoryTreeWire, 401: Problem },
      },
      config: { access, sqlBudget: 3, cached: { as: 'tree', shows } },
    },
    async () => {
      const tree = toTree(await findAllCategories(app.db, false, 'name'))
      return tree.map((node) => toCategoryWire(node, publicUrl))
    },
  )

  server.get(
    '/categories/:slug/',
    {
      schema: {
        operationId: 'nexusGetCategory',
        tags,
        summary: 'One category with all that lies below it, and what it lies below',
        params: SlugInPath,
        response: { 200: CategoryDetailWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3, cached: { as: 'detail', shows } },
    },
    async (request) => {
      const branch = await findBranch(app.db, handleOf(request.params.slug))
      if (!branch) throw missing('category')
      showsPage(request, { categoryId: branch.category.id })
      return toCategoryDetailWire(branch, publicUrl)
    },
  )
}
