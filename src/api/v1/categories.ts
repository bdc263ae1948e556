/** /api/v1/categories/: how the shop is ordered, for everybody (V1-220, V1-221). */

import { findAllCategories, findCategory, listCategories, readHandle, toTree } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import { showsPage } from '../http/cached/cached-routes.ts'
import { readFlag } from '../http/filters.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { CategoryListWire, CategoryQuery, CategoryWire, toCategoryTreeWire, toCategoryWire } from './categories.wire.ts'
import { HandleInPath } from './products.wire.ts'

const tags = ['categories']
const access = 'visitor'
/** The products of each are counted. */
const shows = ['categories', 'products'] as const

export const categoryRoutes: Routes = (server, app) => {
  const { PUBLIC_URL: publicUrl } = app.config

  server.get(
    '/categories/',
    {
      schema: {
        operationId: 'listCategories',
        tags,
        summary: 'Categories in the order of the shop, as pages or as a tree',
        querystring: CategoryQuery,
        response: { 200: CategoryListWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4, cached: { as: 'tree', shows } },
    },
    async (request) => {
      const { search = '', tree, include_inactive: hidden } = request.query
      const includesInactive = readFlag('include_inactive', hidden) && (request.viewer?.isStaff ?? false)
      if (readFlag('tree', tree))
        return toCategoryTreeWire(toTree(await findAllCategories(app.db, includesInactive)), publicUrl)
      const wanted = pageWanted(request.query)
      const listed = await listCategories(app.db, { search, includesInactive }, wanted)
      return toPage(request, publicUrl, wanted, listed, (category) => toCategoryWire(category, publicUrl))
    },
  )

  server.get(
    '/categories/:id/',
    {
      schema: {
        operationId: 'getCategory',
        tags,
        summary: 'One category',
        params: HandleInPath,
        response: { 200: CategoryWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3, cached: { as: 'detail', shows } },
    },
    async (request) => {
      const category = await findCategory(app.db, readHandle(request.params.id), request.viewer?.isStaff)
      if (!category) throw missing('category')
      showsPage(request, { categoryId: category.id })
      return toCategoryWire(category, publicUrl)
    },
  )
}
