/** /api/v1/brands/: who makes what is sold, for everybody (V1-230). */

import { findBrand, listBrands, readHandle } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import { readFlag } from '../http/filters.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { BrandPageWire, BrandQuery, BrandWire, toBrandWire } from './brands.wire.ts'
import { HandleInPath } from './products.wire.ts'

const tags = ['brands']
const access = 'visitor'
/** The products of each are counted. */
const shows = ['brands', 'products'] as const

export const brandRoutes: Routes = (server, app) => {
  const { PUBLIC_URL: publicUrl } = app.config

  server.get(
    '/brands/',
    {
      schema: {
        operationId: 'listBrands',
        tags,
        summary: 'Brands by name',
        querystring: BrandQuery,
        response: { 200: BrandPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4, cached: { as: 'tree', shows } },
    },
    async (request) => {
      const { search = '', include_inactive: hidden } = request.query
      const includesInactive = readFlag('include_inactive', hidden) && (request.viewer?.isStaff ?? false)
      const wanted = pageWanted(request.query)
      const listed = await listBrands(app.db, { search, includesInactive }, wanted)
      return toPage(request, publicUrl, wanted, listed, (brand) => toBrandWire(brand, publicUrl))
    },
  )

  server.get(
    '/brands/:id/',
    {
      schema: {
        operationId: 'getBrand',
        tags,
        summary: 'One brand',
        params: HandleInPath,
        response: { 200: BrandWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3, cached: { as: 'detail', shows } },
    },
    async (request) => {
      const brand = await findBrand(app.db, readHandle(request.params.id), request.viewer?.isStaff)
      if (!brand) throw missing('brand')
      return toBrandWire(brand, publicUrl)
    },
  )
}
