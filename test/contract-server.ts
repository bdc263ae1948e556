/** A server whose routes exist only for tests: one of every kind, to try what holds for all. */
import { sql } from 'kysely'
import { Type } from 'typebox'
import { Refusal } from '#platform/refusal.ts'
import { refuseOtherMethods } from '../src/api/http/other-methods.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../src/api/http/paging.ts'
import { openServer, type Server } from '../src/api/http/server.ts'
import { Choice, Filled, IdInPath, Nullable } from '../src/api/http/wire.ts'
import { phraseForV1 } from '../src/api/v1/refusals.ts'
import type { App } from '../src/commerce/app.ts'
import type { Config } from '../src/config.ts'
import { openTestShop, type TestShop } from './shop.ts'

export type Options = { headers?: Record<string, string>; payload?: string; on?: Server }
export type Called = {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any
}
export type ContractServer = {
  shop: TestShop
  /** Calls the server with the settings of tests, or the one named by `on`. */
  call(method: string, url: string, options?: Options): Promise<Called>
  /** Another server on the same shop. */
  openWith(config: Partial<Config>): Promise<Server>
  close(): Promise<void>
}

export const JSON_TYPE = { 'content-type': 'application/json' }
export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

export async function openContractServer(): Promise<ContractServer> {
  const shop = await openTestShop()
  const opened: Server[] = []
  const openWith = async (config: Partial<Config>) => {
    const app = {
      ...shop,
      config: { ...shop.config, ...config },
      log: { ...shop.log, error: () => {}, warn: () => {} },
    }
    const server = openServer(app, phraseForV1)
    const addRefusals = refuseOtherMethods(server)
    thingRoutes(server, app)
    otherRoutes(server, app)
    addRefusals()
    await server.ready()
    opened.push(server)
    return server
  }
  const usual = await openWith({})
  return {
    shop,
    openWith,
    call: (method, url, options) => call(usual, method, url, options),
    close: async () => {
      for (const server of opened) await server.close()
      await shop.close()
    },
  }
}

async function call(usual: Server, method: string, url: string, { headers = {}, payload, on = usual }: Options = {}) {
  const answer = await on.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  const json = String(answer.headers['content-type']).startsWith('application/json') && answer.body !== ''
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: json ? answer.json() : undefined,
  }
}

const ThingWire = Type.Object({
  name: Filled({ maxLength: 20 }),
  email: Type.Optional(Type.String({ format: 'email' })),
  size: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  made_on: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  extra: Type.Optional(Type.Object({}, { additionalProperties: true })),
})
const THINGS = 45
const access = 'public'

function thingRoutes(server: Server, app: App): void {
  server.get(
    '/api/v1/things/',
    {
      schema: {
        querystring: Type.Object({
          ...PageQuery,
          colour: Type.Optional(Choice(['red', 'blue'])),
          above: Type.Optional(Type.Integer()),
        }),
        response: { 200: PageOf(Type.Integer()) },
      },
      config: { access },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const all = Array.from({ length: THINGS }, (_, index) => index + 1)
      const rows = all.slice(wanted.offset, wanted.offset + wanted.limit)
      return toPage(request, app.config.PUBLIC_URL, wanted, { rows, count: THINGS }, (row) => row)
    },
  )
  server.post('/api/v1/things/', { schema: { body: ThingWire }, config: { access } }, async ({ body }, reply) =>
    reply.code(201).send(body),
  )
  server.get('/api/v1/things/:id/', { schema: { params: IdInPath }, config: { access } }, async ({ params }) => params)
}

function otherRoutes(server: Server, app: App): void {
  server.get('/api/v1/named/:name/', { config: { access } }, async () => ({ found: true }))
  server.get('/api/v1/address/', { config: { access } }, async (request) => ({ address: request.clientAddress }))
  server.get('/api/v1/mine/', { config: { access: 'user' } }, async (request) => ({ id: request.viewer?.accountId }))
  server.get('/api/v1/maybe-mine/', { config: { access: 'visitor' } }, async (request) => ({
    id: request.viewer?.accountId ?? null,
  }))
  server.get('/api/v1/staff/', { config: { access: 'staff' } }, async () => ({}))
  server.get('/api/v1/bug/', { config: { access } }, async () => {
    throw new Error('the secret of the house')
  })
  server.get('/api/v1/unfit/', { config: { access } }, async () => {
    await sql`select ${'99999999999'}::int4`.execute(app.db)
  })
  server.get('/api/v1/busy/', { config: { access } }, async () => {
    throw new Refusal('limited', 'throttled', 'Too many', { retryAfterS: 7 })
  })
}
