/** /api/catalog/brands/: who makes what is sold, for everybody; kept by staff (NX-084, NX-085). */
import { addBrandToMenu, changeBrandOfMenu, removeBrandFromMenu } from '#commerce/assortment'
import { type BrandView, findAllBrands, findBrand } from '#commerce/browse'
import type { NewBrand } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { BrandChangesWire, NewBrandWire, toBrandTraits } from '../http/menu.wire.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import { BrandsWire, BrandWire, toBrandWire } from './brands.wire.ts'

const LIST = '/brands/'
const ONE = '/brands/:id/'
const tags = ['nexus catalogue']
const access = 'staff'
const shows = ['brands', 'products'] as const

export const brandRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function readRoutes(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl } = app.config
  server.get(
    LIST,
    {
      schema: {
        operationId: 'nexusListBrands',
        tags,
        summary: 'All active brands by name',
        response: { 200: BrandsWire, 401: Problem },
      },
      config: { access: 'visitor', sqlBudget: 3, cached: { as: 'tree', shows } },
    },
    async () => (await findAllBrands(app.db)).map((brand) => toBrandWire(brand, publicUrl)),
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'nexusGetBrand',
        tags,
        summary: 'One active brand',
        params: IdInPath,
        response: { 200: BrandWire, 401: Problem, 404: Problem },
      },
      config: { access: 'visitor', sqlBudget: 3, cached: { as: 'detail', shows } },
    },
    async (request) => toBrandWire(await getBrand(app, request.params.id, false), publicUrl),
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      attachValidation: true,
      schema: {
        operationId: 'nexusAddBrand',
        tags,
        summary: 'Add a brand',
        body: NewBrandWire,
        response: { 201: BrandWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const brand = toBrandTraits(soundFields(request.body, faults)) as NewBrand
      const { id } = await addBrandToMenu(app, brand, faults)
      return reply.code(201).send(toBrandWire(await getBrand(app, id), app.config.PUBLIC_URL))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'nexusReplaceBrand'],
    ['PATCH', 'nexusChangeBrand'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a brand',
        params: IdInPath,
        body: BrandChangesWire,
        response: { 200: BrandWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
      handler: async (request) => {
        const { id } = await getBrand(app, request.params.id)
        const faults = fieldFaults(request)
        await changeBrandOfMenu(app, id, toBrandTraits(soundFields(request.body, faults)), faults)
        return toBrandWire(await getBrand(app, id), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'nexusRemoveBrand',
        tags,
        summary: 'Take a brand without products away',
        params: IdInPath,
        response: { 204: Nothing, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      await removeBrandFromMenu(app, request.params.id)
      return reply.code(204).send()
    },
  )
}

/** Hidden ones are there for staff. */
async function getBrand(app: App, id: number, seesAll = true): Promise<BrandView> {
  const brand = await findBrand(app.db, { id, slug: '' }, seesAll)
  if (!brand) throw missing('brand')
  return brand
}
