/** /api/categories/: how the shop is ordered; eight places on the front page (SF-170…SF-192). */
import type { FastifyRequest } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import { type CategoryView, findAllCategories, findCategoryByCode, findFreePlaces } from '#commerce/browse'
import { addCategory, dropCategory, editCategory, findCategoryId, type NewCategory } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { showsPage } from '../http/cached/cached-routes.ts'
import type { Routes, Server } from '../http/server.ts'
import { formOrJson, readForm, takingForms } from '../http/uploads.ts'
import { Nothing } from '../http/wire.ts'
import { categorySays, newCategorySays } from './catalogue-refusals.ts'
import {
  CategoryChangesWire,
  CategoryWire,
  CodeInPath,
  FreePlacesWire,
  NewCategoryWire,
  toCategoryChanges,
  toCategoryWire,
  toFreePlacesWire,
} from './categories.wire.ts'
import { Fault } from './faults.wire.ts'

const LIST = '/categories/'
const ONE = '/categories/:category_id/'
const tags = ['storefront categories']
const IMAGE = 'image'
const shows = ['categories'] as const

export const categoryRoutes: Routes = async (server, app) => {
  listRoutes(server, app)
  readRoute(server, app)
  await takingForms(server, (scope) => {
    addRoute(scope, app)
    changeRoutes(scope, app)
  })
  removeRoute(server, app)
}

function listRoutes(server: Server, app: App): void {
  const config = { access: 'visitor', sqlBudget: 3, cached: { as: 'tree', shows } } as const
  const list = { 200: Type.Array(CategoryWire), 401: Fault }
  server.get(
    LIST,
    {
      schema: {
        operationId: 'storefrontListCategories',
        tags,
        summary: 'All categories: those on the front page first, in their order, then the others by name',
        response: list,
      },
      config,
    },
    async () => {
      const { categories, free } = await readShelf(app)
      const others = categories.filter(({ displayOrder }) => displayOrder === null)
      return [...onFrontPage(categories), ...others.sort(byName)].map((each) => toWire(app, each, free))
    },
  )

  server.get(
    '/categories/ordered/',
    {
      schema: {
        operationId: 'storefrontListOrderedCategories',
        tags,
        summary: 'The categories of the front page, in their order',
        response: list,
      },
      config,
    },
    async () => {
      const { categories, free } = await readShelf(app)
      return onFrontPage(categories).map((each) => toWire(app, each, free))
    },
  )

  server.get(
    '/categories/available-orders/',
    {
      schema: {
        operationId: 'storefrontListFreePlaces',
        tags,
        summary: 'The places of the front page that are free',
        response: { 200: FreePlacesWire, 401: Fault },
      },
      config,
    },
    async () => toFreePlacesWire(await findFreePlaces(app.db)),
  )
}

function readRoute(server: Server, app: App): void {
  server.get(
    ONE,
    {
      schema: {
        operationId: 'storefrontGetCategory',
        tags,
        summary: 'One category',
        params: CodeInPath,
        response: { 200: CategoryWire, 401: Fault, 404: Fault },
      },
      config: { access: 'visitor', sqlBudget: 3, says: categorySays, cached: { as: 'detail', shows } },
    },
    async (request) => {
      const category = await findCategoryByCode(app.db, request.params.category_id)
      if (!category) throw missing('category')
      showsPage(request, { categoryId: category.id })
      return toWire(app, category, await findFreePlaces(app.db))
    },
  )
}

const faults = { 400: Fault, 401: Fault, 403: Fault, 408: Fault, 413: Fault, 415: Fault, 503: Fault }

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'storefrontAddCategory',
        tags,
        summary: 'Add a category, as JSON or as a form with a picture',
        body: formOrJson(NewCategoryWire, IMAGE),
        response: { 201: CategoryWire, ...faults },
      },
      config: { access: 'staff', sqlBudget: 14, says: newCategorySays },
    },
    async (request, reply) => {
      const { fields, file } = await readBody(request, NewCategoryWire)
      const { slug } = await addCategory(app, toCategoryChanges(fields) as NewCategory, file)
      return reply.code(201).send(await read(app, fields.category_id ?? slug))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'storefrontReplaceCategory'],
    ['PATCH', 'storefrontChangeCategory'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a category; without a picture it keeps its own',
        params: CodeInPath,
        body: formOrJson(CategoryChangesWire, IMAGE),
        response: { 200: CategoryWire, ...faults, 404: Fault },
      },
      config: { access: 'staff', sqlBudget: 16, says: categorySays },
      handler: async (request) => {
        const id = await getId(app, request.params.category_id)
        const { fields, file } = await readBody(request, CategoryChangesWire)
        await editCategory(app, id, toCategoryChanges(fields), file)
        return read(app, fields.category_id ?? request.params.category_id)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'storefrontRemoveCategory',
        tags,
        summary: 'Remove a category that is empty; its place becomes free',
        params: CodeInPath,
        response: { 204: Nothing, 401: Fault, 403: Fault, 404: Fault, 409: Fault },
      },
      config: { access: 'staff', sqlBudget: 9, says: categorySays },
    },
    async (request, reply) => {
      await dropCategory(app, await getId(app, request.params.category_id))
      return reply.code(204).send()
    },
  )
}

/** JSON or a form; its picture is in `image`. Text there, where a form has no file, is passed over unless it is none. */
const readBody = <Schema extends TSchema>(request: FastifyRequest, schema: Schema) =>
  readForm(request, schema, { part: IMAGE }) as Promise<{
    fields: Partial<Static<typeof NewCategoryWire>>
    file: Buffer | undefined
  }>

async function readShelf(app: App): Promise<{ categories: CategoryView[]; free: number[] }> {
  const [categories, free] = await Promise.all([findAllCategories(app.db), findFreePlaces(app.db)])
  return { categories, free }
}

const onFrontPage = (categories: CategoryView[]): CategoryView[] =>
  categories.filter(({ displayOrder }) => displayOrder !== null).sort((a, b) => a.displayOrder! - b.displayOrder!)

const byName = (a: CategoryView, b: CategoryView): number => a.name.localeCompare(b.name, 'en') || a.id - b.id

/** Also one that other surfaces hide: who writes it sees it. */
async function read(app: App, code: string): Promise<Static<typeof CategoryWire>> {
  const category = await findCategoryByCode(app.db, code, true)
  if (!category) throw missing('category')
  return toWire(app, category, await findFreePlaces(app.db))
}

async function getId(app: App, code: string): Promise<number> {
  const id = await findCategoryId(app.db, code, ['code'])
  if (id === undefined) throw missing('category')
  return id
}

const toWire = (app: App, category: CategoryView, free: number[]) =>
  toCategoryWire(category, free, app.config.PUBLIC_URL)
