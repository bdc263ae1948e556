/** /api/v1/brands/: what staff does to them (V1-230). */
import { addBrandToMenu, changeBrandOfMenu, removeBrandFromMenu } from '#commerce/assortment'
import { type BrandView, findBrand, readHandle } from '#commerce/browse'
import type { NewBrand } from '#commerce/catalog'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { BrandChangesWire, NewBrandWire, toBrandTraits } from '../http/menu.wire.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { BrandWire, toBrandWire } from './brands.wire.ts'
import { HandleInPath } from './products.wire.ts'

const LIST = '/brands/'
const ONE = '/brands/:id/'
const tags = ['brands']
const access = 'staff'

export const brandWriteRoutes: Routes = (server, app) => {
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
        operationId: 'addBrand',
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
      return reply.code(201).send(toBrandWire(await getBrand(app, String(id)), app.config.PUBLIC_URL))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'replaceBrand'],
    ['PATCH', 'changeBrand'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a brand',
        params: HandleInPath,
        body: BrandChangesWire,
        response: { 200: BrandWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
      handler: async (request) => {
        const { id } = await getBrand(app, request.params.id)
        const faults = fieldFaults(request)
        await changeBrandOfMenu(app, id, toBrandTraits(soundFields(request.body, faults)), faults)
        return toBrandWire(await getBrand(app, String(id)), app.config.PUBLIC_URL)
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeBrand',
        tags,
        summary: 'Take a brand without products away',
        params: HandleInPath,
        response: { 204: Nothing, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { id } = await getBrand(app, request.params.id)
      await removeBrandFromMenu(app, id)
      return reply.code(204).send()
    },
  )
}

/** A brand, hidden or not. */
async function getBrand(app: App, handle: string): Promise<BrandView> {
  const brand = await findBrand(app.db, readHandle(handle), true)
  if (!brand) throw missing('brand')
  return brand
}
