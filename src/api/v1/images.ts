/** /api/v1/products/{id}/images/: the pictures of a product, for staff and its seller (V1-204). */
import type { FastifyRequest } from 'fastify'
import { readHandle } from '#commerce/browse'
import { changePicture, findManagedProduct, type ManagedProduct, removePicture } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { permitFor } from '../http/ownership.ts'
import { addSentPicture, IMAGE } from '../http/sent-pictures.ts'
import type { Routes, Server } from '../http/server.ts'
import { formOrJson, takingForms } from '../http/uploads.ts'
import { Nothing, Problem } from '../http/wire.ts'
import {
  ImageChangesWire,
  ImageInPath,
  ImageInputWire,
  ImageWire,
  toImageWire,
  toPictureChanges,
} from './images.wire.ts'
import { HandleInPath } from './products.wire.ts'

const ONE = '/products/:id/images/:image_id/'
const tags = ['products']
const access = 'seller'

export const imageRoutes: Routes = async (server, app) => {
  await takingForms(server, (scope) => addRoute(scope, app))
  changeRoute(server, app)
  removeRoute(server, app)
}

function addRoute(server: Server, app: App): void {
  server.post(
    '/products/:id/images/',
    {
      schema: {
        operationId: 'addProductImage',
        tags,
        summary: 'Add a picture to a product, as a file or by its address; the first one is the primary one',
        params: HandleInPath,
        body: formOrJson(ImageInputWire, IMAGE),
        response: {
          201: ImageWire,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          408: Problem,
          413: Problem,
          415: Problem,
          503: Problem,
        },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const product = await productToManage(app, request, request.params.id)
      const added = await addSentPicture(app, request, product, ImageInputWire, 'url')
      return reply.code(201).send(toImageWire(added, app.config.PUBLIC_URL))
    },
  )
}

function changeRoute(server: Server, app: App): void {
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'changeProductImage',
        tags,
        summary: 'Change a picture of a product; a primary one takes the place of the one that was',
        params: ImageInPath,
        body: ImageChangesWire,
        response: { 200: ImageWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 11 },
    },
    async (request) => {
      const { id } = await productToManage(app, request, request.params.id)
      const changed = await changePicture(app, id, request.params.image_id, toPictureChanges(request.body))
      return toImageWire(changed, app.config.PUBLIC_URL)
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeProductImage',
        tags,
        summary: 'Remove a picture of a product; of the primary one the next takes the place',
        params: ImageInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { id } = await productToManage(app, request, request.params.id)
      await removePicture(app, id, request.params.image_id)
      return reply.code(204).send()
    },
  )
}

/** Refuses a product that there is not, and one that is not the caller's to manage. */
async function productToManage(app: App, request: FastifyRequest, handle: string): Promise<ManagedProduct> {
  const product = await findManagedProduct(app.db, readHandle(handle))
  if (!product) throw missing('product')
  permitFor(request)(product)
  return product
}
