/** /api/v1/categories/: what staff does to them (V1-221). */
import { addCategoryToMenu, changeCategoryOfMenu, type MenuCategory } from '#commerce/assortment'
import { type CategoryView, findCategory, readHandle } from '#commerce/browse'
import { dropCategory } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { CategoryWire, toCategoryWire } from './categories.wire.ts'
import { CategoryChangesWire, NewCategoryWire, toMenuCategory } from './category-writes.wire.ts'
import { HandleInPath } from './products.wire.ts'

const LIST = '/categories/'
const ONE = '/categories/:id/'
const tags = ['categories']
const access = 'staff'

export const categoryWriteRoutes: Routes = (server, app) => {
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
        operationId: 'addCategory',
        tags,
        summary: 'Add a category, below another or as a root',
        body: NewCategoryWire,
        response: { 201: CategoryWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 10 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const category = toMenuCategory(soundFields(request.body, faults)) as MenuCategory & { name: string }
      const { id } = await addCategoryToMenu(app, category, faults)
      return reply.code(201).send(toCategoryWire(await getCategory(app, String(id)), app.config.PUBLIC_URL))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'replaceCategory'],
    ['PATCH', 'changeCategory'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a category; all below it move along',
        params: HandleInPath,
        body: CategoryChangesWire,
        response: { 200: CategoryWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 12 },
      handler: async (request) => {
        const { id } = await getCategory(app, request.params.id)
        const faults = fieldFaults(request)
        await changeCategoryOfMenu(app, id, toMenuCategory(soundFields(request.body, faults)), faults)
        return toCategoryWire(await getCategory(app, String(id)), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeCategory',
        tags,
        summary: 'Take an empty category away',
        params: HandleInPath,
        response: { 204: Nothing, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { id } = await getCategory(app, request.params.id)
      await dropCategory(app, id)
      return reply.code(204).send()
    },
  )
}

/** A category, hidden or not. */
async function getCategory(app: App, handle: string): Promise<CategoryView> {
  const category = await findCategory(app.db, readHandle(handle), true)
  if (!category) throw missing('category')
  return category
}
