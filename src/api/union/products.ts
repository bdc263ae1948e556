/** /api/products/: what is sold, for everybody (MP-053, MP-060…MP-066, MP-069, SF-195…SF-206, SF-218). */
import type { FastifyRequest } from 'fastify'
import {
  findProductPage,
  listProductsWithVariants,
  type ProductOrder,
  type ProductPage,
  type ProductWithVariants,
  readHandle,
} from '#commerce/browse'
import { type CategoryName, findCategoryId } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { keepBriefly, keepUntil, shows, showsPage, showsProducts } from '../http/cached/cached-routes.ts'
import { type Listed, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { ProductQuery, type ReadFilter, readProductFilter, readProductOrder } from './product-filters.ts'
import {
  HandleInPath,
  ProductAnswerWire,
  ProductPageWire,
  toProductAnswerWire,
  toProductWire,
} from './products.wire.ts'
import { Fault } from './refusals.ts'

const tags = ['products']
/** Sent credentials are looked at, since staff and sellers see more; without any nothing is asked. */
const access = 'visitor'
/** How a text may call a category, the first that fits (C-17, MP-062). */
export const CATEGORY_NAMES: CategoryName[] = ['code', 'id', 'slug', 'name']
export const READ_WORDS = { product_not_found: 'Product not found or inactive.' }

const shown = ['products', 'categories'] as const

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
        operationId: 'sharedListProducts',
        tags,
        summary: 'What is sold',
        querystring: ProductQuery,
        response: { 200: ProductPageWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 5, cached: { as: 'list', shows: shown } },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const asked = readProductFilter(request.query, currency, request.viewer, app.now())
      const order = readProductOrder(request.query.sort_by)
      const listed = await listIn(app, asked, wanted, order)
      showsGoods(request, listed.rows, app.now())
      if (asked.filter.inStock !== undefined) shows(request, 'stock')
      // Flash sales that are on other pages end as well.
      if (order.by === 'popularity' || asked.filter.isFlashSale || listed.isCountOld) keepBriefly(request)
      return toPage(request, publicUrl, wanted, listed, (product) => toProductWire(product, app))
    },
  )
}

/** A category that there is not has no products (MP-062). */
async function listIn(
  app: App,
  { filter, called }: ReadFilter,
  wanted: ReturnType<typeof pageWanted>,
  order: ProductOrder,
): Promise<Listed<ProductWithVariants> & { isCountOld: boolean }> {
  const id = called === undefined ? undefined : await findCategoryId(app.db, called, CATEGORY_NAMES)
  if (called !== undefined && id === undefined) return { rows: [], count: 0, isCountOld: false }
  const inCategory = id === undefined ? filter : { ...filter, category: { id, slug: '' } }
  return listProductsWithVariants(app.db, inCategory, wanted, order)
}

function pageRoute(server: Server, app: App): void {
  server.get(
    '/products/:id/',
    {
      schema: {
        operationId: 'sharedGetProduct',
        tags,
        summary: 'One product; counts a view',
        params: HandleInPath,
        response: { 200: ProductAnswerWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 3, words: READ_WORDS, cached: { as: 'detail', shows: shown } },
    },
    async (request) => {
      const product = await getShownProduct(app, request)
      showsGoods(request, [product], app.now())
      const { id } = product
      showsPage(request, { productId: id })
      return toProductAnswerWire(product, 'Product retrieved successfully.', app)
    },
  )
}

/** This answer shows these products with their stock, who sells them, and flash sales until they end. */
function showsGoods(request: FastifyRequest, products: readonly ProductWithVariants[], now: Date): void {
  showsProducts(request, products)
  for (const { sellerId, flashSaleEndsAt } of products) {
    if (sellerId !== null) shows(request, `account:${sellerId}`)
    if (flashSaleEndsAt && flashSaleEndsAt > now) keepUntil(request, flashSaleEndsAt, now)
  }
}

/** The product of the address. Refuses one that there is not, and a hidden one to all but staff and its seller. */
export async function getShownProduct(
  app: App,
  { params, viewer }: FastifyRequest & { params: { id: string } },
): Promise<ProductPage> {
  const product = await getProduct(app, params.id, Boolean(viewer?.isStaff || viewer?.isSeller))
  if (!product.isActive && !viewer?.isStaff && product.sellerId !== viewer?.accountId) throw missing('product')
  return product
}

/** Refuses one that there is not, or that was taken out of the catalogue; a hidden one unless `seesAll`. */
export async function getProduct(app: App, handle: string, seesAll: boolean): Promise<ProductPage> {
  const product = await findProductPage(app.db, readHandle(handle), seesAll)
  if (!product || product.isRemoved) throw missing('product')
  return product
}
