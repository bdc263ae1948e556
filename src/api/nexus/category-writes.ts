/** /api/catalog/categories/: what staff does to them (NX-083). */
import { addCategoryToMenu, changeCategoryOfMenu, type MenuCategory } from '#commerce/assortment'
import { type CategoryNode, findBranch, findCategory, type Handle } from '#commerce/browse'
import { dropCategory } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem } from '../http/wire.ts'
import {
  CategoryChangesWire,
  CategoryWire,
  NewCategoryWire,
  toCategoryWire,
  toMenuCategory,
} from './categories.wire.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const LIST = '/categories/'
const ONE = '/categories/:slug/'
const tags = ['nexus catalogue']
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
        operationId: 'nexusAddCategory',
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
      return reply.code(201).send(toCategoryWire(await getShown(app, id), app.config.PUBLIC_URL))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'nexusReplaceCategory'],
    ['PATCH', 'nexusChangeCategory'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a category; all below it move along',
        params: SlugInPath,
        body: CategoryChangesWire,
        response: { 200: CategoryWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 12 },
      handler: async (request) => {
        const id = await getId(app, handleOf(request.params.slug))
        const faults = fieldFaults(request)
        await changeCategoryOfMenu(app, id, toMenuCategory(soundFields(request.body, faults)), faults)
        return toCategoryWire(await getShown(app, id), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'nexusRemoveCategory',
        tags,
        summary: 'Take an empty category away',
        params: SlugInPath,
        response: { 204: Nothing, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      await dropCategory(app, await getId(app, handleOf(request.params.slug)))
      return reply.code(204).send()
    },
  )
}

/** Of a category, hidden or not. */
async function getId(app: App, handle: Handle): Promise<number> {
  const category = await findCategory(app.db, handle, true)
  if (!category) throw missing('category')
  return category.id
}

/** A category as it is now, with all below it, hidden or not. */
async function getShown(app: App, id: number): Promise<CategoryNode> {
  const branch = await findBranch(app.db, { id, slug: '' }, true)
  if (!branch) throw missing('category')
  return branch.category
}
