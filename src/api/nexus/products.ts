/** /api/catalog/products/: what is sold, for everybody (NX-100…NX-105, NX-110, NX-111). */
import { listProducts } from '#commerce/browse'
import type { App } from '../../commerce/app.ts'
import { keepBriefly, shows, showsPage, showsProducts } from '../http/cached/cached-routes.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { ProductQuery, readProductFilter, readProductOrder } from './product-filters.ts'
import { ProductDetailWire, ProductPageWire, toProductDetailWire, toProductWire } from './products.wire.ts'
import { getReviewedProduct } from './reviewed-product.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const tags = ['nexus catalogue']
/** Who has signed in has more requests (NX-003), and is shown the same. */
const access = 'visitor'
/** A product names its category and brand. */
const shown = ['products', 'categories', 'brands'] as const
/** Its number of views may lag by so much (NX-111). */
const VIEWS_LAG_S = 3

export const productRoutes: Routes = (server, app) => {
  listRoute(server, app)
  pageRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl, CURRENCY: currency } = app.config
  server.get(
    '/products/',
    {
      schema: {
        operationId: 'nexusListProducts',
        tags,
        summary: 'What is sold, the newest first',
        querystring: ProductQuery,
        response: { 200: ProductPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 5, cached: { as: 'list', shows: shown } },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const filter = readProductFilter(request.query, currency)
      const order = readProductOrder(request.query.ordering)
      const listed = await listProducts(app.db, filter, wanted, order)
      showsProducts(request, listed.rows)
      if (filter.inStock !== undefined) shows(request, 'stock')
      if (order.by === 'popularity' || listed.isCountOld) keepBriefly(request)
      return toPage(request, publicUrl, wanted, listed, (product) => toProductWire(product, publicUrl))
    },
  )
}

function pageRoute(server: Server, app: App): void {
  server.get(
    '/products/:slug/',
    {
      schema: {
        operationId: 'nexusGetProduct',
        tags,
        summary: 'One product with its pictures and newest reviews; counts a view',
        params: SlugInPath,
        response: { 200: ProductDetailWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 5, cached: { as: 'detail', shows: shown } },
    },
    async (request) => {
      const reviewed = await getReviewedProduct(app, handleOf(request.params.slug))
      const { product, reviews } = reviewed
      const { id } = product
      showsProducts(request, [product])
      shows(request, `reviews:${id}`, ...reviews.map(({ accountId }) => `account:${accountId}` as const))
      keepBriefly(request, VIEWS_LAG_S)
      showsPage(request, { productId: id })
      return toProductDetailWire(reviewed, app.config.PUBLIC_URL)
    },
  )
}
