/** /api/catalog/products/: what staff does to it (NX-113…NX-116, NX-120, NX-121). */
import { addProduct, changeOffer, type ProductOffer, removeOffer } from '#commerce/assortment'
import { findProductPage, type ProductPage } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { withoutEchoes } from '../http/echoes.ts'
import { permitFor } from '../http/ownership.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem, sent } from '../http/wire.ts'
import { NewProductWire, ProductChangesWire, toOfferChanges } from './product-writes.wire.ts'
import { ProductDetailWire, toProductDetailWire, toProductWire } from './products.wire.ts'
import { getReviewedProduct } from './reviewed-product.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const LIST = '/products/'
const ONE = '/products/:slug/'
const tags = ['nexus catalogue']
const access = 'staff'

export const productWriteRoutes: Routes = (server, app) => {
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function addRoute(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl, CURRENCY: currency } = app.config
  server.post(
    LIST,
    {
      attachValidation: true,
      schema: {
        operationId: 'nexusAddProduct',
        tags,
        summary: 'Offer a product',
        body: NewProductWire,
        response: { 201: ProductDetailWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 18 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const body = soundFields(request.body, faults)
      const told = { currency, ...toOfferChanges(body, currency, faults) } as ProductOffer
      const offer = { ...told, ...sent({ slug: body.slug }) }
      const { productId } = await addProduct(app, offer, faults, viewerOf(request).accountId)
      return reply.code(201).send(toProductDetailWire(await getShown(app, productId), publicUrl))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'nexusReplaceProduct'],
    ['PATCH', 'nexusChangeProduct'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a product; its slug stays',
        params: SlugInPath,
        body: ProductChangesWire,
        response: { 200: ProductDetailWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 28 },
      handler: async (request) => {
        const product = await getProduct(app, request.params.slug)
        const faults = fieldFaults(request)
        const body = withoutEchoes(soundFields(request.body, faults), toProductWire(product, app.config.PUBLIC_URL))
        const changes = toOfferChanges(body, product.currency, faults)
        const context = { permit: permitFor(request), recordedBy: viewerOf(request).accountId, faults }
        await changeOffer(app, product.id, changes, context)
        return toProductDetailWire(await getShown(app, product.id), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'nexusRemoveProduct',
        tags,
        summary: 'Take a product out of the catalogue; one that was ordered is hidden',
        params: SlugInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 14 },
    },
    async (request, reply) => {
      const { id } = await getProduct(app, request.params.slug)
      await removeOffer(app, id, permitFor(request))
      return reply.code(204).send()
    },
  )
}

const getShown = (app: App, id: number) => getReviewedProduct(app, { id, slug: '' }, true)

/** The product of the address, hidden or not. */
async function getProduct(app: App, slug: string): Promise<ProductPage> {
  const product = await findProductPage(app.db, handleOf(slug), true)
  if (!product) throw missing('product')
  return product
}
