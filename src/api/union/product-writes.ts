/** /api/products/: what administrators and sellers do to it (MP-067…MP-070, SF-198…SF-217). */
import type { FastifyRequest } from 'fastify'
import { addProduct, changeOffer, type OfferChanges, removeOffer } from '#commerce/assortment'
import type { ProductPage } from '#commerce/browse'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { withoutEchoes } from '../http/echoes.ts'
import { renameFields } from '../http/envelope-refusals.ts'
import { permitFor, sellerOf } from '../http/ownership.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing } from '../http/wire.ts'
import { ProductBodyWire, toNewOffer, toOfferChanges } from './product-writes.wire.ts'
import { getProduct } from './products.ts'
import {
  HandleInPath,
  ProductAnswerWire,
  ProductChangedWire,
  toProductAnswerWire,
  toProductWire,
} from './products.wire.ts'
import { Fault } from './refusals.ts'

const LIST = '/products/'
const ONE = '/products/:id/'
const tags = ['products']
const access = 'seller'
const words = { invalid_fields: 'Product with this name already exists or missing required fields' }

export const productWriteRoutes: Routes = (server, app) => {
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      attachValidation: true,
      schema: {
        operationId: 'sharedAddProduct',
        tags,
        summary: "Offer a product, in the form of either document; a seller's is the seller's own",
        body: ProductBodyWire,
        response: { 201: ProductAnswerWire, 400: Fault, 401: Fault, 403: Fault },
      },
      config: { access, sqlBudget: 15, words },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const { body } = request
      const told = toNewOffer(soundFields(body, faults), body, app.config.CURRENCY, faults)
      const offer = { ...told, ...allowedFlags(app, request, told), ...sellerOf(request) }
      const { productId } = await naming(body, () => addProduct(app, offer, faults, viewerOf(request).accountId))
      const product = await getProduct(app, String(productId), true)
      return reply.code(201).send(toProductAnswerWire(product, 'Product created successfully.', app))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'sharedReplaceProduct'],
    ['PATCH', 'sharedChangeProduct'],
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
        body: ProductBodyWire,
        response: { 200: ProductChangedWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 30, words },
      handler: async (request) => {
        const product = await getOwnProduct(app, request)
        const faults = fieldFaults(request)
        const body = withoutEchoes(soundFields(request.body, faults), toProductWire(product, app))
        const told = toOfferChanges(body, product.currency, faults)
        const changes = { ...told, ...allowedFlags(app, request, told) }
        const context = { permit: permitFor(request), recordedBy: viewerOf(request).accountId, faults }
        await naming(body, () => changeOffer(app, product.id, changes, context))
        const data = toProductWire(await getProduct(app, String(product.id), true), app)
        return { message: 'Product updated successfully.', data, status: 200, timestamp: app.now().toISOString() }
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'sharedRemoveProduct',
        tags,
        summary: 'Take a product out of the catalogue and out of all carts; orders keep it',
        params: HandleInPath,
        response: { 204: Nothing, 401: Fault, 403: Fault, 404: Fault },
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
  const product = await getProduct(app, request.params.id, true)
  permitFor(request)(product)
  return product
}

/** Where the shop keeps them for itself, a seller's word on these flags is not heard (MP-067). */
function allowedFlags(app: App, request: FastifyRequest, told: OfferChanges): OfferChanges {
  if (app.config.SELLER_CAN_FEATURE || viewerOf(request).isStaff) return {}
  return Object.fromEntries(FLAGS_OF_SHOP.filter((flag) => flag in told).map((flag) => [flag, undefined]))
}
const FLAGS_OF_SHOP = ['isFeatured', 'isBestSeller'] as const

/** What the core says of a name or a price is said of the key that was sent. */
async function naming<Done>(body: object, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work()
  } catch (error) {
    throw renameFields(error, { ...('title' in body ? { name: 'title' } : {}), discount_price: 'price' })
  }
}
