/** /api/catalog/products/{slug}/images/: the pictures of a product, as staff keeps them (NX-112). */
import { changePicture, findManagedProduct, type ManagedProduct, removePicture } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { addSentPicture, IMAGE } from '../http/sent-pictures.ts'
import type { Routes, Server } from '../http/server.ts'
import { formOrJson, takingForms } from '../http/uploads.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { ImageChangesWire, ImageInPath, ImageInputWire, toPictureChanges } from './images.wire.ts'
import { ImageWire, toImageWire } from './products.wire.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const LIST = '/products/:slug/images/'
const ONE = `${LIST}:id/`
const tags = ['nexus catalogue']
const access = 'staff'

export const imageRoutes: Routes = async (server, app) => {
  await takingForms(server, (scope) => addRoute(scope, app))
  changeRoute(server, app)
  removeRoute(server, app)
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'nexusAddImage',
        tags,
        summary: 'Add a picture to a product, as a file or by its address; the first one is the primary one',
        params: SlugInPath,
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
      const product = await getProduct(app, request.params.slug)
      const added = await addSentPicture(app, request, product, ImageInputWire, 'image_url')
      return reply.code(201).send(toImageWire(added, app.config.PUBLIC_URL))
    },
  )
}

function changeRoute(server: Server, app: App): void {
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'nexusChangeImage',
        tags,
        summary: 'Change a picture of a product; a primary one takes the place of the one that was',
        params: ImageInPath,
        body: ImageChangesWire,
        response: { 200: ImageWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 11 },
    },
    async (request) => {
      const { slug, id } = request.params
      const product = await getProduct(app, slug)
      const changed = await changePicture(app, product.id, id, toPictureChanges(request.body))
      return toImageWire(changed, app.config.PUBLIC_URL)
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'nexusRemoveImage',
        tags,
        summary: 'Remove a picture of a product; of the primary one the next takes the place',
        params: ImageInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { slug, id } = request.params
      const product = await getProduct(app, slug)
      await removePicture(app, product.id, id)
      return reply.code(204).send()
    },
  )
}

/** Refuses a product that there is not; hidden ones are there for staff. */
async function getProduct(app: App, slug: string): Promise<ManagedProduct> {
  const product = await findManagedProduct(app.db, handleOf(slug))
  if (!product) throw missing('product')
  return product
}
