/** /api/products/{id}/variants/: what can be chosen of a product, in the envelope of the marketplace (MP-090…MP-094). */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import {
  addVariantToOffer,
  changeVariantOfOffer,
  type OfferedVariant,
  removeVariantFromOffer,
} from '#commerce/assortment'
import { choicesOf, type ProductPage, type VariantView } from '#commerce/browse'
import { type FieldCodes, missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toOk } from '../http/envelope.ts'
import { permitFor } from '../http/ownership.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing } from '../http/wire.ts'
import { getOwnProduct } from './product-writes.ts'
import { getProduct, getShownProduct, READ_WORDS } from './products.ts'
import { HandleInPath } from './products.wire.ts'
import { Fault } from './refusals.ts'
import {
  NewVariantWire,
  nameByAttributes,
  toVariantChanges,
  toVariantWire,
  VariantAnswerWire,
  VariantChangesWire,
  VariantInPath,
  VariantPageWire,
} from './variants.wire.ts'

const LIST = '/products/:id/variants/'
const ONE = '/products/:id/variants/:variant_id/'
const tags = ['products']
const access = 'seller'

export const variantRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function readRoutes(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl } = app.config
  const config = { access: 'user', sqlBudget: 3, words: READ_WORDS } as const
  server.get(
    LIST,
    {
      schema: {
        operationId: 'sharedListVariants',
        tags,
        summary: 'The variants of a product',
        params: HandleInPath,
        querystring: Type.Object(PageQuery),
        response: { 200: VariantPageWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config,
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const product = await getShownProduct(app, request)
      const variants = shownChoices(product, request)
      const rows = variants.slice(wanted.offset, wanted.offset + wanted.limit)
      return toPage(request, publicUrl, wanted, { rows, count: variants.length }, (variant) =>
        toVariantWire(variant, product, publicUrl),
      )
    },
  )

  server.get(
    ONE,
    {
      schema: {
        operationId: 'sharedGetVariant',
        tags,
        summary: 'One variant of a product',
        params: VariantInPath,
        response: { 200: VariantAnswerWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config,
    },
    async (request) => {
      const product = await getShownProduct(app, request)
      const variant = pick(shownChoices(product, request), request.params.variant_id)
      return toOk(app, 'Variant retrieved successfully.', toVariantWire(variant, product, publicUrl))
    },
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      attachValidation: true,
      schema: {
        operationId: 'sharedAddVariant',
        tags,
        summary: 'Add a variant, with its stock',
        params: HandleInPath,
        body: NewVariantWire,
        response: { 201: VariantAnswerWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 15 },
    },
    async (request, reply) => {
      const product = await getOwnProduct(app, request)
      const faults = fieldFaults(request)
      const told = toVariantChanges(soundFields(request.body, faults), product.currency, faults) as OfferedVariant
      const variant = { ...told, name: told.name || nameByAttributes(told.attributes) || told.sku }
      const { id } = await addVariantToOffer(app, product.id, variant, contextOf(request, faults))
      return reply.code(201).send(await answer(app, product, id, 'Variant created successfully.', 201))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'sharedReplaceVariant'],
    ['PATCH', 'sharedChangeVariant'],
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
        response: { 200: VariantAnswerWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 16 },
      handler: async (request) => {
        const product = await getOwnProduct(app, request)
        const variant = pick(choicesOf(product), request.params.variant_id)
        const faults = fieldFaults(request)
        const told = toVariantChanges(soundFields(request.body, faults), product.currency, faults)
        const changes = { ...told, ...renamed(variant, told) }
        await changeVariantOfOffer(app, product.id, variant.id, changes, contextOf(request, faults))
        return answer(app, product, variant.id, 'Variant updated successfully.', 200)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'sharedRemoveVariant',
        tags,
        summary: 'Remove a variant; one that was ordered is hidden for good',
        params: VariantInPath,
        response: { 204: Nothing, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 15 },
    },
    async (request, reply) => {
      const product = await getOwnProduct(app, request)
      await removeVariantFromOffer(app, product.id, request.params.variant_id, permitFor(request))
      return reply.code(204).send()
    },
  )
}

/** Those that are not sold at present are shown to whoever may sell them again. */
function shownChoices(product: ProductPage, request: FastifyRequest): VariantView[] {
  const { isStaff, accountId } = viewerOf(request)
  const seesAll = isStaff || product.sellerId === accountId
  return choicesOf(product).filter(({ isActive }) => isActive || seesAll)
}

function pick(variants: VariantView[], id: number): VariantView {
  const variant = variants.find((each) => each.id === id)
  if (!variant) throw missing('variant')
  return variant
}

const contextOf = (request: FastifyRequest, faults: FieldCodes) => ({
  permit: permitFor(request),
  recordedBy: viewerOf(request).accountId,
  faults,
})

/** A name that was built of the attributes follows them. */
function renamed(variant: VariantView, { name, attributes }: Partial<OfferedVariant>): { name?: string } {
  const isBuilt = variant.name === nameByAttributes(variant.attributes)
  return name === undefined && attributes && isBuilt ? { name: nameByAttributes(attributes) || variant.sku } : {}
}

/** A variant as it is now. */
async function answer(app: App, { id }: ProductPage, variantId: number, message: string, status: number) {
  const product = await getProduct(app, String(id), true)
  const variant = pick(product.variants, variantId)
  return toOk(app, message, toVariantWire(variant, product, app.config.PUBLIC_URL), status)
}
