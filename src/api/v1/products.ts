/** /api/v1/products/: what is sold, for everybody (V1-200, V1-202, V1-205, V1-206). */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { choicesOf, findProductPage, findRelated, listProducts, type ProductPage, readHandle } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { keepBriefly, shows, showsPage, showsProducts } from '../http/cached/cached-routes.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { ProductQuery, readProductFilter, readProductOrder } from './product-filters.ts'
import {
  HandleInPath,
  ProductDetailWire,
  ProductPageWire,
  RelatedProductsWire,
  toProductDetailWire,
  toProductWire,
  toVariantWire,
  VariantPageWire,
} from './products.wire.ts'

const tags = ['products']
/** Sent credentials are looked at, since staff sees more; without any nothing is asked. */
const access = 'visitor'
const RELATED_MAX = 12
/** A product names its category and brand. */
const list = { as: 'list', shows: ['products', 'categories', 'brands'] } as const
const detail = { as: 'detail', shows: ['products', 'categories', 'brands'] } as const

export const productRoutes: Routes = (server, app) => {
  listRoute(server, app)
  pageRoute(server, app)
  variantsRoute(server, app)
  relatedRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl, CURRENCY: currency } = app.config
  server.get(
    '/products/',
    {
      schema: {
        operationId: 'listProducts',
        tags,
        summary: 'What is sold',
        querystring: ProductQuery,
        response: { 200: ProductPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4, cached: list },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const filter = readProductFilter(request.query, currency, isStaff(request))
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
    '/products/:id/',
    {
      schema: {
        operationId: 'getProduct',
        tags,
        summary: 'One product with its variants; counts a view',
        params: HandleInPath,
        response: { 200: ProductDetailWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3, cached: detail },
    },
    async (request) => {
      const product = await getProductPage(app, request)
      showsProducts(request, [product])
      const { id } = product
      showsPage(request, { productId: id })
      return toProductDetailWire(product, app.config.PUBLIC_URL)
    },
  )
}

function variantsRoute(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl } = app.config
  server.get(
    '/products/:id/variants/',
    {
      schema: {
        operationId: 'listVariants',
        tags,
        summary: 'The variants of a product',
        params: HandleInPath,
        querystring: Type.Object(PageQuery),
        response: { 200: VariantPageWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3, cached: detail },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const product = await getProductPage(app, request)
      showsProducts(request, [product])
      const variants = choicesOf(product)
      const rows = variants.slice(wanted.offset, wanted.offset + wanted.limit)
      return toPage(request, publicUrl, wanted, { rows, count: variants.length }, (variant) =>
        toVariantWire(variant, product, publicUrl),
      )
    },
  )
}

function relatedRoute(server: Server, app: App): void {
  server.get(
    '/products/:id/related/',
    {
      schema: {
        operationId: 'listRelatedProducts',
        tags,
        summary: 'Up to twelve products of the same category or brand',
        params: HandleInPath,
        response: { 200: RelatedProductsWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4, cached: list },
    },
    async (request) => {
      const product = await getProductPage(app, request)
      const related = await findRelated(app.db, product.id, RELATED_MAX)
      showsProducts(request, related)
      return related.map((other) => toProductWire(other, app.config.PUBLIC_URL))
    },
  )
}

const isStaff = (request: FastifyRequest): boolean => request.viewer?.isStaff ?? false

/** The product of the address. Refuses one that there is not, and a hidden one to all but staff and its seller. */
async function getProductPage(
  app: App,
  { params, viewer }: FastifyRequest & { params: { id: string } },
): Promise<ProductPage> {
  const product = await findProductPage(app.db, readHandle(params.id), Boolean(viewer?.isStaff || viewer?.isSeller))
  if (!product) throw missing('product')
  const isOwn = !product.isRemoved && product.sellerId !== null && product.sellerId === viewer?.accountId
  if (!product.isActive && !viewer?.isStaff && !isOwn) throw missing('product')
  return product
}
