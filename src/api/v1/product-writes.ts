/** /api/v1/products/: what staff and sellers do to it (V1-201, V1-203). */
import type { FastifyRequest } from 'fastify'
import { addProduct, changeOffer, type ProductOffer, removeOffer } from '#commerce/assortment'
import { findProductPage, type ProductPage, readHandle } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { withoutEchoes } from '../http/echoes.ts'
import { permitFor, sellerOf } from '../http/ownership.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem, sent } from '../http/wire.ts'
import { NewProductWire, ProductChangesWire, toOfferChanges } from './product-writes.wire.ts'
import { HandleInPath, ProductDetailWire, toProductDetailWire, toProductWire } from './products.wire.ts'

const LIST = '/products/'
const ONE = '/products/:id/'
const tags = ['products']
const access = 'seller'

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
        operationId: 'addProduct',
        tags,
        summary: "Offer a product; a seller's is the seller's own",
        body: NewProductWire,
        response: { 201: ProductDetailWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 16 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const body = soundFields(request.body, faults)
      const { slug } = body
      const told = { currency, ...toOfferChanges(body, currency, faults) } as ProductOffer
      const offer = { ...told, ...sellerOf(request), ...sent({ slug }) }
      const { productId } = await addProduct(app, offer, faults, viewerOf(request).accountId)
      return reply.code(201).send(toProductDetailWire(await getProductPage(app, String(productId)), publicUrl))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'replaceProduct'],
    ['PATCH', 'changeProduct'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a product',
        params: HandleInPath,
        body: ProductChangesWire,
        response: { 200: ProductDetailWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 26 },
      handler: async (request) => {
        const product = await getOwnProduct(app, request)
        const faults = fieldFaults(request)
        const body = withoutEchoes(soundFields(request.body, faults), toProductWire(product, app.config.PUBLIC_URL))
        const changes = toOfferChanges(body, product.currency, faults)
        const context = { permit: permitFor(request), recordedBy: viewerOf(request).accountId, faults }
        await changeOffer(app, product.id, changes, context)
        return toProductDetailWire(await getProductPage(app, String(product.id)), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeProduct',
        tags,
        summary: 'Take a product out of the catalogue; one that was ordered is hidden',
        params: HandleInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 14 },
    },
    async (request, reply) => {
      const { id } = await getOwnProduct(app, request)
      await removeOffer(app, id, permitFor(request))
      return reply.code(204).send()
    },
  )
}

/** The product of the address, hidden or not. Refuses one that the viewer may not change. */
export async function getOwnProduct(
  app: App,
  request: FastifyRequest & { params: { id: string } },
): Promise<ProductPage> {
  const product = await getProductPage(app, request.params.id)
  permitFor(request)(product)
  return product
}

async function getProductPage(app: App, handle: string): Promise<ProductPage> {
  const product = await findProductPage(app.db, readHandle(handle), true)
  if (!product) throw missing('product')
  return product
}
