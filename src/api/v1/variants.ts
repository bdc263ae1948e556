/** /api/v1/products/{id}/variants/: what can be chosen of a product (V1-205). */
import {
  addVariantToOffer,
  changeVariantOfOffer,
  type OfferedVariant,
  removeVariantFromOffer,
} from '#commerce/assortment'
import { findProductPage, type ProductPage, type VariantView } from '#commerce/browse'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { permitFor } from '../http/ownership.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { getOwnProduct } from './product-writes.ts'
import { HandleInPath, toVariantWire, VariantWire } from './products.wire.ts'
import { NewVariantWire, toVariantChanges, VariantChangesWire, VariantInPath } from './variants.wire.ts'

const LIST = '/products/:id/variants/'
const ONE = '/products/:id/variants/:variant_id/'
const tags = ['products']
const access = 'seller'

export const variantRoutes: Routes = (server, app) => {
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
        operationId: 'addVariant',
        tags,
        summary: 'Add a variant, with its stock',
        params: HandleInPath,
        body: NewVariantWire,
        response: { 201: VariantWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 17 },
    },
    async (request, reply) => {
      const product = await getOwnProduct(app, request)
      const faults = fieldFaults(request)
      const variant = toVariantChanges(soundFields(request.body, faults), product.currency, faults) as OfferedVariant
      const { id } = await addVariantToOffer(app, product.id, named(variant), contextOf(request, faults))
      return reply.code(201).send(toVariantWire(await getShown(app, product, id), product, app.config.PUBLIC_URL))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'replaceVariant'],
    ['PATCH', 'changeVariant'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a variant',
        params: VariantInPath,
        body: VariantChangesWire,
        response: { 200: VariantWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 18 },
      handler: async (request) => {
        const product = await getOwnProduct(app, request)
        const { variant_id: id } = request.params
        const faults = fieldFaults(request)
        const changes = toVariantChanges(soundFields(request.body, faults), product.currency, faults)
        await changeVariantOfOffer(app, product.id, id, changes, contextOf(request, faults))
        return toVariantWire(await getShown(app, product, id), product, app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeVariant',
        tags,
        summary: 'Remove a variant; one that was ordered is hidden for good',
        params: VariantInPath,
        response: { 204: Nothing, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 17 },
    },
    async (request, reply) => {
      const product = await getOwnProduct(app, request)
      await removeVariantFromOffer(app, product.id, request.params.variant_id, permitFor(request))
      return reply.code(204).send()
    },
  )
}

const contextOf = (request: Parameters<typeof permitFor>[0], faults: ReturnType<typeof fieldFaults>) => ({
  permit: permitFor(request),
  recordedBy: viewerOf(request).accountId,
  faults,
})

function named(variant: OfferedVariant): OfferedVariant {
  return { ...variant, name: variant.name || Object.values(variant.attributes ?? {}).join(', ') }
}

/** A variant as it is now. */
async function getShown(app: App, { id, slug }: ProductPage, variantId: number): Promise<VariantView> {
  const page = await findProductPage(app.db, { id, slug }, true)
  const variant = page?.variants.find((each) => each.id === variantId)
  if (!variant) throw missing('variant')
  return variant
}
