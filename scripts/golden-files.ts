/** What the server says of itself, as files that are committed: a change of the API shows in review. */
import { buildServer } from '../src/api/index.ts'
import { describeApi } from '../src/api/system/openapi.ts'
import type { App } from '../src/commerce/app.ts'
import { readConfig } from '../src/config.ts'

/** File names, from the root of the project, and contents. No database is needed: no request is made. */
export async function makeGoldenFiles(): Promise<Record<string, string>> {
  const server = await buildServer(appWithoutWorld())
  try {
    return {
      'openapi.json': `${JSON.stringify(describeApi(server), null, 2)}\n`,
      'access.txt': accessList(server.routeList),
    }
  } finally {
    await server.close()
  }
}

type Route = Awaited<ReturnType<typeof buildServer>>['routeList'][number]

/** A line a route: METHOD url access budget operationId, by url. */
function accessList(routes: Route[]): string {
  const sorted = routes.toSorted((a, b) => compare(a.url, b.url) || compare(a.method, b.method))
  return sorted
    .map((route) => [route.method, route.url, route.access, route.sqlBudget ?? '-', route.operationId ?? '-'])
    .map((cells) => `${cells.join(' ')}\n`)
    .join('')
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Whatever a route is registered with must not reach further than its configuration. */
function appWithoutWorld(): App {
  const config = readConfig({
    NODE_ENV: 'testing',
    LOG_LEVEL: 'error',
    SECRET_KEY: 'signs nothing: the server that is described is never called',
    PAYMENT_WEBHOOK_SECRET: 'as little',
  })
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const world = { config, log: silent, now: () => new Date() }
  return new Proxy(world, {
    get: (known, name) => {
      if (name in known) return known[name as keyof typeof known]
      throw new Error(`the server reached for app.${String(name)} before it was asked anything`)
    },
  }) as unknown as App
}
