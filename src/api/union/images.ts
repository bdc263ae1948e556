/** /api/products/{id}/images/: the pictures of a product, for the shop and its seller (MP-071, V1-204). */
import { removePicture } from '#commerce/catalog'
import type { App } from '../../commerce/app.ts'
import { toOk } from '../http/envelope.ts'
import { addSentPicture, IMAGE } from '../http/sent-pictures.ts'
import type { Routes, Server } from '../http/server.ts'
import { formOrJson, takingForms } from '../http/uploads.ts'
import { Nothing } from '../http/wire.ts'
import { ImageAnswerWire, ImageInPath, ImageInputWire } from './images.wire.ts'
import { getOwnProduct } from './product-writes.ts'
import { HandleInPath, toImageWire } from './products.wire.ts'
import { Fault } from './refusals.ts'

const tags = ['products']
const access = 'seller'

export const imageRoutes: Routes = async (server, app) => {
  await takingForms(server, (scope) => addRoute(scope, app))
  removeRoute(server, app)
}

function addRoute(server: Server, app: App): void {
  server.post(
    '/products/:id/images/',
    {
      schema: {
        operationId: 'sharedAddImage',
        tags,
        summary: 'Add a picture to a product, as a file or by its address; the first one is the primary one',
        params: HandleInPath,
        body: formOrJson(ImageInputWire, IMAGE),
        response: {
          201: ImageAnswerWire,
          400: Fault,
          401: Fault,
          403: Fault,
          404: Fault,
          408: Fault,
          413: Fault,
          415: Fault,
          503: Fault,
        },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const product = await getOwnProduct(app, request)
      const added = await addSentPicture(app, request, product, ImageInputWire, 'image_url')
      const image = toImageWire(added, app.config.PUBLIC_URL)
      return reply.code(201).send(toOk(app, 'Image added successfully.', image, 201))
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    '/products/:id/images/:image_id/',
    {
      schema: {
        operationId: 'sharedRemoveImage',
        tags,
        summary: 'Remove a picture of a product; of the primary one the next takes the place',
        params: ImageInPath,
        response: { 204: Nothing, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { id } = await getOwnProduct(app, request)
      await removePicture(app, id, request.params.image_id)
      return reply.code(204).send()
    },
  )
}
